// Package edit opens in your editor what is under the cursor, and reads the files again
// afterwards. Which editor, and how it takes over the terminal, is given to it.
package edit

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
)

// Needs is what an Editing uses of the explorer.
type Needs struct {
	*view.Host
	View func() view.View
	// Locate is called in the background: the absolute path of a file that is there, and
	// a line from 1 or 0.
	Locate func(context.Context, view.Place) (file string, line int, err error)
	// Open gives the terminal to the editor until it ends; nil where there is none.
	Open func(file string, line int, done func(error) tea.Msg) tea.Cmd
	// Ended is done when the screen is back.
	Ended   func() tea.Cmd
	Context context.Context
}

// Editing opens files.
type Editing struct{ Needs }

// New makes one.
func New(n Needs) *Editing { return &Editing{n} }

func (e *Editing) Actions() []view.Action {
	return []view.Action{{
		Name: "edit", Keys: []string{"E"}, Group: view.GroupFiles, Title: "open the SQL of a model or the YAML of an exposure in `$VISUAL` or `$EDITOR`",
		Why: e.nothing, Do: e.start,
	}}
}

// place is what is under the cursor.
func (e *Editing) place() (view.Place, bool) {
	s, ok := e.View().At()
	if !ok {
		return view.Place{}, false
	}
	if r := s.Resource(e.Graph); r != nil {
		return view.Place{Project: e.Graph.Node(s.Node).Project, Resource: r}, true
	}
	if s.File != nil {
		return *s.File, true
	}
	if x := s.Exposure(e.Host); x != nil && x.In != nil && x.Line > 0 {
		return view.Place{Project: x.In, File: x.Path, Exposure: x.Name}, true
	}
	return view.Place{}, false
}

func (e *Editing) nothing() string {
	if _, ok := e.place(); ok {
		return ""
	}
	s, ok := e.View().At()
	if x := s.Exposure(e.Host); ok && x != nil {
		return "this exposure is not in a file yet; w writes it"
	}
	if ok && s.Dashboard(e.Graph) != nil {
		return "this dashboard has no exposure in a file"
	}
	return "put the cursor on a model, a source or an exposure first"
}

func (e *Editing) start() tea.Cmd {
	place, _ := e.place()
	return e.At(place)
}

func (e *Editing) At(p view.Place) tea.Cmd {
	return func() tea.Msg {
		file, line, err := e.Locate(e.Context, p)
		return view.Then(func() tea.Cmd {
			if err != nil {
				return e.Say("not opened: " + err.Error())
			}
			return e.open(file, line)
		})
	}
}

func (e *Editing) open(file string, line int) tea.Cmd {
	shown := file
	if line > 0 {
		shown = fmt.Sprintf("%s:%d", file, line)
	}
	if e.Open == nil {
		return e.Say("no editor can be opened here; it is in " + shown)
	}
	return e.Open(file, line, func(err error) tea.Msg {
		return view.Then(func() tea.Cmd {
			if err != nil {
				return tea.Batch(e.Ended(), e.Say(err.Error()+"; it is in "+shown))
			}
			return e.Ended()
		})
	})
}
