package match_test

import (
	"fmt"
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
		{match.FromModel(&model.Table{Place: &model.Place{ConnectionType: "postgres", Schema: "public", Database: "dw"}, Name: "orders"}), "dw.public.orders"},
		{match.FromModel(nil), "hidden table"},
	} {
		if got := c.table.Name(); got != c.want {
			t.Errorf("%+v is named %q, want %q", c.table, got, c.want)
		}
	}
}

// TestEvidence: what is shown about one verdict.
func TestEvidence(t *testing.T) {
	m := newMatcher(t, match.Config{Maps: []match.Map{{"PROD", "dev"}}}, project("snowflake",
		res(orders, "dev.marts.orders"), res("source.shop.m.orders", "dev.marts.orders"), res("model.shop.old", "dev.legacy.orders"), res("model.shop.quoted", `dev.marts."Orders"`)))
	v := explain(t, m, match.Table{
		FullName: "[MARTS].[ORDERS]", Place: &model.Place{ConnectionType: "snowflake_jdbc", Schema: "marts1", Database: "PROD"},
	})
	e := &v.Evidence
	for got, want := range map[string]string{
		short(v) + ", " + v.Confidence.String(): "matched mapped model.shop.orders, high",
		v.Because:                               "With your map PROD → dev this is model.shop.orders.",
		e.Table.FullName + " " + e.Table.Place.Database:              "[MARTS].[ORDERS] PROD",
		e.Platform + ", " + e.Proof.String() + ", " + e.PlatformNote: "snowflake, native, snowflake_jdbc is a plug-in for snowflake",
		e.Map:                           "PROD → dev",
		partText(e.Parts[0]):            `dev, from your map; the field said "PROD"`,
		partText(e.Parts[1]):            `MARTS, from the full name; the field said "marts1"`,
		partText(e.Parts[2]):            `ORDERS, from the full name; the field said ""`,
		strings.Join(ids(v.Also), ", "): "source.shop.m.orders",
		rivals(e):                       "model.shop.old: its schema is legacy, model.shop.quoted: its table is spelled Orders",
		fmt.Sprint(e.Flags):             "[]",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func partText(p match.Part) string {
	return fmt.Sprintf("%s, from %s; the field said %q", p.Text, p.From, p.Field)
}

func rivals(e *match.Evidence) string {
	var out []string
	for _, r := range e.Rivals {
		out = append(out, r.Resource.ID+": "+r.Why)
	}
	return strings.Join(out, ", ")
}

// TestBecause: every reason has a sentence that names what a reader needs.
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
		{match.Table{Place: &model.Place{ConnectionType: "snowflake"}}, []string{"permission"}},
		{full("excel-direct", "[Sheet1$]", ""), []string{"excel-direct"}},
	} {
		v := explain(t, m, c.table)
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
		v := explain(t, m, table)
		got = append(got, v.Confidence.String())
	}
	if want := []string{"certain", "certain", "high", "medium", "low", "none"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
