package details

import (
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/text"
)

// mostFindings is how many findings a page names.
const mostFindings = 5

// health says how healthy the data behind a dashboard or resource is, and why; without
// any results nothing.
func (p *Page) health(id lineage.ID) {
	if _, ok := p.HealthOf(id); ok {
		p.report(p.Health.Report(id), p.Graph.Node(id).Dashboard != nil)
	}
}

// EntryHealth says how healthy the data behind an exposure is, and why.
func (p *Page) EntryHealth(e *outlook.Entry) {
	if _, ok := p.HealthOfEntry(e); ok {
		p.report(p.Health.EntryReport(e), true)
	}
}

// report is a state with its causes, the worst first; over all ancestors with how many of
// them are known.
func (p *Page) report(r *health.Report, ancestors bool) {
	word, style := p.HealthWord(r.State)
	causes := r.Findings
	switch {
	case len(causes) > 0:
		word += ": " + p.cause(&causes[0])
		causes = causes[1:]
	case ancestors && r.Ancestors == 0:
		word += ": nothing upstream that dbt builds or checks"
	}
	p.Styled("health", word, style)
	most := p.Most("findings", len(causes), mostFindings-1)
	for i := range causes[:most] {
		p.Field(" ", p.cause(&causes[i]))
	}
	p.moreIn("findings", len(causes)-most)
	if ancestors && r.Ancestors > 0 {
		known, most := r.Coverage(), p.Most("missing", len(r.Missing), 1)
		for i, r := range r.Missing[:most] {
			known += []string{", without ", ", "}[min(i, 1)] + r.FullName()
		}
		p.Styled(" ", known, p.Styles.Dim)
		p.moreIn("missing", len(r.Missing)-most)
	}
}

// cause is a finding with its age: "stg_orders failed 2 hours ago".
func (p *Page) cause(f *health.Finding) string {
	says := f.Sentence()
	if f.Happened && !f.At.IsZero() {
		if ago := text.Ago(f.At, p.Health.Now()); ago == "now" {
			says += " just now"
		} else {
			says += " " + ago + " ago"
		}
	}
	return says
}
