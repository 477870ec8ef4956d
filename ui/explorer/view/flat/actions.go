package flat

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Actions implements view.View: those of the tree and of the list, and what changes
// between them.
func (v *View) Actions() []view.Action {
	acts := v.tree.Actions()
	for i := range acts {
		acts[i] = v.onTree(acts[i])
	}
	return append(acts,
		view.Action{Name: "flat", Keys: []string{"f"}, Group: view.GroupShow, Title: "each dashboard once, as a list with the sum of views; and back", Hint: "flat", Why: v.nothingToList, Do: view.Still(v.toggle)},
		view.Action{Name: "decide.card", Keys: []string{"enter"}, Group: view.GroupDecide, Title: "in the flat list and the Inbox: decide on a card, one dashboard after another", Hint: "card", Why: v.noList, Do: v.openCard},
		view.Action{Name: "flat.include", Keys: []string{"C"}, Group: view.GroupDecide, Title: "in the flat list: include down to here; what is excluded stays so", Hint: "to here", Why: v.noList, Do: v.includeToHere},
		view.Action{Name: "flat.share", Keys: []string{"%"}, Group: view.GroupFind, Title: "in the flat list: go to where a part of all views is covered", Hint: "share", Why: v.noList, Do: view.Still(v.askShare)},
	)
}

// onTree makes an action of the tree one of the view: the list has it too, or refuses.
func (v *View) onTree(act view.Action) view.Action {
	own, does, why := act, act.Do, act.Why
	for _, a := range v.list.Actions() {
		if a.Name == act.Name {
			act.Do = func() tea.Cmd {
				if v.flat() {
					return a.Do()
				}
				return does()
			}
			return act
		}
	}
	act.Why = func() string {
		switch {
		case v.flat():
			return "the list is flat; f shows the tree"
		case why != nil:
			return why()
		}
		return ""
	}
	act.Do = own.Do
	return act
}

func (v *View) nothingToList() string {
	if len(v.host.Graph.Dashboards()) == 0 {
		return view.NoDashboards
	}
	return ""
}

func (v *View) noList() string {
	switch {
	case !v.flat():
		return "in the flat list only: f"
	case v.Len() == 0:
		return "nothing is shown"
	}
	return ""
}

// includeToHere includes what is shown down to the cursor. What is excluded was so
// on purpose.
func (v *View) includeToHere() tea.Cmd {
	view.EndRange(v.View)
	v.list.follow()
	keys, last := v.list.undecidedTo(v.list.Cursor())
	where := "down to here"
	if v.list.views > 0 {
		where += ", " + text.Percent(last.sum, v.list.views) + " of views"
	}
	return v.host.Include(keys, where)
}

// openCard decides about the dashboard under the cursor, and then about the next.
func (v *View) openCard() tea.Cmd {
	view.EndRange(v.View)
	keys := make([]string, v.list.Len())
	for i := range keys {
		keys[i] = v.list.Row(i).Key
	}
	return v.host.Card(keys, keys[v.list.Cursor()], func(id lineage.ID) { v.list.Go(id) })
}

// undecidedTo are the undecided dashboards down to a row, and that row.
func (l *list) undecidedTo(end int) (keys []string, last *row) {
	for i := 0; i <= end && i < l.Len(); i++ {
		last = l.Row(i)
		if l.host.Book.Effective(last.Key) == curate.Undecided {
			keys = append(keys, last.Key)
		}
	}
	return keys, last
}

// askShare asks for a percentage.
func (v *View) askShare() {
	v.host.Ask("Cover how many % of views?", "goes to the row where this part is reached; C then includes down to it; enter alone means 80", "", v.goToShare)
}

func (v *View) goToShare(typed string) tea.Cmd {
	percent, err := strconv.Atoi(cmp.Or(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(typed), "%")), "80"))
	if err != nil || percent < 1 || percent > 100 {
		return v.host.Say(fmt.Sprintf("%q is not a percentage from 1 to 100", typed))
	}
	v.list.follow()
	for i := range v.list.Len() {
		if r := v.list.Row(i); v.list.views > 0 && 100*r.sum >= percent*v.list.views {
			v.list.MoveTo(i)
			keys, _ := v.list.undecidedTo(i)
			return v.host.Say(fmt.Sprintf("the first %s cover %s of views: C includes the %d that are undecided", text.Count(i+1, "dashboard"), text.Percent(r.sum, v.list.views), len(keys)))
		}
	}
	return v.host.Say(fmt.Sprintf("what is shown and not excluded does not reach %d %% of views", percent))
}
