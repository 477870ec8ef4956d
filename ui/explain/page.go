// Package explain builds the page that says why a dashboard is, or is not, linked to dbt:
// what it is, and for each table it reads, and for each gap, the facts under their labels.
// The command explain and the explorer print the same page, each in its own way.
//
// Not here: the facts themselves and their sentences (model/ledger), how a page is
// printed (ui/cli, ui/explorer/overlay), and the JSON of the command (ui/cli).
package explain

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"darkroom/model"
	"darkroom/model/advice"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
)

// Page explains a dashboard. Texts are as the BI tool has them: the caller cleans them before
// printing.
type Page struct {
	Title    string
	About    string   // what it is, and where
	Address  string   // in the browser; may be empty
	Summary  []string // how much of it is known, a paragraph each
	Sections []Section
}

// Section is about one table or one gap.
type Section struct {
	Heading string
	Says    string // continues the heading; may be empty
	Fields  []Field
}

// Field is one fact.
type Field struct{ Label, Text string }

// Does adds what an export does with the dashboard, and why.
func (p *Page) Does(d *outlook.Dashboard, adopt func(name string) string) {
	if says := d.Says(adopt); says != "" {
		p.Summary = append(p.Summary, sentence("Export: "+says))
	}
}

// Dashboard is the page of some tables of a dashboard. Whole adds what hides tables on the
// way to them, and advice on its parents.
func Dashboard(g *lineage.Graph, d *lineage.Dashboard, links []*lineage.Link, whole bool, today time.Time) Page {
	p := Page{Title: d.Title(), About: about(d), Address: d.URL(), Summary: []string{ledger.Summary(d)}}
	if gap := ledger.WorkbookIncomplete(d); gap != "" {
		p.Summary = append(p.Summary, gap)
	}
	if other := ledger.SheetsElsewhere(d); other != "" && whole {
		p.Summary = append(p.Summary, other)
	}
	for _, l := range links {
		s := Section{Heading: l.TableName(), Says: ledger.TableIs(l)}
		for _, f := range ledger.Facts(g, l) {
			s.add(f.Label, f.Text)
		}
		p.Sections = append(p.Sections, s)
	}
	if whole {
		p.addGaps(d)
		p.addAdvice(advice.Dashboard(g, d, today))
	}
	return p
}

func (p *Page) addGaps(d *lineage.Dashboard) {
	last := "" // the same advice is given once
	for _, gap := range ledger.UnexplainedGaps(d) {
		s := Section{Heading: ledger.GapTitle(gap)}
		s.add("Why", sentence(gap.Text))
		s.add("Way", gap.Route.String())
		if advice := ledger.GapAdvice(gap); advice != last {
			s.add("Fix", advice)
			last = cmp.Or(advice, last)
		}
		p.Sections = append(p.Sections, s)
	}
}

func (p *Page) addAdvice(found []advice.Finding) {
	if len(found) == 0 {
		return
	}
	s := Section{Heading: "Advice on what it reads"}
	for _, f := range found {
		s.add(f.Label, f.Text+". "+f.Advice)
	}
	p.Sections = append(p.Sections, s)
}

func (s *Section) add(label, text string) {
	if text != "" {
		s.Fields = append(s.Fields, Field{label, text})
	}
}

// about is what the dashboard is and where.
func about(d *lineage.Dashboard) string {
	s := "A dashboard"
	if d.Dashboard.WorkbookLevel {
		s = "A workbook; its dashboards are not listed"
	} else if d.Dashboard.Hidden {
		s = d.Site.Tool.Text("A dashboard that is hidden in its {workbook}")
		if d.Workbook != nil {
			s += " " + d.WorkbookTitle()
		}
	} else if d.Workbook != nil {
		s += d.Site.Tool.Text(" of the {workbook} ") + d.WorkbookTitle()
	}
	if len(d.ContainerPath) > 0 {
		s += " in " + strings.Join(model.DisplayPath(d.ContainerPath), " / ")
	}
	return s + ", site " + cmp.Or(d.Site.Name, d.Site.ID()) + "."
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(s[size:], ".") + "."
}
