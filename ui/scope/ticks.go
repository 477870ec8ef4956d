package scope

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/curate"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// root is the row of the whole site.
const root tree.ID = 0

// row is a place in the tree of projects. Projects whose paths no pattern can
// distinguish share one row.
type row struct {
	name     string // clean, for the screen
	lower    string // in lower case, for the filter
	path     []string
	parent   tree.ID
	children []tree.ID
	projects int // how many have this path
	own, all int // workbooks directly in it, and with all below

	ticked bool // its own workbooks are in scope
	// what sum counts at and below it
	some, every bool
	in          int // workbooks in scope
}

// ticks is the tree of projects, as a tree.Source, and what is ticked in it. Nothing is ticked below an
// unticked project that is itself below a ticked one, because exclude_projects wins
// over projects: so each state can be written as a scope.
type ticks struct {
	rows    []row
	counted bool // own and all are known
}

var _ tree.Source = (*ticks)(nil)

func newTicks(site string, projects []Project, counted bool) *ticks {
	t := &ticks{counted: counted, rows: []row{{name: text.Clean(site), parent: tree.None}}}
	type place struct {
		parent tree.ID
		name   string
	}
	known := map[place]tree.ID{}
	for _, p := range projects {
		at := root
		for i, name := range p.Path {
			if name == "" { // no pattern matches it: it belongs to its parent
				break
			}
			key := place{at, curate.FoldProject(name)}
			id, ok := known[key]
			if !ok {
				id = tree.ID(len(t.rows))
				known[key] = id
				clean := text.Clean(name)
				t.rows = append(t.rows, row{name: clean, lower: strings.ToLower(clean), path: p.Path[:i+1], parent: at})
				t.rows[at].children = append(t.rows[at].children, id)
			}
			at = id
		}
		t.rows[at].projects++
		t.rows[at].own += p.Workbooks
	}
	for i := range t.rows {
		slices.SortFunc(t.rows[i].children, func(a, b tree.ID) int {
			return cmp.Or(cmp.Compare(t.rows[a].lower, t.rows[b].lower), cmp.Compare(a, b))
		})
	}
	for i := len(t.rows) - 1; i >= 0; i-- { // a row comes after its parent
		r := &t.rows[i]
		r.all += r.own
		if r.parent != tree.None {
			t.rows[r.parent].all += r.all
		}
	}
	return t
}

func (t *ticks) Roots() []tree.ID              { return []tree.ID{root} }
func (t *ticks) Children(id tree.ID) []tree.ID { return t.rows[id].children }
func (t *ticks) Parent(id tree.ID) tree.ID     { return t.rows[id].parent }
func (t *ticks) HasChildren(id tree.ID) bool   { return len(t.rows[id].children) > 0 }
func (t *ticks) Structural(tree.ID) bool       { return true }

// toggle ticks projects with all below them or, when all of that is ticked
// already, unticks it. It gives those above that had to be ticked, too.
func (t *ticks) toggle(ids []tree.ID) (between []tree.ID) {
	on := slices.ContainsFunc(ids, func(id tree.ID) bool { return !t.rows[id].every })
	for _, id := range ids {
		t.set(id, on)
		if on {
			between = append(between, t.tickBetween(id)...)
		} else {
			t.untickEmptyParents(id)
		}
	}
	t.sum()
	return between
}

func (t *ticks) set(id tree.ID, on bool) {
	t.rows[id].ticked = on
	for _, c := range t.rows[id].children {
		t.set(c, on)
	}
}

// tickBetween ticks what is unticked between a project and a ticked one above it:
// nothing below an excluded project can be in scope.
func (t *ticks) tickBetween(id tree.ID) []tree.ID {
	var between []tree.ID
	for p := t.rows[id].parent; p != tree.None; p = t.rows[p].parent {
		if t.rows[p].ticked {
			for _, b := range between {
				t.rows[b].ticked = true
			}
			return between
		}
		between = append(between, p)
	}
	return nil
}

// untickEmptyParents unticks the parents of a project that was unticked, as long as
// they have neither workbooks of their own nor anything ticked below.
func (t *ticks) untickEmptyParents(id tree.ID) {
	for p := t.rows[id].parent; p != tree.None; p = t.rows[p].parent {
		empty := t.rows[p].own == 0 && (t.counted || p == root)
		if !t.rows[p].ticked || !empty || slices.ContainsFunc(t.rows[p].children, t.anyTicked) {
			return
		}
		t.rows[p].ticked = false
	}
}

func (t *ticks) anyTicked(id tree.ID) bool {
	return t.rows[id].ticked || slices.ContainsFunc(t.rows[id].children, t.anyTicked)
}

// sum brings the counts of all rows up to date.
func (t *ticks) sum() {
	for i := range t.rows {
		r := &t.rows[i]
		r.some, r.every, r.in = r.ticked, r.ticked, 0
		if r.ticked {
			r.in = r.own
		}
	}
	for i := len(t.rows) - 1; i > 0; i-- {
		r, up := &t.rows[i], &t.rows[t.rows[i].parent]
		up.some, up.every, up.in = up.some || r.some, up.every && r.every, up.in+r.in
	}
}

// choice is what is ticked, as a scope. For a ticked site only what is excluded is
// written; nothing ticked means no limit.
func (t *ticks) choice() Choice {
	var c Choice
	var walk func(id tree.ID, inside bool)
	walk = func(id tree.ID, inside bool) {
		switch r := &t.rows[id]; {
		case r.ticked && !inside:
			inside = true
			if id != root {
				c.Projects = append(c.Projects, curate.Pattern(r.path))
			}
		case !r.ticked && inside:
			c.Exclude = append(c.Exclude, curate.Pattern(r.path))
			return
		}
		for _, child := range t.rows[id].children {
			walk(child, inside)
		}
	}
	walk(root, false)
	return c
}

// projects counts the ticked projects, and all.
func (t *ticks) projects() (ticked, all int) {
	for i := range t.rows {
		if all += t.rows[i].projects; t.rows[i].ticked {
			ticked += t.rows[i].projects
		}
	}
	return ticked, all
}
