package walk

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/model/reason"
)

// initialSite is a dashboard on one source with the tables, all on one connection
// with an initial SQL.
func initialSite(class, initial string, tables ...model.Table) *model.Site {
	var ids []string
	for i := range tables {
		place := modeltest.Place(&tables[i])
		place.ConnectionType, place.Connection.InitialSQL = class, initial
		ids = append(ids, tables[i].ID)
	}
	return &model.Site{
		Dashboards: []model.Dashboard{dashboard("s")}, Sheets: []model.Sheet{sheet("s", "e")},
		Datasources: []model.Datasource{embedded("e", nil, ids)}, Tables: tables,
	}
}

func TestInitialSQLChangesNames(t *testing.T) {
	listed := model.Table{ID: "t", Name: "orders", FullName: "[STAGE].[orders]", Place: &model.Place{Schema: "STAGE"}}
	bare := model.Table{ID: "t", Name: "orders"}
	for _, c := range []struct {
		name, class, initial, query string
		table                       model.Table
		want                        string // reads with what may have changed them, then gaps
	}{
		{"a schema that the name has", "snowflake", "use schema marts", "", listed, "[STAGE].[orders]"},
		{"a schema that the name leaves out", "snowflake", "select 1;\nuse schema marts", "", bare, "orders (use schema marts in the initial SQL, line 2)"},
		{"another database", "snowflake", "use database raw", "", listed, "[STAGE].[orders] (use database raw in the initial SQL, line 1)"},
		{"nothing about names", "snowflake", "use role r; alter session set query_tag = 'x'", "", bare, "orders"},
		{"Tableau takes the connection's schema", "snowflake", "use schema marts", "select * from orders", listed, "sql:marts.orders (use schema marts in the initial SQL, line 1)"},
		{"a schema that is not known", "snowflake", "use schema identifier($x)", "select * from orders", listed, "gap sql_incomplete"},
		{"a schema of the user", "postgres", "set role r", "select * from orders", listed, "sql:orders (set role r in the initial SQL, line 1?)"},
		{"the schema is left out in another database", "sqlserver", "use Archive", "select * from orders", listed, "sql:Archive..orders (use Archive in the initial SQL, line 1)"},
		{"the text has the name in full, too", "snowflake", "use schema marts", "select * from stage.orders join orders", listed, "sql:stage.orders sql:marts.orders (use schema marts in the initial SQL, line 1)"},
	} {
		tables := []model.Table{c.table}
		if c.query != "" {
			tables = append(tables, custom("c", "Q", c.query, "e", "t"))
		}
		site := initialSite(c.class, c.initial, tables...)
		res := walked(t, New(site), &site.Dashboards[0])
		var got []string
		for _, r := range res.Reads {
			text, by := r.Table.FullName, r.Session
			if text == "" {
				text = r.Table.Name
			}
			if r.SQL != nil {
				text = "sql:" + strings.Join(r.SQL.Parts, ".")
				if s := r.SQL.Session; s != nil {
					if by = s.By; s.Unsure {
						by += "?"
					}
				}
			}
			if by != "" {
				text += " (" + by + ")"
			}
			got = append(got, text)
		}
		for _, g := range res.Gaps {
			got = append(got, "gap "+g.Reason.String())
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, s, c.want)
		}
	}
}

// Custom SQL without a connection has the one of the tables that Tableau lists for
// its text.
func TestBorrowedConnection(t *testing.T) {
	table := func(id, class, database string) model.Table {
		return model.Table{ID: id, Name: "orders", FullName: "[marts].[orders]", Place: &model.Place{ConnectionType: class, Database: database}}
	}
	for _, c := range []struct {
		name, class, want string
		tables            []model.Table
	}{
		{"one", "", "postgres dw", []model.Table{table("t", "postgres", "dw")}},
		{"two that agree", "", "postgres dw", []model.Table{table("t", "postgres", "dw"), table("u", "postgres", "dw")}},
		{"two databases", "", "postgres ", []model.Table{table("t", "postgres", "dw"), table("u", "postgres", "raw")}},
		{"two warehouses", "", " ", []model.Table{table("t", "postgres", "dw"), table("u", "snowflake", "dw")}},
		{"its own", "mysql", "mysql ", []model.Table{table("t", "postgres", "dw")}},
		{"none", "", " ", nil},
	} {
		q := custom("c", "Q", "select * from marts.orders", "e", "t", "u")
		modeltest.Place(&q).ConnectionType = c.class
		site := model.Site{Tables: append(c.tables, q)}
		w := New(&site)
		got := w.connected(&site.Tables[len(site.Tables)-1])
		if text := got.ConnectionType() + " " + got.Database(); text != c.want {
			t.Errorf("%s: got %q, want %q", c.name, text, c.want)
		}
	}
}

func TestTableFunctionIsAGap(t *testing.T) {
	site := initialSite("snowflake", "", custom("c", "Q", "select * from table(d.s.f(1)) join d.s.t on true", "e"),
		model.Table{ID: "t", Name: "orders", FullName: "[d].[s].[orders]"})
	modeltest.Place(&site.Tables[1]).Connection.InitialSQL = "select * from table(d.s.g())"
	res := walked(t, New(site), &site.Dashboards[0])
	var texts []string
	for _, g := range res.Gaps {
		if g.Reason != reason.TableFunction {
			t.Errorf("gap %+v", g)
		}
		texts = append(texts, g.Text)
	}
	if all := strings.Join(texts, "\n"); len(texts) != 2 || !strings.Contains(all, "(d.s.f)") || !strings.Contains(all, "(d.s.g)") {
		t.Errorf("got %q", texts)
	}
}
