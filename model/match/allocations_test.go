package match

import (
	"reflect"
	"testing"

	"darkroom/model"
)

// A verdict of one node, or of none, needs no memory: there are many tables, and few of them are
// looked at.
func TestVerdictsAllocateNothing(t *testing.T) {
	project := func(adapter, database string) *model.Project {
		return &model.Project{Name: adapter, Adapter: adapter, Resources: []model.Resource{{
			ID: "model." + adapter + ".orders", Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: adapter, Database: database, Schema: "marts"},
			Extra: &model.ResourceExtra{Identifier: "orders", RelationName: database + ".marts.orders"},
		}}}
	}
	m, err := New([]*model.Project{
		project("snowflake", "analytics"), project("postgres", "dw"), project("bigquery", "shop-1"), project("databricks", "main"), project("mysql", ""),
	}, Config{Maps: []Map{{"PROD", "analytics"}}, Ignore: []Ignore{{Table: "id"}}})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		table Table
		want  string
	}{
		{Table{RawName: "ORDERS", FullName: "[MARTS].[ORDERS]", Place: &model.Place{ConnectionType: "snowflake", Schema: "MARTS", Database: "ANALYTICS"}}, "exact"},
		{Table{FullName: "[ANALYTICS].[MARTS].[ORDERS]", Place: &model.Place{ConnectionType: "snowflake"}}, "exact"},
		{Table{RawName: "orders", Place: &model.Place{ConnectionType: "snowflake", Schema: "[marts]", Database: "analytics"}}, "exact_ci"},
		{Table{FullName: "[MARTS].[ORDERS]", Place: &model.Place{ConnectionType: "snowflake", Database: "PROD"}}, "mapped"},
		{Table{FullName: "[MARTS].[ORDERS]", Place: &model.Place{ConnectionType: "snowflake", Database: "OTHER"}}, "database_differs"},
		{Table{FullName: "[MARTS].[ORDERS_2]", Place: &model.Place{ConnectionType: "snowflake", Database: "ANALYTICS"}}, "no_such_relation"},
		{Table{FullName: "[marts].[orders]", Place: &model.Place{ConnectionType: "postgres", Database: "dw", Connection: model.ConnectionInfo{Server: "db.example.com"}}}, "exact"},
		{Table{FullName: "[shop-1].[marts].[orders]", Place: &model.Place{ConnectionType: "bigquery"}}, "exact"},
		{Table{FullName: "[shop-1.marts].[orders]", Place: &model.Place{ConnectionType: "bigquery"}}, "exact"},
		{Table{FullName: "[marts].[orders]", Place: &model.Place{ConnectionType: "bigquery", Database: "shop-1"}}, "exact"},
		{Table{FullName: "`main`.`marts`.`orders`", Place: &model.Place{ConnectionType: "databricks"}}, "exact"},
		{Table{FullName: "`marts`.`orders`", Origin: CustomSQL, Place: &model.Place{ConnectionType: "mysql"}}, "exact"},
		{Table{FullName: "[Extract].[Extract]", Place: &model.Place{ConnectionType: "hyper"}}, "file_or_extract"},
	}
	var a attempt // one after another has each connection
	for i, c := range cases {
		before := &cases[(i+1)%len(cases)].table
		if n := testing.AllocsPerRun(20, func() { a.begin(m, before); a.begin(m, &c.table); a.judge() }); n > 0 {
			t.Errorf("%s %s: %v allocations", c.table.Place.ConnectionType, c.table.FullName, n)
		}
		if got := a.v.Reason.String(); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.table.Place.ConnectionType, c.table.FullName, got, c.want)
		}
	}
}

// Projects are indexed for the first table: where no site is read, nothing needs that.
func TestIndexIsMadeForTables(t *testing.T) {
	p := &model.Project{Adapter: "postgres", Resources: []model.Resource{{ID: "model.shop.orders", Kind: model.KindModel, Name: "orders"}}}
	m, err := New([]*model.Project{p}, Config{})
	if err != nil {
		t.Fatal(err)
	}
	if m.groups != nil {
		t.Error("indexed without a table")
	}
	if m.Match(Table{FullName: "[orders]", Place: &model.Place{ConnectionType: "postgres"}}); len(m.groups) != 1 {
		t.Errorf("%d platforms are indexed", len(m.groups))
	}
}

// What is compared lies together: an entry has no pointers, and a table is copied twice for each
// verdict.
func TestSizes(t *testing.T) {
	for _, x := range []struct {
		of    any
		bytes uintptr
	}{{entry{}, 12}, {Table{}, 128}} {
		if size := reflect.TypeOf(x.of).Size(); size > x.bytes {
			t.Errorf("%T has %d bytes, want %d at most", x.of, size, x.bytes)
		}
	}
}
