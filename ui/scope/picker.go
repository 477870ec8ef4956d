// Package scope is the screen for ticking the Tableau projects that darkroom should
// show: a tea.Model that gets the projects and returns the scope for darkroom.yml.
// It reads and writes no files. ticks.go has what is ticked and how that becomes a
// scope, picker.go what keys do, mouse.go the mouse, filter.go the words after /, view.go
// the drawing.
package scope

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// Project is a place of workbooks on the site.
type Project struct {
	Path      []string // names, from the top down
	Workbooks int      // directly in it, not below
}

// Options say how the screen looks and what it shows besides the projects.
type Options struct {
	Theme    *theme.Chooser // nil is without any style
	ASCII    bool           // draw with signs of ASCII
	Only     bool           // the terminal shows nothing but ASCII
	Site     string         // its name
	Counted  bool           // the numbers of workbooks are known
	Personal int            // workbooks in personal spaces, which are not projects
	Mouse    bool           // the terminal reports the mouse
	Suspend  tea.Cmd        // gives the terminal to the shell until fg; nil where it cannot
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
	layout        input.Layout
	filter        filter

	message string // shown instead of the numbers until the next key
	leaving bool   // "no limit" needs to be confirmed
	help    bool
	chosen  *Choice
}

// New shows the projects with nothing ticked.
func New(projects []Project, opt Options) *Picker {
	if opt.Theme == nil {
		opt.Theme = theme.Fixed(&theme.Styles{})
	}
	p := &Picker{opt: opt, st: opt.Theme.Styles, gl: theme.NewGlyphs(opt.ASCII), actions: actions(), layout: input.NewLayout()}
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

func (p *Picker) Init() tea.Cmd { return nil }

func (p *Picker) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		first := p.width == 0
		p.width, p.height = msg.Width, msg.Height
		p.tree.SetHeight(p.bodyHeight())
		if first {
			p.firstFolds()
		}
	case input.Background:
		p.opt.Theme.Answer(string(msg))
	case tea.ResumeMsg:
		if p.opt.Mouse { // lost on the way: ui/TERMINAL.md#what-bubble-tea-v1-does
			return p, tea.EnableMouseCellMotion
		}
	case tea.MouseMsg:
		return p, p.mouse(msg)
	case tea.KeyMsg:
		if msg.Paste && !p.filter.editing {
			return p, nil // pasted text is not meant as keys
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

// tooSmall reports a screen that nothing is drawn on.
func (p *Picker) tooSmall() bool { return p.width < minWidth || p.height < minHeight }

func (p *Picker) key(msg tea.KeyMsg) tea.Cmd {
	if !p.filter.editing {
		msg = p.layout.Key(msg)
	}
	name := msg.String()
	if p.tooSmall() && name != "ctrl+c" {
		return nil
	}
	leaving := p.leaving
	p.message, p.leaving = "", false
	switch {
	case p.chosen != nil:
		return nil
	case name == "ctrl+c":
		return tea.Quit
	case name == "ctrl+z":
		return p.opt.Suspend
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
		if slices.Contains(p.actions[i].keys, key) {
			return &p.actions[i]
		}
	}
	return nil
}

func (p *Picker) choose(c Choice) tea.Cmd {
	p.chosen = &c
	return tea.Quit
}

func (p *Picker) nextTheme() {
	p.message = "this terminal shows no colours"
	if name := p.opt.Theme.Next(); name != "" {
		p.message = "theme: " + string(name)
	}
}

// escape clears the filter, or asks whether to leave without a limit.
func (p *Picker) escape() tea.Cmd {
	if !p.filter.active() {
		p.leaving = true
		return nil
	}
	id, found := p.tree.Current()
	p.setFilter("")
	if found { // the cursor stays on the row that was found
		p.tree.Reveal(id)
	}
	return nil
}

// tick toggles a row with all below it that is shown.
func (p *Picker) tick(id tree.ID) {
	between := p.ticks.toggle(p.filter.targets(p.ticks, id, nil))
	if len(between) > 0 {
		p.message = "also ticked: " + p.ticks.rows[between[0]].name
		if more := len(between) - 1; more > 0 {
			p.message += fmt.Sprintf(" and %d more", more)
		}
		p.message += ", because projects inside an excluded one cannot be in scope"
	}
}
