package records

import (
	"time"

	"darkroom/model/advice"
	"darkroom/model/exposure"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/outlook"
	"darkroom/sources/project/workspace"
)

// Head names a dashboard in JSON.
type Head struct {
	Title    string   `json:"title"`
	LUID     string   `json:"luid"`
	Key      string   `json:"key"`
	URL      string   `json:"url,omitempty"`
	Site     string   `json:"site"`
	Project  []string `json:"project"`
	Workbook *string  `json:"workbook,omitempty"` // absent where the tool has no workbooks
	Status   string   `json:"status"`
	Linked   int      `json:"tables_linked"`
	All      int      `json:"tables_read"`
}

func headOf(d *lineage.Dashboard) Head {
	linked, all := d.Counts()
	h := Head{
		Title: d.Dashboard.Name, LUID: d.Dashboard.LUID, Key: d.Key, URL: d.URL(), Site: d.Site.ID(), Project: orEmpty(d.ContainerPath),
		Status: d.Status.String(), Linked: linked, All: all,
	}
	h.Workbook = workbookName(d)
	return h
}

// workbookName is the name in JSON, nil where the BI tool has no workbooks.
func workbookName(d *lineage.Dashboard) *string {
	name := ""
	switch {
	case d.Workbook != nil:
		name = d.Workbook.Name
	case !d.Site.Tool.HasWorkbooks():
		return nil
	}
	return &name
}

// Evidence is the evidence for one table in JSON: the same as the text, in
// fields.
type Evidence struct {
	Link
	Canonical   string             `json:"canonical,omitempty"` // for pins and ignores
	Ways        []string           `json:"ways"`
	Query       *queryEntry        `json:"query,omitempty"`
	ToldBy      string             `json:"told_by,omitempty"`  // when it is not Tableau's metadata
	Tableau     *map[string]string `json:"tableau,omitempty"`  // what the BI tool reports: the key of its first
	Reported    *map[string]string `json:"reported,omitempty"` // the same of every other tool
	Platform    string             `json:"platform,omitempty"`
	Connection  string             `json:"connection"` // native, protocol, related, generic or other
	Parts       []partEntry        `json:"parts"`
	Map         string             `json:"map,omitempty"`
	Also        []string           `json:"also"`
	Candidates  []string           `json:"candidates"`
	Refused     []rivalEntry       `json:"refused"`
	Suggestions []string           `json:"suggestions"`
	Cautions    []string           `json:"cautions"`
	DecidedBy   string             `json:"decided_by,omitempty"`
	Note        string             `json:"note,omitempty"`
	Cures       []string           `json:"cures"`
	Text        []string           `json:"text"`
}

type queryEntry struct {
	Name string `json:"name"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

type partEntry struct {
	Part  string `json:"part"`
	Text  string `json:"text"`
	From  string `json:"from"`
	Field string `json:"tableau_field_said,omitempty"`
}

type rivalEntry struct {
	Node string `json:"node"`
	Why  string `json:"why"`
}

type gapEntry struct {
	Reason string `json:"reason"`
	Text   string `json:"text"`
	Route  string `json:"route"`
	Cure   string `json:"cure,omitempty"`
}

func proofOf(w *workspace.Workspace, l *lineage.Link) Evidence {
	v := w.Graph.Explain(l)
	e := &v.Evidence
	p := Evidence{
		Link: linkOf(w, l), Canonical: w.Graph.CanonicalName(l), Ways: orEmpty(ledger.Ways(l)),
		Platform: e.Platform, Connection: e.Proof.String(), Parts: []partEntry{}, Map: e.Map, Also: idsOf(v.Also),
		Candidates: idsOf(v.Nodes), Refused: []rivalEntry{}, Suggestions: idsOf(v.Suggestions), Cautions: []string{},
		ToldBy: ledger.FileSource(l), DecidedBy: e.By, Note: e.Note, Cures: []string{}, Text: []string{l.TableName() + " " + ledger.TableIs(l)},
	}
	if q, ok := ledger.QueryOf(l); ok {
		p.Query = &queryEntry{q.Name, q.Line, q.Text}
	}
	reported := map[string]string{}
	if l.Tool == nil || l.Tool.Key == exposure.DefaultMetaKey {
		p.Tableau = &reported
	} else {
		p.Reported = &reported
	}
	if e.Table != nil {
		for _, f := range ledger.RawFields(e.Table) {
			reported[f.Label] = f.Text
		}
	}
	for i, label := range [...]string{"database", "schema", "table"} {
		if part := e.Parts[i]; part.Text != "" || part.From != match.Missing {
			p.Parts = append(p.Parts, partEntry{label, part.Text, part.From.String(), part.Field})
		}
	}
	for _, r := range e.Rivals {
		p.Refused = append(p.Refused, rivalEntry{r.Resource.ID, r.Why})
	}
	for _, f := range e.Flags {
		p.Cautions = append(p.Cautions, f.String())
	}
	for _, c := range ledger.Fixes(w.Graph, l) {
		p.Cures = append(p.Cures, c.String())
	}
	for _, f := range ledger.Facts(w.Graph, l) {
		p.Text = append(p.Text, f.Label+": "+f.Text)
	}
	return p
}

func idsOf(nodes []match.Node) []string {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.Resource.ID
	}
	return ids
}

// Explanation is the JSON of explain.
type Explanation struct {
	Head
	Summary string     `json:"summary"`
	Doubt   string     `json:"workbook_incomplete,omitempty"`
	Export  *Does      `json:"export,omitempty"` // absent when it does nothing
	Tables  []Evidence `json:"tables"`
	Gaps    []gapEntry `json:"gaps"`
	Advice  []Advice   `json:"advice,omitempty"`
}

// Does is what an export does with a dashboard.
type Does struct {
	State     string      `json:"state"` // written, new, changed, removed, refused, yours, manual or gone
	Why       string      `json:"why,omitempty"`
	Fix       string      `json:"fix,omitempty"`
	Exposures []WrittenAs `json:"exposures"`
}

// WrittenAs is an exposure in its file.
type WrittenAs struct {
	Name   string   `json:"name"`
	State  string   `json:"state"`
	File   string   `json:"file,omitempty"`
	Line   int      `json:"line,omitempty"`   // as the file is now
	Fields []string `json:"fields,omitempty"` // that will change, or differ
}

// With adds what an export does.
func (e Explanation) With(d *outlook.Dashboard) Explanation {
	if d.State == outlook.None {
		return e
	}
	e.Export = &Does{State: string(d.State), Why: d.Why, Fix: d.Fix, Exposures: []WrittenAs{}}
	for _, x := range d.Entries {
		p := WrittenAs{Name: x.Name, State: string(x.State), File: x.Path, Line: x.Line}
		for _, f := range x.Fields {
			p.Fields = append(p.Fields, f.Field)
		}
		for _, c := range x.Conflicts {
			if c.Field != "" {
				p.Fields = append(p.Fields, c.Field)
			}
		}
		e.Export.Exposures = append(e.Export.Exposures, p)
	}
	return e
}

// ExplanationOf is that of some tables of a dashboard.
func ExplanationOf(w *workspace.Workspace, d *lineage.Dashboard, links []*lineage.Link, withGaps bool, today time.Time) Explanation {
	e := Explanation{Head: headOf(d), Summary: ledger.Summary(d), Doubt: ledger.WorkbookIncomplete(d), Tables: []Evidence{}, Gaps: []gapEntry{}}
	for _, l := range links {
		e.Tables = append(e.Tables, proofOf(w, l))
	}
	if withGaps {
		for _, f := range advice.Dashboard(w.Graph, d, today) {
			e.Advice = append(e.Advice, adviceOf(&advice.Entry{Finding: f}))
		}
		for i := range d.Gaps {
			gap := &d.Gaps[i]
			e.Gaps = append(e.Gaps, gapEntry{gap.Reason.String(), gap.Text, gap.Route.String(), ledger.GapAdvice(gap)})
		}
	}
	return e
}
