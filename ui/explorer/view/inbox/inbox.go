// Package inbox is the Inbox view: what is new, renamed, moved and gone since the
// last review, below each dashboard what it reads, and the keys that mark it as
// reviewed.
package inbox

import (
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// View is the Inbox.
type View struct {
	*treeview.View
	waiting *treeview.Outline
}

// New makes the view.
func New(h *view.Host) view.View {
	return &View{View: treeview.New(h, treeview.Spec{
		Info:     view.Info{Name: "inbox", Title: "Inbox", About: "new, renamed, moved and gone since the last review"},
		Columns:  treeview.Without(treeview.Without(treeview.Columns(), "exposure", "health"), "owner", "updated", "workbook"), // the notes need the room
		Empty:    empty,
		OpensNew: true,
	})}
}

func empty(h *view.Host) (title, advice string) {
	if len(h.Graph.Dashboards()) == 0 {
		return h.NoDashboards()
	}
	return "The Inbox is empty.", "Dashboards that are new, renamed, moved or gone since the last review are listed here, to be decided one by one. What was there on the first run counts as known."
}

// Prepare implements view.View: what waits follows from the decisions, too, which
// only the screen's goroutine may read.
func (v *View) Prepare(*lineage.Graph, *curate.Book) func() { return v.rebuild }

// Changed implements view.View: what was reviewed leaves.
func (v *View) Changed(c curate.Change) bool {
	if len(c.Seen) == 0 {
		return false
	}
	v.rebuild()
	return true
}

func (v *View) Waiting() int { return len(v.Inbox.Items) }

func (v *View) rebuild() {
	v.waiting = outline(v.Graph, v.Inbox.Items)
	v.Replant(v.waiting)
}

func outline(g *lineage.Graph, items []curate.Item) *treeview.Outline {
	o := &treeview.Outline{Graph: g, Grow: treeview.GrowUpstream, Leaf: treeview.UpstreamLeaf}
	group, kind := tree.None, curate.ItemKind(0)
	for i, n := range items {
		if group == tree.None || n.Kind != kind {
			kind = n.Kind
			group = o.Add(tree.None, treeview.Item{
				Name: newsTitle(kind), Key: "\x01" + kind.String(), Group: true, Facts: &treeview.Facts{Detail: groupDetail{kind, 0}},
			})
		}
		facts := o.Item(group).Facts
		facts.Count++
		facts.Detail = groupDetail{kind, facts.Count}
		if d, ok := g.Dashboard(n.Key); ok && n.Kind != curate.Gone {
			o.AddNode(group, treeview.Item{Node: d.ID, Name: model.DisplayName(n.After.Title), Note: newsNote(n), Key: n.Key, Lazy: true})
			continue
		}
		o.Add(group, treeview.Item{
			Name: model.DisplayName(n.Before.Title), Note: newsNote(n), Key: n.Key, Dim: true, Facts: &treeview.Facts{Detail: goneDetail{items[i]}},
		})
	}
	return o
}

func (v *View) Actions() []view.Action {
	acts := v.View.Actions()
	for i := range acts {
		if act := &acts[i]; act.Name == "tree.toggle" {
			act.Why = v.isDashboard
		}
	}
	return append(acts,
		view.Action{Name: "decide.card", Keys: []string{"enter"}, Group: view.GroupDecide, Title: "in the flat list and the Inbox: decide on a card, one dashboard after another", Hint: "card", Why: v.noCard, Do: v.openCard},
		view.Action{Name: "inbox.review", Keys: []string{"m"}, Group: view.GroupDecide, Title: "in the Inbox: mark as reviewed; on a group all shown", Hint: "reviewed", Why: v.nothingWaits, Do: v.review},
		view.Action{Name: "inbox.review-shown", Keys: []string{"M"}, Group: view.GroupDecide, Title: "in the Inbox: mark everything that is shown as reviewed", Why: v.nothingWaits, Do: v.reviewShown},
	)
}

// here is the dashboard of the cursor's row, or nil.
func (v *View) here() *lineage.Dashboard {
	s, _ := v.At()
	return s.Dashboard(v.Graph)
}

func (v *View) isDashboard() string {
	if v.here() != nil {
		return "→ opens it; enter decides about it on a card"
	}
	return ""
}

func (v *View) noCard() string {
	if v.here() == nil {
		return "put the cursor on a dashboard first"
	}
	return ""
}

func (v *View) openCard() tea.Cmd {
	v.EndRange()
	return v.Card(v.RowKeys(), v.here().Key, func(id lineage.ID) { v.Go(id) })
}

func (v *View) nothingWaits() string {
	if v.Len() == 0 {
		return "nothing to review"
	}
	return ""
}

// review marks what is at the cursor, or in the range, as reviewed; of a group all
// that the filter shows. The rows leave, and the cursor is on the next.
func (v *View) review() tea.Cmd { return v.keep(v.Selected()) }

func (v *View) reviewShown() tea.Cmd { return v.keep(v.waiting.Roots()) }

// keep marks rows as reviewed, after a question when they are many.
func (v *View) keep(ids []tree.ID) tea.Cmd {
	keys := map[string]bool{}
	for _, id := range ids {
		for _, key := range v.newsAt(id) {
			keys[key] = true
		}
	}
	return v.Confirm(len(keys), "mark "+text.Count(len(keys), "dashboard")+" as reviewed", func() tea.Cmd {
		v.EndRange()
		return v.Keep(v.Book.Review(slices.Sorted(maps.Keys(keys)), v.Inbox.Census, v.Meta()))
	})
}

// newsAt are the dashboards, by key, of an item: its own, or those of its group
// that the filter shows. What a dashboard reads counts as the dashboard.
func (v *View) newsAt(id tree.ID) []string {
	o := v.waiting
	if !v.Keeps(id) {
		return nil
	}
	if o.Parent(id) == tree.None {
		var keys []string
		for _, child := range o.Children(id) {
			keys = append(keys, v.newsAt(child)...)
		}
		return keys
	}
	for o.Parent(o.Parent(id)) != tree.None {
		id = o.Parent(id)
	}
	return []string{o.Item(id).Key}
}

func newsTitle(k curate.ItemKind) string {
	s := k.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// newsNote is what is behind the title.
func newsNote(n curate.Item) string {
	switch n.Kind {
	case curate.Renamed:
		if placeText(n.Before) != placeText(n.After) {
			return "was “" + n.Before.Title + "” in " + placeText(n.Before)
		}
		return "was “" + n.Before.Title + "”"
	case curate.Moved:
		return "was in " + placeText(n.Before)
	}
	return "in " + placeText(n.Place())
}

func placeText(p curate.Place) string {
	parts := []string{p.Project, model.DisplayName(p.Workbook)}
	if p.Project == "" {
		parts = parts[1:]
	}
	return strings.Join(parts, " / ")
}
