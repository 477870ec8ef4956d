package scope

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
	"darkroom/ui/tree"
)

// filter has the words after / and how each row matches them.
type filter struct {
	editing bool
	input   textinput.Model
	text    string
	before  string  // the text when editing began, for esc
	came    tree.ID // where the cursor was then
	words   []string
	marks   []mark
	hits    int
}

// mark says how a row matches the filter.
type mark uint8

const (
	markHidden mark = iota
	markPath        // above a hit: shown dim and open
	markHit         // matches itself
	markInside      // below a hit
)

func (f *filter) active() bool { return len(f.words) > 0 }

func (f *filter) mark(id tree.ID) mark {
	if !f.active() {
		return markInside
	}
	return f.marks[id]
}

// targets are what a tick on a row changes: the row with all below it, or the hits
// below it when it is shown only because of them.
func (f *filter) targets(t *ticks, id tree.ID, into []tree.ID) []tree.ID {
	switch f.mark(id) {
	case markHidden:
		return into
	case markPath:
		for _, c := range t.rows[id].children {
			into = f.targets(t, c, into)
		}
		return into
	}
	return append(into, id)
}

// hidden counts the projects that are ticked but not shown.
func (f *filter) hidden(t *ticks) int {
	n := 0
	for i := range t.rows {
		if t.rows[i].ticked && f.mark(tree.ID(i)) == markHidden {
			n += t.rows[i].projects
		}
	}
	return n
}

func (p *Picker) startFilter() {
	f := &p.filter
	f.editing, f.before = true, f.text
	f.came, _ = p.tree.Current()
	f.input = input.NewLine(f.text)
}

func (p *Picker) editFilter(msg tea.KeyMsg) tea.Cmd {
	f := &p.filter
	switch name := msg.String(); name {
	case "esc":
		f.editing = false
		p.setFilter(f.before)
		p.tree.Seek(f.came)
		return nil
	case "enter":
		f.editing = false
		return nil
	case "up", "down", "pgup", "pgdown":
		return p.action(name).do(p)
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	if v := f.input.Value(); v != f.text {
		p.setFilter(v)
	}
	return cmd
}

// setFilter shows only rows with all the words in their path, at least one of them
// in the name itself, and puts the cursor on the first.
func (p *Picker) setFilter(text string) {
	f := &p.filter
	f.text, f.words, f.hits = text, strings.Fields(strings.ToLower(text)), 0
	if !f.active() {
		p.tree.SetFilter(tree.Filter{})
		return
	}
	f.marks = make([]mark, len(p.ticks.rows))
	opens := make([]bool, len(p.ticks.rows))
	f.visit(p.ticks, root, "", opens)
	p.tree.SetFilter(tree.Filter{
		Keep: func(id tree.ID) bool { return f.mark(id) != markHidden },
		Open: func(id tree.ID) bool { return opens[id] },
	})
	p.tree.MoveTo(slices.IndexFunc(p.tree.Rows(), func(r tree.Row) bool { return f.mark(r.ID) == markHit }))
}

// visit marks a row and all below it, given the path above, and reports a hit.
func (f *filter) visit(t *ticks, id tree.ID, above string, opens []bool) bool {
	r := &t.rows[id]
	path := above + "\x00" + r.lower
	hit := slices.ContainsFunc(f.words, func(w string) bool { return strings.Contains(r.lower, w) }) &&
		!slices.ContainsFunc(f.words, func(w string) bool { return !strings.Contains(path, w) })
	for _, c := range r.children {
		opens[id] = f.visit(t, c, path, opens) || opens[id]
	}
	switch {
	case hit:
		f.marks[id] = markHit
		f.hits++
		f.inside(t, id)
	case opens[id]:
		f.marks[id] = markPath
	}
	return hit || opens[id]
}

// inside shows all that is below a hit.
func (f *filter) inside(t *ticks, id tree.ID) {
	for _, c := range t.rows[id].children {
		if f.marks[c] == markHidden || f.marks[c] == markPath {
			f.marks[c] = markInside
		}
		f.inside(t, c)
	}
}
