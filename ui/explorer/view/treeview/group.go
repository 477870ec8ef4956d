package treeview

import (
	"slices"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
)

// Grouping is a way to group what a view shows.
type Grouping struct {
	Name, About string // "schema", "database and schema of the relation"
	Build       func(*lineage.Graph) *Outline
}

// grouping is how a view groups. Outlines are built in the background, so what is wanted
// can be another one than what is shown.
type grouping struct {
	wanted atomic.Int32 // index of the Groupings
	shown  int
	run    int // of the last that was asked for; the result of an older one is dropped
}

// built is an outline that is ready to be shown.
type built struct {
	outline  *Outline
	tallies  tallies
	grouping int
}

func (v *View) build(g *lineage.Graph, book *curate.Book, by int) built {
	b := built{outline: v.builder(by)(g), grouping: by}
	b.outline.count()
	b.tallies.follow(b.outline, book)
	return b
}

// builder is what makes the outline of a grouping.
func (v *View) builder(by int) func(*lineage.Graph) *Outline {
	if len(v.Groupings) == 0 {
		return v.Build
	}
	return v.Groupings[by].Build
}

func (v *View) take(b built) {
	v.grouping.shown = b.grouping
	v.replant(b.outline, b.tallies)
}

// groupedBy is the name of the grouping that is shown, empty for the first, which goes
// without saying.
func (v *View) groupedBy() string {
	if v.grouping.shown == 0 {
		return ""
	}
	return v.Groupings[v.grouping.shown].Name
}

func (v *View) Groups() []string {
	var names []string
	for _, by := range v.Groupings {
		names = append(names, by.Name)
	}
	return names
}

func (v *View) Group(by string) bool {
	at := slices.Index(v.Groups(), by)
	if at >= 0 {
		v.grouping.wanted.Store(int32(at))
	}
	return at >= 0
}

// groupActions are the choice of a grouping, where there is one.
func (v *View) groupActions() []view.Action {
	if len(v.Groupings) < 2 {
		return nil
	}
	return []view.Action{{Name: "group", Keys: []string{"b"}, Group: view.GroupShow, Title: "group by folder, schema, tag … or by project, owner, status …", Do: view.Still(v.chooseGrouping)}}
}

// chooseGrouping shows the groupings as a menu.
func (v *View) chooseGrouping() {
	var acts []view.Action
	for i, by := range v.Groupings {
		title := by.Name + ": " + by.About
		if i == v.grouping.shown {
			title += "  " + v.Glyphs.Tick
		}
		acts = append(acts, view.Action{Name: "group." + by.Name, Group: "Group by", Title: title, Do: func() tea.Cmd { return v.groupBy(i) }})
	}
	v.Menu("Group by", acts)
}

// groupBy builds the outline of a grouping in the background and then shows it: folds of
// groups that have the same names, the order and the row of the cursor stay.
func (v *View) groupBy(by int) tea.Cmd {
	v.grouping.wanted.Store(int32(by))
	v.grouping.run++
	run, g, book := v.grouping.run, v.Graph, v.Book.Clone()
	return func() tea.Msg {
		b := v.build(g, book, by)
		return view.Then(func() tea.Cmd {
			switch {
			case run != v.grouping.run:
				return nil
			case g != v.Graph: // files were read again meanwhile
				return v.groupBy(by)
			}
			v.EndRange()
			s, _ := v.At()
			v.take(b)
			v.Unfold()
			if s.Node != lineage.None {
				v.Go(s.Node)
			}
			v.Refilter()
			return v.Say("grouped by " + v.Groupings[by].Name)
		})
	}
}
