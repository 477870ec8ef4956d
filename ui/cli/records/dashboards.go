package records

import (
	"context"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/amount"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/output"
)

// Dashboard is one dashboard in JSON.
type Dashboard struct {
	LUID       string   `json:"luid"`
	Key        string   `json:"key"`
	Title      string   `json:"title"` // empty when it is hidden, as other names
	Site       string   `json:"site"`
	Project    []string `json:"project"`
	Workbook   *string  `json:"workbook,omitempty"` // absent where the tool has no workbooks
	Owner      string   `json:"owner,omitempty"`
	OwnerEmail string   `json:"owner_email,omitempty"`
	Tags       []string `json:"tags"`
	URL        string   `json:"url,omitempty"`
	Hidden     bool     `json:"hidden,omitempty"` // in its workbook: it has no address
	Views      *int     `json:"views"`            // null when unknown
	Views30d   *int     `json:"views_30d"`        // within 30 days, likewise
	Decision   string   `json:"decision"`
	By         string   `json:"decided_by,omitempty"`
	Rule       string   `json:"rule,omitempty"` // what decided, when you did not
	Why        string   `json:"why,omitempty"`
	Status     string   `json:"status"`
	Missing    []string `json:"missing"`
	Upstream   []string `json:"upstream"` // unique_ids it reads directly
	Tables     []Link   `json:"tables"`

	Collections []string `json:"collections"` // that hold it or its workbook
}

// Link is one table of a dashboard.
type Link struct {
	Table      string `json:"table"`
	Outcome    string `json:"outcome"`
	Reason     string `json:"reason"`
	Confidence string `json:"confidence"`
	Node       string `json:"node,omitempty"`
	Because    string `json:"because"`
	Route      string `json:"route,omitempty"`
	Used       bool   `json:"used"`
}

func dashboards(ctx context.Context, w *workspace.Workspace, in query.Found, _ When) (output.Listing, error) {
	container := model.CommonNoun(model.Tools(w.Graph.Sites), model.PartContainer).One
	l := output.Listing{Header: []string{"title", "workbook", container, "site", "decision", "by", "lineage", "hidden", "tables", "views", "collections", "owner", "owner email", "tags", "updated", "why", "url", "luid", "key", "views 30d"}, Usual: 11}
	list := slices.DeleteFunc(slices.Clone(w.Graph.Dashboards()), func(d *lineage.Dashboard) bool { return !in.Has(d.ID) })
	l.Fill(len(list), func(i int) output.Row { return dashboardRow(w, list[i]) })
	dropWorkbooks(&l, w.Graph)
	return l, ctx.Err()
}

func dashboardRow(w *workspace.Workspace, d *lineage.Dashboard) output.Row {
	e := dashboardOf(w, d)
	return output.Row{Object: &e, Cells: func() []string {
		linked, all := d.Counts()
		tables := output.Number(all)
		if linked != all {
			tables = output.Number(linked) + " of " + output.Number(all)
		}
		return []string{
			d.Title(), d.WorkbookTitle(), strings.Join(model.DisplayPath(e.Project), " / "), e.Site, e.Decision, e.By + e.Rule, e.Status,
			map[bool]string{true: "hidden"}[e.Hidden], tables, output.Number(d.Dashboard.Views), strings.Join(e.Collections, ", "),
			e.Owner, e.OwnerEmail, strings.Join(e.Tags, ", "), day(d.Updated()), e.Why, e.URL, e.LUID, e.Key, numberOrNone(e.Views30d),
		}
	}}
}

// numberOrNone is empty for what is not known.
func numberOrNone(n *int) string {
	if n == nil {
		return ""
	}
	return output.Number(*n)
}

// day is a date; one that is not known is empty.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// dropWorkbooks leaves the column out when none of the tools has workbooks.
func dropWorkbooks(l *output.Listing, g *lineage.Graph) {
	if tools := model.Tools(g.Sites); len(tools) > 0 && !slices.ContainsFunc(tools, (*model.Tool).HasWorkbooks) {
		l.Drop("workbook")
	}
}

func dashboardOf(w *workspace.Workspace, d *lineage.Dashboard) Dashboard {
	rec, owner := w.Book.Get(d.Key), d.Owner()
	e := Dashboard{
		LUID: d.Dashboard.LUID, Key: d.Key, Title: d.Dashboard.Name, Site: d.Site.ID(), Project: orEmpty(d.ContainerPath),
		Owner: owner.Name, OwnerEmail: owner.Email, Tags: orEmpty(d.Tags()), URL: d.URL(), Hidden: d.Dashboard.Hidden,
		Decision: w.Book.Effective(d.Key).String(), By: rec.By, Why: rec.Why, Status: d.Status.String(), Missing: orEmpty(ledger.IncompleteBecause(d)),
		Upstream: []string{}, Tables: []Link{}, Collections: orEmpty(d.Collections),
	}
	if rule, ok := w.Book.RuledBy(d.Key); ok {
		e.Rule = rule.String()
	}
	e.Workbook = workbookName(d)
	if v := d.Dashboard.Views; v >= 0 {
		e.Views = &v
	}
	month, _ := amount.ReadAge("30d")
	if n, ok := d.Site.ViewsWithin(d.Dashboard, month); ok {
		e.Views30d = &n
	}
	for _, up := range w.Graph.Upstream(d.ID) {
		e.Upstream = append(e.Upstream, w.Graph.Node(up).Resource.ID)
	}
	for i := range d.Links {
		e.Tables = append(e.Tables, linkOf(w, &d.Links[i]))
	}
	return e
}

func linkOf(w *workspace.Workspace, l *lineage.Link) Link {
	e := Link{
		Table: l.TableName(), Outcome: l.Verdict.Outcome.String(), Reason: l.Verdict.Reason.String(),
		Confidence: l.Verdict.Confidence.String(), Because: w.Graph.Explain(l).Because, Route: l.Route(), Used: l.Read.Used,
	}
	if l.Resource != lineage.None {
		e.Node = w.Graph.Node(l.Resource).Resource.ID
	}
	return e
}
