// Package scope is the screen on which a person ticks the Tableau projects that
// darkroom shall show: a tea.Model that is given the projects and gives back the
// scope that darkroom.yml needs. It reads and writes nothing itself. Files:
// ticks.go is what is ticked and how that is written, picker.go what keys do,
// filter.go the words after /, view.go the drawing.
package scope

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// Project is a place of workbooks on the site.
type Project struct {
	Path      []string // of names, from the top down
	Workbooks int      // right in it, not below
}

// Options say how the screen looks and what stands around the projects.
type Options struct {
	Styles   *theme.Styles
	ASCII    bool   // draw with ASCII signs only
	Site     string // what people call it
	Counted  bool   // the workbooks are known
	Personal int    // workbooks in personal spaces, which are no projects
}

// Choice is a scope: patterns for projects and exclude_projects of darkroom.yml,
// both empty for everything.
type Choice struct{ Projects, Exclude []string }

// Picker is the state of the screen. It implements tea.Model.
type Picker struct {
	opt     Options
	st      *theme.Styles
	gl      theme.Glyphs
	actions []action

	width, height int
	ticks         *ticks
	tree          *tree.Tree
	filter        filter

	said    string // in place of the numbers until the next key
	leaving bool   // "no limit" waits for a second word
	help    bool
	chosen  *Choice
}

// New shows the projects with nothing ticked.
func New(projects []Project, opt Options) *Picker {
	if opt.Styles == nil {
		opt.Styles = &theme.Styles{}
	}
	p := &Picker{opt: opt, st: opt.Styles, gl: theme.NewGlyphs(opt.ASCII), actions: actions()}
	p.ticks = newTicks(opt.Site, projects, opt.Counted)
	p.tree = tree.New(p.ticks)
	return p
}

// Choice is what was chosen; false when the screen was left without a choice.
func (p *Picker) Choice() (Choice, bool) {
	if p.chosen == nil {
		return Choice{}, false
	}
	return *p.chosen, true
}

// Init implements tea.Model.
func (p *Picker) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (p *Picker) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		first := p.width == 0
		p.width, p.height = msg.Width, msg.Height
		p.tree.SetHeight(p.bodyHeight())
		if first {
			p.firstFolds()
		}
	case tea.KeyMsg:
		if msg.Paste && !p.filter.editing {
			return p, nil // nobody means keys by it
		}
		var cmds []tea.Cmd
		for _, k := range input.Keys(msg) {
			cmds = append(cmds, p.key(k))
		}
		return p, tea.Batch(cmds...)
	}
	return p, nil
}

// firstFolds opens the tree as far as it fits.
func (p *Picker) firstFolds() {
	p.tree.OpenAll()
	for level := 4; p.tree.Len() > p.tree.Height() && level > 1; level-- {
		p.tree.ToLevel(level)
	}
}

func (p *Picker) key(msg tea.KeyMsg) tea.Cmd {
	name := msg.String()
	leaving := p.leaving
	p.said, p.leaving = "", false
	switch {
	case p.chosen != nil:
		return nil
	case name == "ctrl+c":
		return tea.Quit
	case p.help:
		p.help = false
		return nil
	case leaving:
		if name == "q" || name == "esc" || name == "enter" || name == "y" {
			return p.choose(Choice{})
		}
		return nil
	case p.filter.editing:
		return p.editFilter(msg)
	}
	if act := p.action(name); act != nil {
		return act.do(p)
	}
	return nil
}

func (p *Picker) action(key string) *action {
	for i := range p.actions {
		for _, k := range p.actions[i].keys {
			if k == key {
				return &p.actions[i]
			}
		}
	}
	return nil
}

func (p *Picker) choose(c Choice) tea.Cmd {
	p.chosen = &c
	return tea.Quit
}

// escape takes the filter away, and then offers to leave.
func (p *Picker) escape() tea.Cmd {
	if !p.filter.active() {
		p.leaving = true
		return nil
	}
	id, found := p.tree.Current()
	p.setFilter("")
	if found { // what was found stays under the cursor
		p.tree.Reveal(id)
	}
	return nil
}

// tick toggles a row with all below it that is shown.
func (p *Picker) tick(id tree.ID) {
	along := p.ticks.toggle(p.filter.targets(p.ticks, id, nil))
	if len(along) > 0 {
		p.said = "ticked with it: " + p.ticks.rows[along[0]].name
		if more := len(along) - 1; more > 0 {
			p.said += fmt.Sprintf(" and %d more", more)
		}
		p.said += ", because nothing inside what is excluded can be in scope"
	}
}
