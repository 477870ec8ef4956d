package records

import (
	"context"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Change is one change in JSON. What did not change, and what there is
// none of, is left out.
type Change struct {
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

// inbox is the command equivalent of the explorer's Inbox. A selector leaves out
// what is gone: the graph does not have it.
func inbox(ctx context.Context, w *workspace.Workspace, in query.Found, _ When) (output.Listing, error) {
	container := model.CommonNoun(model.Tools(w.Graph.Sites), model.PartContainer).One
	l := output.Listing{Header: []string{"news", "title", "was", "workbook", container, "site", "decision"}}
	news := slices.DeleteFunc(w.Book.Inbox(curate.Take(w.Graph)), func(n curate.Item) bool {
		d, here := w.Graph.Dashboard(n.Key)
		return here && !in.Has(d.ID) || !here && !in.All()
	})
	l.Fill(len(news), func(i int) output.Row { return changeRow(inboxOf(w, news[i])) })
	dropWorkbooks(&l, w.Graph)
	return l, ctx.Err()
}

func changeRow(e Change) output.Row {
	return output.Row{Object: e, Cells: func() []string {
		var was []string
		for _, old := range []string{e.OldTitle, e.OldProject, e.OldWorkbook} {
			if old != "" {
				was = append(was, old)
			}
		}
		return []string{e.Kind, model.DisplayName(e.Title), strings.Join(was, " / "), model.DisplayName(e.Workbook), e.Project, e.Site, e.Decision}
	}}
}

// InboxKeys are the dashboards of a listing of the inbox.
func InboxKeys(l output.Listing) []string {
	var keys []string
	for i := range l.Len() {
		if c, ok := l.Row(i).Object.(Change); ok {
			keys = append(keys, c.Key)
		}
	}
	return keys
}

func inboxOf(w *workspace.Workspace, n curate.Item) Change {
	p := n.Place()
	e := Change{
		Kind: n.Kind.String(), Key: n.Key, Title: p.Title, Site: p.Site, Project: p.Project, Workbook: p.Workbook,
		Decision: w.Book.Effective(n.Key).String(),
	}
	if d, here := w.Graph.Dashboard(n.Key); here {
		e.URL = d.URL()
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

// Rule is one rule in JSON.
type Rule struct {
	Rule     int    `json:"rule"` // its place in darkroom.yml; 0 for the built-in ones
	Decision string `json:"decision"`
	Why      string `json:"why,omitempty"`
	// Fits counts the dashboards it is the first to fit, Decides those of them
	// without a decision of their own.
	Fits    int `json:"fits"`
	Decides int `json:"decides"`
}

func rules(ctx context.Context, w *workspace.Workspace, in query.Found, _ When) (output.Listing, error) {
	l := output.Listing{Header: []string{"rule", "decision", "why", "fits", "decides"}}
	effects := w.RuleEffects(func(d *lineage.Dashboard) bool { return in.Has(d.ID) })
	l.Fill(len(effects), func(i int) output.Row {
		r := effects[i]
		e := &Rule{Rule: r.Rule, Decision: r.Decision.String(), Why: r.Why, Fits: r.Fits, Decides: r.Decides}
		return output.Row{Object: e, Cells: func() []string {
			name := "built in"
			if r.Rule > 0 {
				name = output.Number(r.Rule)
			}
			return []string{name, e.Decision, e.Why, output.Number(e.Fits), output.Number(e.Decides)}
		}}
	})
	return l, ctx.Err()
}
