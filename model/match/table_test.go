package match_test

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/match"
)

func TestTableName(t *testing.T) {
	for _, c := range []struct {
		table match.Table
		want  string
	}{
		{full("snowflake", "[MARTS].[ORDERS]", "ANALYTICS"), "ANALYTICS.MARTS.ORDERS"},
		{full("bigquery", "[acme-data.sales].[orders]", "Name Unavailable"), "acme-data.sales.orders"},
		{full("mysql", "[orders]", "shop"), "shop.orders"},
		{full("snowflake", "[MARTS].[orders.daily]", ""), `MARTS."orders.daily"`},
		{full("excel-direct", "[People$]", ""), "People$"},
		{match.Table{ID: "a1"}, "hidden table a1"},
		{match.FromSQL([]string{"marts", "Orders"}, []bool{false, true}, nil), "marts.Orders"},
		{match.FromModel(&model.Table{ConnectionType: "postgres", Name: "orders", Schema: "public", Database: "dw"}), "dw.public.orders"},
		{match.FromModel(nil), "hidden table"},
	} {
		if got := c.table.Name(); got != c.want {
			t.Errorf("%+v is named %q, want %q", c.table, got, c.want)
		}
	}
}

// TestEvidence: what a person is told about one verdict.
func TestEvidence(t *testing.T) {
	m := newMatcher(t, match.Config{Maps: []match.Map{{"PROD", "dev"}}}, project("snowflake",
		res(orders, "dev.marts.orders"), res("source.shop.m.orders", "dev.marts.orders"), res("model.shop.old", "dev.legacy.orders"), res("model.shop.quoted", `dev.marts."Orders"`)))
	v := m.Match(match.Table{
		ConnectionType: "snowflake_jdbc", FullName: "[MARTS].[ORDERS]", Schema: "marts1", Database: "PROD",
	})
	text := strings.Join(v.Lines(), "\n")
	for _, want := range []string{
		"matched: mapped, confidence high",
		"With your map PROD → dev this is model.shop.orders.",
		`full name "[MARTS].[ORDERS]"`, `database "PROD"`,
		"platform: snowflake (its own connection type; snowflake_jdbc is a plug-in for snowflake)",
		`database: dev, from your map; Tableau's field said "PROD"`,
		`schema: MARTS, from the full name; Tableau's field said "marts1"`,
		"also: source.shop.m.orders is the same relation",
		"refused: model.shop.old: its schema is legacy",
		"refused: model.shop.quoted: its table is spelled Orders",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("missing %q in\n%s", want, text)
		}
	}
}

// TestBecause: every reason has a sentence that names what a person needs.
func TestBecause(t *testing.T) {
	m := newMatcher(t, match.Config{}, project("snowflake", res(orders, "dev.dbt_ana_marts.orders", configured("marts")), res("model.shop.b", "x.public.b")))
	for _, c := range []struct {
		table match.Table
		want  []string
	}{
		{full("snowflake", "[PROD].[DBT_ANA_MARTS].[ORDERS]", ""), []string{orders, "PROD → dev"}},
		{full("snowflake", "[DEV].[MARTS].[ORDERS]", ""), []string{orders, "MARTS", "dbt_ana_marts"}},
		{full("sqlserver", "[DEV].[MARTS].[ORDERS]", ""), []string{"sqlserver", "snowflake"}},
		{full("snowflake", "[MARTS].[ORDER]", "DEV"), []string{"No node", "Perhaps " + orders}},
		{full("snowflake", "[B]", "X"), []string{"PUBLIC", "guess"}},
		{full("snowflake", "[PUBLIC].[B]", ""), []string{"no database", "PUBLIC"}},
		{match.Table{ConnectionType: "snowflake"}, []string{"permission"}},
		{full("excel-direct", "[Sheet1$]", ""), []string{"excel-direct"}},
	} {
		v := m.Match(c.table)
		for _, want := range c.want {
			if !strings.Contains(v.Because, want) {
				t.Errorf("%s: %q does not say %q", short(v), v.Because, want)
			}
		}
	}
}

// TestConfidence follows the table "reasons" of the case file.
func TestConfidence(t *testing.T) {
	m := newMatcher(t, match.Config{Pins: []match.Pin{{Table: "p", Node: orders}}}, project("snowflake", res(orders, "a.marts.orders")))
	var got []string
	for _, table := range []match.Table{
		{ID: "p"},
		full("snowflake", "A.MARTS.ORDERS", ""), full("snowflake", "a.marts.orders", ""), full("snowflake", "MARTS.ORDERS", ""),
		full("snowflake", "X.MARTS.ORDERS", ""), full("snowflake", "X.Y.Z", ""),
	} {
		v := m.Match(table)
		got = append(got, v.Confidence.String())
	}
	if want := []string{"certain", "certain", "high", "medium", "low", "none"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
