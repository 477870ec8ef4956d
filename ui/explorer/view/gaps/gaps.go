// Package gaps is the Gaps view: what is known of all dashboards, what concerns all
// tables at once, then every dashboard that is not fully linked: reason →
// dashboard → its tables.
package gaps

import (
	"fmt"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// New makes the view.
func New(h *view.Host) view.View {
	return treeview.New(h, treeview.Spec{
		Info:    view.Info{Name: "gaps", Title: "Gaps", About: "what is not linked, why, and the fix"},
		Build:   outline,
		Columns: treeview.Without(treeview.Columns(), "health"),
		Empty:   (*view.Host).NoDashboards,
	})
}

func outline(g *lineage.Graph) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Whole: true, Grow: treeview.GrowUpstream, Leaf: func(*treeview.Outline, tree.ID) bool { return true }}
	l := ledger.Of(g)
	if l.Dashboards.Found == 0 {
		return o
	}
	addNotes(o, l)
	for i := range l.Groups {
		group := &l.Groups[i]
		id := o.Add(tree.None, treeview.Item{
			Name: group.Title, Key: fmt.Sprint("\x01", group.Reason, group.Ambiguous), Group: true,
			Facts: &treeview.Facts{Detail: groupDetail{group}},
		})
		for _, d := range group.Dashboards {
			addDashboard(o, id, d)
		}
	}
	return o
}

// addNotes adds what concerns all tables at once.
func addNotes(o *treeview.Outline, l *ledger.Ledger) {
	note := func(name, key string, facts treeview.Facts) {
		o.Add(tree.None, treeview.Item{Name: name, Key: key, Group: true, Facts: &facts})
	}
	for _, e := range l.Environments {
		note("This manifest is from another environment", "\x01env"+e.Platform, treeview.Facts{
			Detail: noteDetail{"Another environment", e.String(), false},
		})
	}
	for _, p := range l.Proposals {
		fix := ledger.Fix{Map: &p.Map}
		note("Proposed: "+p.String(), "\x01map"+fix.Key(), treeview.Facts{
			Detail: noteDetail{
				"A map is proposed",
				p.String() + ": they have the same schema and table in the other database or schema. Apply it if the two are one in two environments.",
				true,
			},
			Fixes: []ledger.Fix{fix},
		})
	}
	d := l.Dashboards
	note(fmt.Sprintf("%d of %s fully linked", d.Linked, text.Count(d.Found, "dashboard")), "\x01ledger", treeview.Facts{Detail: ledgerDetail{l}})
}

func addDashboard(o *treeview.Outline, group tree.ID, d ledger.GapDashboard) {
	id := o.AddDashboard(group, d.Dashboard)
	o.Item(id).Facts = &treeview.Facts{Detail: dashboardDetail{d}}
	for _, row := range d.Rows {
		if row.Link != nil {
			o.AddTable(id, row.Link)
			continue
		}
		o.Add(id, treeview.Item{
			Name: row.Name(), Key: "\x01read" + row.Name(), Dim: true,
			Facts: &treeview.Facts{Gap: true, Detail: details.Gap{Row: row}},
		})
	}
}
