package match_test

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/relation"
)

// TestSession: what statements before a query do to a verdict.
func TestSession(t *testing.T) {
	path := func(names ...string) (out []relation.Part) {
		for _, n := range names {
			out = append(out, relation.Part{Text: n})
		}
		return out
	}
	pg := newMatcher(t, match.Config{Pins: []match.Pin{{Table: "postgres://dw.early.pinned", Node: "model.shop.a"}}}, project("postgres",
		res("model.shop.a", `"dw"."marts"."orders"`), res("model.shop.b", `"dw"."public"."orders"`), res("model.shop.c", `"dw"."public"."items"`),
		res("model.shop.d", `"dw"."stage"."items"`), res("model.shop.e", `"other"."marts"."items"`)))
	spark := newMatcher(t, match.Config{}, project("spark", res("model.shop.o", "marts.orders")))
	for _, c := range []struct {
		name    string
		matcher *match.Matcher
		parts   string
		session match.Session
		want    string
	}{
		{"written in full", pg, "dw.marts.orders", match.Session{}, "matched exact model.shop.a"},
		{"the session gives the schema", pg, "marts.orders", match.Session{Filled: 1}, "matched session_name model.shop.a"},
		{"another database", pg, "other.marts.items", match.Session{Filled: 1}, "matched session_name model.shop.e"},
		{"it need not have run", pg, "marts.orders", match.Session{Filled: 1, Unsure: true}, "review session_unclear model.shop.a"},
		{"the first schema has it", pg, "marts.orders", match.Session{Filled: 1, Others: path("public")}, "matched session_name model.shop.a"},
		{"a later schema has it", pg, "marts.items", match.Session{Filled: 1, Others: path("public")}, "ambiguous session_unclear model.shop.e,model.shop.c"},
		{"only a later schema has it", pg, "early.orders", match.Session{Filled: 1, Others: path("marts", "public")}, "review session_unclear model.shop.a"},
		{"the first need not be searched", pg, "marts.orders", match.Session{Filled: 1, Unsure: true, Others: path("public")}, "ambiguous session_unclear model.shop.a,model.shop.b"},
		{"none has it", pg, "early.nothing", match.Session{Filled: 1, Others: path("late")}, "unmatched no_such_relation"},
		{"a pin decides", pg, "early.pinned", match.Session{Filled: 1, Others: path("marts")}, "matched pinned model.shop.a"},
		{"a catalog that the platform does not have", spark, "lake.marts.orders", match.Session{Filled: 2}, "review session_unclear model.shop.o"},
	} {
		parts := strings.Split(c.parts, ".")
		class := "postgres"
		if c.matcher == spark {
			class = "spark"
		}
		table := match.FromSQL(parts, make([]bool, len(parts)), &model.Table{Place: &model.Place{ConnectionType: class, Database: "dw", Connection: model.ConnectionInfo{Schema: "public"}}})
		table.Session = &c.session
		table.Session.By = "a statement in line 1"
		v := explain(t, c.matcher, table)
		if got := short(v); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		if says := strings.Contains(v.Because, "a statement in line 1"); says != strings.Contains(c.want, "session") {
			t.Errorf("%s: because %q", c.name, v.Because)
		}
	}
	listed := match.FromModel(&model.Table{Name: "orders", FullName: "[marts].[orders]", Place: &model.Place{Database: "dw", ConnectionType: "postgres"}})
	listed.Session = &match.Session{By: "use other in the initial SQL, line 1", Unsure: true}
	if v := explain(t, pg, listed); short(v) != "review session_unclear model.shop.a" {
		t.Errorf("a table that Tableau lists: %s", short(v))
	}
}
