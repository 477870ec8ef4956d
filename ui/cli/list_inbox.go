package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
	"darkroom/ui/text"
)

// inboxEntry is one change in JSON. What did not change, and what there is
// none of, is left out.
type inboxEntry struct {
	Kind        string `json:"kind"` // new, renamed, moved or gone
	Key         string `json:"key"`
	Title       string `json:"title"`
	Site        string `json:"site"`
	Project     string `json:"project"`
	Workbook    string `json:"workbook"`
	OldTitle    string `json:"old_title,omitempty"`
	OldProject  string `json:"old_project,omitempty"`
	OldWorkbook string `json:"old_workbook,omitempty"`
	KnownSince  string `json:"known_since,omitempty"`
	Decision    string `json:"decision"`
	Rule        string `json:"rule,omitempty"`
	URL         string `json:"url,omitempty"`
}

// listInbox is the command equivalent of the explorer's Inbox. A selector leaves out
// what is gone: the graph does not have it.
func listInbox(w *workspace.Workspace, in func(lineage.ID) bool) (l listing, keys []string) {
	l.header = []string{"news", "title", "was", "workbook", "project", "site", "decision"}
	for _, n := range w.Book.Inbox(curate.Take(w.Graph)) {
		d, here := w.Graph.Dashboard(n.Key)
		if here && !in(d.ID) || !here && !in(lineage.None) {
			continue
		}
		e := inboxOf(w, n)
		if here {
			e.URL = d.URL()
		}
		var was []string
		for _, old := range []string{e.OldTitle, e.OldProject, e.OldWorkbook} {
			if old != "" {
				was = append(was, old)
			}
		}
		l.rows = append(l.rows, listRow{e, []string{e.Kind, model.DisplayName(e.Title), strings.Join(was, " / "), model.DisplayName(e.Workbook), e.Project, e.Site, e.Decision}})
		keys = append(keys, n.Key)
	}
	l.dropWorkbooks(model.Tools(w.Graph.Sites))
	return l, keys
}

func inboxOf(w *workspace.Workspace, n curate.Item) inboxEntry {
	p := n.Place()
	e := inboxEntry{
		Kind: n.Kind.String(), Key: n.Key, Title: p.Title, Site: p.Site, Project: p.Project, Workbook: p.Workbook,
		Decision: w.Book.Effective(n.Key).String(),
	}
	if rule, ok := w.Book.RuledBy(n.Key); ok {
		e.Rule = rule.String()
	}
	if !n.First.IsZero() {
		e.KnownSince = n.First.Format(time.DateOnly)
	}
	if n.Kind == curate.Renamed || n.Kind == curate.Moved {
		old := func(before, after string) string {
			if before == after {
				return ""
			}
			return before
		}
		e.OldTitle, e.OldProject, e.OldWorkbook = old(n.Before.Title, p.Title), old(n.Before.Project, p.Project), old(n.Before.Workbook, p.Workbook)
	}
	return e
}

// tellBaseline says why nothing is listed the first time.
func (a *app) tellBaseline(w *workspace.Workspace, reviewed bool) {
	if w.Baseline == 0 {
		return
	}
	hint := ""
	if !reviewed {
		hint = "; --mark-reviewed, or the explorer, remembers that"
	}
	fmt.Fprintf(a.err, "%s seen for the first time: marked as seen, not reported as new%s\n", text.Count(w.Baseline, "dashboard"), hint)
}

// markReviewed keeps what was listed as looked at, and the baseline.
func (a *app) markReviewed(ctx context.Context, w *workspace.Workspace, keys []string) error {
	n, err := w.MarkReviewed(ctx, keys)
	if err == nil {
		fmt.Fprintf(a.err, "%s marked as reviewed\n", text.Count(n, "dashboard"))
	}
	return err
}

// ruleEntry is one rule in JSON.
type ruleEntry struct {
	Rule     int    `json:"rule"` // its place in darkroom.yml; 0 for the built-in ones
	Decision string `json:"decision"`
	Why      string `json:"why,omitempty"`
	// Fits counts the dashboards it is the first to fit, Decides those of them
	// without a decision of their own.
	Fits    int `json:"fits"`
	Decides int `json:"decides"`
}

func listRules(w *workspace.Workspace, in func(lineage.ID) bool) listing {
	l := listing{header: []string{"rule", "decision", "why", "fits", "decides"}}
	for _, r := range w.RuleEffects(func(d *lineage.Dashboard) bool { return in(d.ID) }) {
		name := "built in"
		if r.Rule > 0 {
			name = number(r.Rule)
		}
		e := &ruleEntry{Rule: r.Rule, Decision: r.Decision.String(), Why: r.Why, Fits: r.Fits, Decides: r.Decides}
		l.rows = append(l.rows, listRow{e, []string{name, e.Decision, e.Why, number(e.Fits), number(e.Decides)}})
	}
	return l
}
