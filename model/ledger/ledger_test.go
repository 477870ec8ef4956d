package ledger

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/match"
	"darkroom/model/modeltest"
	"darkroom/model/reason"
)

func build(t *testing.T, projects []*model.Project, sites ...*model.Site) *lineage.Graph {
	t.Helper()
	g, err := lineage.Build(t.Context(), projects, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// groupsOf prints the groups of a ledger, a line each: reason, then dashboards
// with their rows.
func groupsOf(l *Ledger) string {
	var b strings.Builder
	for _, g := range l.Groups {
		fmt.Fprintf(&b, "%s:", g.Reason)
		for _, d := range g.Dashboards {
			fmt.Fprintf(&b, " %s(", d.Dashboard.Dashboard.Name)
			for i, row := range d.Rows {
				if i > 0 {
					b.WriteString(" ")
				}
				b.WriteString(row.Name())
			}
			b.WriteString(")")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// oddTower has, besides dashboards on fct and dim, one on a copy in another
// database, one that mixes known and unknown, and one on nothing at all.
func oddTower() *model.Site {
	s := lineagetest.Tower("fct", "dim", "nowhere", "copy", "hidden")
	s.Tables[3] = model.Table{ID: "t3", Name: "rpt", Place: &model.Place{Schema: "marts", Database: "prod", ConnectionType: "postgres"}, FullName: "[marts].[rpt]"}
	s.Tables[4] = model.Table{ID: "t4", Place: &model.Place{ConnectionType: "postgres"}, Redacted: true}
	s.Datasources[1].TableIDs = append(s.Datasources[1].TableIDs, "t2") // dim and nowhere
	s.Dashboards = append(s.Dashboards, model.Dashboard{ID: "d9", LUID: "luid-empty", Name: "on nothing", WorkbookID: "w"})
	s.Partial = []string{"30 objects are missing"}
	return s
}

func TestLedgerCountsWithDenominators(t *testing.T) {
	l := Of(build(t, []*model.Project{lineagetest.Shop()}, oddTower()))
	const want = `database_differs: on copy(prod.marts.rpt)
no_such_relation: on dim(shop.marts.nowhere) on nowhere(shop.marts.nowhere)
redacted: on hidden(hidden table t4)
no_lineage: on nothing(the dashboard itself)
`
	if got := groupsOf(l); got != want {
		t.Errorf("groups:\n%s\nwant:\n%s", got, want)
	}
	d := l.Dashboards
	if d.Found != 6 || d.Linked != 1 || d.PartlyLinked != 1 || d.Unclear != 1 || d.NotLinked != 3 || d.SetAside != 0 {
		t.Errorf("dashboards: %+v", d)
	}
	if len(d.PartlyLinkedBy) != 1 || d.PartlyLinkedBy[0] != (ReasonCount{Reason: reason.NoSuchRelation, Count: 1}) {
		t.Errorf("incomplete by: %v", d.PartlyLinkedBy)
	}
	c := l.Tables
	if c.Found != 5 || c.Matched != 2 || c.Review != 1 || c.Unmatched != 1 || c.NotApplicable != 1 || c.Redacted != 1 {
		t.Errorf("tables: %+v", c)
	}
	if sum := c.Matched + c.Review + c.Ambiguous + c.Unmatched + c.NotApplicable; sum != c.Found {
		t.Errorf("the outcomes sum to %d of %d", sum, c.Found)
	}
	if len(l.Partial) != 1 || !strings.Contains(l.Partial[0], "30 objects") {
		t.Errorf("partial: %v", l.Partial)
	}
	var text string
	for _, line := range l.Lines() {
		text += line.Label + ": " + line.Text + "\n"
	}
	for _, want := range []string{"of 6 found", "of 5 read", "1 of 5 tables", "incomplete: tower: 30 objects are missing"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// A ledger is counted once: later calls get the same.
func TestLedgerIsKeptWithItsGraph(t *testing.T) {
	g := build(t, []*model.Project{lineagetest.Shop()}, oddTower())
	if first := Of(g); Of(g) != first || first.Dashboards.Found == 0 {
		t.Error("counted again, or not at all")
	}
}

func TestSQLTextsAreCounted(t *testing.T) {
	s := lineagetest.Tower("fct", "dim")
	for i, q := range []string{"select * from marts.fct\njoin marts.dim using (id)", "call refresh_all()"} {
		s.Tables = append(s.Tables, model.Table{ID: fmt.Sprint("q", i), Kind: model.CustomSQLTable, Name: "Query", Extra: &model.TableExtra{Query: q}, Place: &model.Place{Database: "shop", ConnectionType: "postgres"}})
		s.Datasources[i].TableIDs = []string{fmt.Sprint("q", i)}
	}
	g := build(t, []*model.Project{lineagetest.Shop()}, s)
	if got := Of(g).SQL; got != (SQLCounts{Found: 2, Complete: 1, Incomplete: 1}) {
		t.Errorf("%+v\n%s", got, groupsOf(Of(g)))
	}
	d, _ := g.Dashboard("luid-fct")
	for _, l := range d.Links {
		q, ok := QueryOf(&l)
		if !ok || l.Read.SQL.Parts[1] == "dim" && q != (QueryLine{"Query", 2, "join marts.dim using (id)"}) {
			t.Errorf("%v: %+v", l.Read.SQL, q)
		}
	}
}

func TestQueryLinesAreCutAroundTheName(t *testing.T) {
	line := strings.Repeat("ä, ", 200) + "from marts.fct" + strings.Repeat(" and ü", 200)
	got := around(line, strings.Index(line, "marts"))
	if !strings.Contains(got, "from marts.fct") || len(got) > widestQuery+20 || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || strings.ContainsRune(got, '\ufffd') {
		t.Errorf("%q", got)
	}
	if got := around("  from marts.fct  ", 7); got != "from marts.fct" {
		t.Errorf("%q", got)
	}
}

func TestFixesAndWhatTheyDo(t *testing.T) {
	g := build(t, []*model.Project{lineagetest.Shop()}, oddTower())
	link := func(dashboard, table string) *lineage.Link {
		d, ok := g.Dashboard("luid-" + dashboard)
		if !ok {
			t.Fatal(dashboard)
		}
		for i := range d.Links {
			if strings.HasSuffix(d.Links[i].TableName(), table) {
				return &d.Links[i]
			}
		}
		t.Fatal(table)
		return nil
	}
	for _, c := range []struct{ dashboard, table, want string }{
		{"copy", "rpt", "map prod → shop; pin postgres://prod.marts.rpt to model.shop.rpt; ignore postgres://prod.marts.rpt"},
		{"nowhere", "nowhere", "ignore postgres://shop.marts.nowhere"},
		{"hidden", "t4", ""}, // without a name there is nothing to decide
		{"fct", "fct", ""},
	} {
		var got []string
		for _, fix := range Fixes(g, link(c.dashboard, c.table)) {
			got = append(got, fix.String())
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", c.dashboard, got, c.want)
		}
	}
	for _, c := range []struct {
		fix  Fix
		want Effect
	}{
		{Fix{Map: &match.Map{BI: "prod", Dbt: "shop"}}, Effect{Tables: 1, Dashboards: 1, Completed: 1}},
		{Fix{Map: &match.Map{BI: "elsewhere", Dbt: "shop"}}, Effect{}},
		{Fix{Ignore: &match.Ignore{Table: "postgres://shop.marts.nowhere"}}, Effect{Ignored: 1, Dashboards: 2, Completed: 1}},
		{Fix{Ignore: &match.Ignore{Table: "postgres://shop.marts.*"}}, Effect{Ignored: 1, Lost: 2, Dashboards: 3}},
		{Fix{Pin: &match.Pin{Table: "postgres://shop.marts.nowhere", Node: "model.shop.stg"}}, Effect{Tables: 1, Dashboards: 2, Completed: 2}},
	} {
		got, err := PreviewFix(g, c.fix)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", c.fix, got, err, c.want)
		}
		after, err := lineage.Build(t.Context(), g.Projects, g.Sites, lineage.Options{Match: c.fix.With(g.Matching())})
		if err != nil {
			t.Fatal(err)
		}
		if n := Of(after).Dashboards.Linked - Of(g).Dashboards.Linked; c.want.Lost == 0 && n != c.want.Completed {
			t.Errorf("%s: %d more are complete, the preview said %d", c.fix, n, c.want.Completed)
		}
	}
	if _, err := PreviewFix(g, Fix{Map: &match.Map{BI: "*", Dbt: "shop"}}); err == nil {
		t.Error("a bad map gives no error")
	}
}

// A schema that dbt has nothing in can be set aside at once; one of dbt's never.
func TestForeignSchemasAreIgnoredAtOnce(t *testing.T) {
	s := lineagetest.Tower("scratch", "mine", "server", "dotted")
	s.Tables[0].FullName = "[scratch].[x]"
	s.Tables[2] = model.Table{ID: "t2", Name: "x", Place: &model.Place{Schema: "dbo", Database: "Floor", ConnectionType: "sqlserver"}, FullName: "[dbo].[x]"}
	s.Tables[3] = model.Table{ID: "t3", Name: "x", FullName: "[x]", Place: &model.Place{Database: "Floor", ConnectionType: "sqlserver"}}
	g := build(t, []*model.Project{lineagetest.Shop()}, s)
	for name, want := range map[string]string{
		"scratch": "ignore postgres://shop.scratch.*", "mine": "", "server": "ignore sqlserver://Floor.dbo.*", "dotted": "",
	} {
		d, _ := g.Dashboard("luid-" + name)
		got := ""
		for _, c := range Fixes(g, &d.Links[0]) {
			if strings.HasSuffix(c.String(), ".*") {
				got = c.String()
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestIgnoredTablesAreNoGapAnyMore(t *testing.T) {
	cfg := match.Config{Ignore: []match.Ignore{{Table: "postgres://shop.marts.nowhere", Why: "scratch"}}}
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{oddTower()}, lineage.Options{Match: cfg})
	if err != nil {
		t.Fatal(err)
	}
	l := Of(g)
	if got := groupsOf(l); strings.Contains(got, "nowhere") {
		t.Error(got)
	}
	if l.Dashboards.SetAside != 1 || l.Dashboards.Linked != 2 {
		t.Errorf("%+v", l.Dashboards)
	}
}

func TestOtherEnvironmentComesFirst(t *testing.T) {
	s := lineagetest.Tower("fct", "dim")
	for i := range s.Tables {
		modeltest.Place(&s.Tables[i]).Database = "prod"
	}
	w := Of(build(t, []*model.Project{lineagetest.Shop()}, s)).Warnings()
	if len(w) != 1 || !strings.HasPrefix(w[0], "This manifest is from another environment. The dashboards read prod") {
		t.Errorf("%q", w)
	}
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{lineagetest.Tower("fct")}, lineage.Options{Match: match.Config{Pins: []match.Pin{{Table: "postgres://a.b.c", Node: "model.shop.gone"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if w := Of(g).Warnings(); len(w) != 1 || w[0] != "The pin of postgres://a.b.c has no effect: no loaded project has model.shop.gone." {
		t.Errorf("%q", w)
	}
	if w := Of(build(t, []*model.Project{lineagetest.Shop()}, oddTower())).Warnings(); len(w) != 0 {
		t.Errorf("one database of two is known: %q", w)
	}
}

// The facts of any link are complete sentences.
func TestFactsAreWhole(t *testing.T) {
	g := build(t, []*model.Project{lineagetest.Shop()}, oddTower())
	for _, d := range g.Dashboards() {
		if Summary(d) == "" {
			t.Error(d.Key)
		}
		for i := range d.Links {
			l := &d.Links[i]
			if is := TableIs(l); !strings.HasSuffix(is, ".") {
				t.Errorf("%q", is)
			}
			labels := map[string]bool{}
			for _, f := range Facts(g, l) {
				labels[f.Label] = true
				if f.Text == "" || strings.Contains(f.Text, "%!") || strings.Contains(f.Text, "..") {
					t.Errorf("%s: %q", f.Label, f.Text)
				}
			}
			if !labels["Why"] || !labels["Way"] || l.Resource == lineage.None && !labels["Fix"] {
				t.Errorf("%s lacks a fact: %v", l.TableName(), labels)
			}
		}
	}
}
