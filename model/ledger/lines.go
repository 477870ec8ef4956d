package ledger

import (
	"fmt"
	"strings"

	"darkroom/model"
)

// Warnings are what has to be shown before anything else: manifests of another
// environment, maps that would explain many tables at once, pins without effect.
func (l *Ledger) Warnings() []string {
	var out []string
	for _, e := range l.Environments {
		out = append(out, "This manifest is from another environment. "+e.String())
	}
	for _, p := range l.Proposals {
		out = append(out, "Proposed map: "+p.String()+". Nothing is applied until you decide.")
	}
	for _, p := range l.StalePins {
		out = append(out, "The pin of "+p.Table+" has no effect: no loaded project has "+p.Node+".")
	}
	return out
}

// Lines are the counts, each with its total.
func (l *Ledger) Lines() []Fact {
	d, t, s := l.Dashboards, l.Tables, l.SQL
	dashboards := fmt.Sprintf("%d linked, %d partly linked, %d unclear, %d not linked, of %d found", d.Linked, d.PartlyLinked, d.Unclear, d.NotLinked, d.Found)
	if d.SetAside > 0 {
		dashboards += fmt.Sprintf("; all tables of %d of those not linked are ignored", d.SetAside)
	}
	if d.OutOfScope > 0 {
		dashboards += fmt.Sprintf("; %d more out of scope", d.OutOfScope)
	}
	out := []Fact{{"dashboards", dashboards}}
	if len(d.PartlyLinkedBy) > 0 {
		out = append(out, Fact{"reasons", "of what is partly linked, " + reasons(d.PartlyLinkedBy, d.PartlyLinked)})
	}
	out = append(out, Fact{"tables", fmt.Sprintf("%d matched, %d to review, %d ambiguous, %d unmatched, %d not applicable, of %d read",
		t.Matched, t.Review, t.Ambiguous, t.Unmatched, t.NotApplicable, t.Found)})
	if len(t.ByReason) > 0 {
		out = append(out, Fact{"reasons", reasons(t.ByReason, t.Found)})
	}
	out = append(
		out,
		Fact{"custom SQL", fmt.Sprintf("%d fully understood, %d not, of %d read", s.Complete, s.Incomplete, s.Found)},
		Fact{"hidden", fmt.Sprintf("%d of %d tables have names that permissions hide", t.Redacted, t.Found)},
	)
	if len(l.Partial) > 0 {
		out = append(out, Fact{"incomplete", strings.Join(l.Partial, "; ")})
	}
	return out
}

// reasons counts by the titles of reasons, which several may share.
func reasons(list []ReasonCount, of int) string {
	counts := map[string]int{}
	var titles []string
	for _, r := range list {
		title := (*model.Tool)(nil).Text(r.Reason.Row().Title)
		title = strings.ToLower(title[:1]) + title[1:]
		if counts[title] == 0 {
			titles = append(titles, title)
		}
		counts[title] += r.Count
	}
	for i, title := range titles {
		titles[i] = fmt.Sprintf("%s: %d", title, counts[title])
	}
	return strings.Join(titles, "; ") + fmt.Sprintf(" (of %d)", of)
}
