package affected

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"darkroom/model"
	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// affected is what depends on the one model that n dashboards read.
func affected(t *testing.T, title string, n int) (*lineage.Graph, *impact.Report) {
	t.Helper()
	site := lineagetest.Tower(strings.Fields(strings.Repeat("fct ", n))...)
	for i := range site.Dashboards {
		site.Dashboards[i].Name, site.Dashboards[i].LUID, site.Dashboards[i].Views = title, fmt.Sprintf("luid-%06d", i), i
	}
	site.Workbooks[0].Owner = model.User{Name: title}
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{site}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := g.Resource("model.shop.fct")
	return g, impact.Of(g, []lineage.ID{id}, impact.Known{})
}

// Names do nothing in a comment: they mention no user, make no link and no HTML, and stay
// in their cell.
func TestMarkdownIsSafe(t *testing.T) {
	g, r := affected(t, "@octo/team | <img src=x onerror=alert(1)> ](https://evil.example) `#1` <!-- darkroom:impact -->\n## x \x1b[31m \u202e", 1)
	page := (&Answer{Graph: g, Report: r}).Markdown()
	if n := strings.Count(page, Marker); n != 1 || !strings.HasPrefix(page, Marker+"\n") {
		t.Errorf("%d markers in\n%s", n, page)
	}
	for _, bad := range []string{"@octo", "<img", " ](https", "://evil", "\n## x", "\x1b", "\u202e"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q in\n%s", bad, page)
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "|") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 9 {
			t.Errorf("%q", line)
		}
	}
}

// One comment takes it, however many dashboards there are, and says how many are missing.
func TestMarkdownIsBounded(t *testing.T) {
	g, r := affected(t, "A dashboard with an ordinary title", 2000)
	page := (&Answer{Graph: g, Report: r}).Markdown()
	if len(page) > mostMarkdown || len(page) < mostMarkdown*9/10 {
		t.Errorf("%d bytes", len(page))
	}
	if !strings.Contains(page, "2000 dashboards") || !strings.Contains(page, "more: darkroom impact lists them.") {
		t.Errorf("%s", page[len(page)-300:])
	}
	if again := (&Answer{Graph: g, Report: r}).Markdown(); again != page {
		t.Error("another page for the same answer")
	}
}

func TestTextIsSafe(t *testing.T) {
	g, r := affected(t, "Evil \x1b[31m\n\u202etitle", 2)
	if got := (&Answer{Graph: g, Report: r, About: "a\x1bb"}).Text(); strings.ContainsFunc(got, func(c rune) bool { return c != '\n' && (unicode.IsControl(c) || c == '\u202e') }) {
		t.Errorf("%q", got)
	}
}

// nothingOf is what depends on a model that no dashboard reads.
func nothingOf(t *testing.T, g *lineage.Graph) *impact.Report {
	t.Helper()
	id, _ := g.Resource("model.shop.rpt")
	return impact.Of(g, []lineage.ID{id}, impact.Known{})
}

func TestNothingIsAnAnswer(t *testing.T) {
	g, _ := affected(t, "x", 1)
	r := nothingOf(t, g)
	if got := (&Answer{Graph: g, Report: r}).Text(); got != "What depends on rpt\nNo dashboard is affected.\n" {
		t.Errorf("%q", got)
	}
	if got := (&Answer{Graph: g, Report: r}).Markdown(); got != Marker+"\n## What depends on rpt\n\nNo dashboard is affected.\n" {
		t.Errorf("%q", got)
	}
}

// What is not known is no zero: views that no site counts, and dashboards without a site.
func TestUnknownIsNotNone(t *testing.T) {
	all := []impact.Dashboard{{Views: -1}, {Views: -1}}
	if got := ViewsOf(all, 0); got != "views unknown" {
		t.Errorf("%q", got)
	}
	all[1].Views = 1
	if got := ViewsOf(all, 1); got != "1 view" {
		t.Errorf("%q", got)
	}
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, nil, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := &impact.Report{Exposures: make([]impact.Exposure, 2), Counts: impact.Counts{Exposures: 2}}
	if got := (&Answer{Graph: g, Report: r}).Numbers("·"); got != "Not known: no metadata of a BI tool is loaded · 2 exposures" {
		t.Errorf("%q", got)
	}
}
