package fullscreen

import (
	"reflect"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/beside"
)

// guarded is a model whose panics end the program in order. Bubble Tea's own way prints
// them over the screen.
type guarded struct {
	model tea.Model
	fault chan *beside.Panic // the first
	over  atomic.Bool
	quit  func()
	first tea.Cmd // besides the model's own

	canvas canvas
	pace   pace
}

func (g *guarded) Init() (cmd tea.Cmd) {
	defer g.catch()
	return g.watched(tea.Batch(g.model.Init(), g.first))
}

func (g *guarded) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	same = g // after a panic, too
	if g.over.Load() {
		return same, nil
	}
	defer g.catch()
	switch msg := msg.(type) {
	case drawNow:
		g.pace.put = false
		return same, nil
	case tea.WindowSizeMsg:
		g.canvas.painter.Resize(msg.Width, msg.Height)
	}
	g.model, cmd = g.model.Update(msg)
	return same, g.watched(cmd)
}

// View implements tea.Model. It draws the frame itself, unless that has to wait; Bubble Tea
// gets nothing to draw (canvas).
func (g *guarded) View() (none string) {
	if g.over.Load() || !g.pace.due() {
		return ""
	}
	defer g.catch()
	if drawn, _ := g.canvas.draw(g.model.View()); drawn { // a terminal that is gone ends the reader of keys
		g.pace.drawn()
	}
	return ""
}

// catch ends the program after a panic.
func (g *guarded) catch() {
	r := recover()
	if r == nil {
		return
	}
	if g.over.CompareAndSwap(false, true) {
		g.fault <- beside.Caught(r)
	}
	g.quit()
}

// watched is a command, and all that it leads to, with its panics caught.
func (g *guarded) watched(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.catch()
		msg := cmd()
		list := reflect.ValueOf(msg) // a batch, or a sequence, whose type has no name outside
		if !list.IsValid() || list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
			return msg
		}
		all := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
		for i := range list.Len() {
			one, _ := list.Index(i).Interface().(tea.Cmd)
			all.Index(i).Set(reflect.ValueOf(g.watched(one)))
		}
		return all.Interface()
	}
}
