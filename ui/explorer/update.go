package explorer

import (
	"cmp"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
	"darkroom/ui/text"
)

// sayMsg is a message for the status line that a command brings, failMsg an error.
type (
	sayMsg  string
	failMsg struct{ err error }
)

// Update implements tea.Model. Any message may leave a filter that has to read first, or
// another outlook to be made.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.moved = false
	model, cmd := a.update(msg)
	if !a.moved {
		a.host.Drawing++
	}
	a.details.Stale()
	for _, more := range []tea.Cmd{a.readSelectable(), a.makeOutlook(), a.afterFilter(), a.countOffered(), a.prepareOthers()} {
		if more != nil {
			cmd = tea.Batch(cmd, more)
		}
	}
	return model, cmd
}

// update routes and does nothing else.
func (a *App) update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.panes.Width, a.panes.Height = msg.Width, msg.Height
		a.fit()
	case tea.KeyMsg, tea.MouseMsg:
		return a, a.handle(msg)
	case tea.ResumeMsg:
		return a, a.restoreMouse()
	case input.Background:
		a.opt.Theme.Answer(string(msg))
		a.details.Stale()
	case loadMsg:
		return a, a.loaded(msg)
	case overlay.Previewed:
		msg.Take()
	case view.Then:
		return a, a.following(msg)
	case fixedMsg:
		return a, a.fixed(msg)
	case syncMsg:
		return a, a.synced(msg)
	case reloadMsg:
		return a, a.reloaded(msg)
	case toastMsg:
		a.toast.clear(msg.id)
	case typedMsg:
		return a, a.askTyped()
	default:
		return a, a.answered(msg)
	}
	return a, nil
}

// handle does what a key or the mouse asks for, now or when other views are ready.
func (a *App) handle(msg tea.Msg) tea.Cmd {
	a.touched = true
	if cmd, held := a.hold(msg); held {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return a.following(func() tea.Cmd { return a.key(msg) })
	case tea.MouseMsg:
		a.applyTyped()
		return a.following(func() tea.Cmd { return a.mouse(msg) })
	}
	return nil
}

// answered takes in what was worked out in the background.
func (a *App) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case planMsg:
		return a.planned(msg)
	case wroteMsg:
		return a.wrote(msg)
	case outlookMsg:
		return a.outlookMade(msg)
	case othersMsg:
		return a.othersCame(msg)
	case heldMsg:
		return a.stillHeld()
	case slowMsg:
		a.outlookSlow(msg)
		return nil
	case foundMsg:
		a.found(msg)
		return a.release()
	case selectableMsg:
		a.selectableRead(msg)
		return nil
	}
	return a.spoken(msg)
}

// spoken shows what a command has to say.
func (a *App) spoken(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case sayMsg:
		return a.say(string(msg))
	case failMsg:
		return a.warn(msg.err.Error())
	}
	return nil
}

// following handles input and then lets sizes and the details pane follow what it
// changed: the details of another row start at their top.
func (a *App) following(input func() tea.Cmd) tea.Cmd {
	was, before := a.view, a.view.Position()
	cmd := input()
	if a.view != was || a.view.Position() != before {
		a.details.Other()
	}
	if came := a.settle(); came != nil {
		cmd = tea.Batch(cmd, came)
	}
	a.fit()
	return cmd
}

// key gives a key to what is on top: an overlay, the filter line, a question, and
// last the registry. On a screen too small to draw it can only quit.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	if keys := input.Keys(msg); len(keys) > 1 {
		return a.keysAtOnce(msg.Paste, keys)
	}
	if !a.typing() {
		msg = a.command(msg)
	}
	name := msg.String()
	switch top := a.overlays.Top(); {
	case a.panes.TooSmall():
		if act := a.actionAt(name); act != nil && act.Name == quitName {
			return act.Do()
		}
		return nil
	case name == "ctrl+c":
		return a.quit()
	case a.suspends(name):
		return a.do(suspendName)
	case top != nil:
		return top.Key(msg)
	case a.filter.editing:
		return a.editFilter(msg)
	case a.await != nil:
		answer := a.await.answer
		a.await = nil
		return answer(name)
	}
	return a.press(name)
}

// suspends reports a key that suspends wherever one is: where text is typed, a letter is
// text.
func (a *App) suspends(key string) bool {
	act := a.actionAt(key)
	return strings.HasPrefix(key, "ctrl+") && act != nil && act.Name == suspendName
}

// typing reports that letters are text.
func (a *App) typing() bool {
	if a.panes.TooSmall() {
		return false
	}
	if top := a.overlays.Top(); top != nil {
		field, ok := top.(view.TextField)
		return ok && field.Typing()
	}
	return a.filter.editing
}

// command is a key as the registry has it: a letter of another script is the key at
// its place, unless an action has it.
func (a *App) command(msg tea.KeyMsg) tea.KeyMsg {
	if a.actionAt(msg.String()) != nil {
		return msg
	}
	return a.layout.Key(msg)
}

// actionAt is the action of a key now.
func (a *App) actionAt(key string) *registry.Action {
	return a.registry.At(key, a.view, a.panes.InDetails)
}

// press runs the action of a key in the current view.
func (a *App) press(key string) tea.Cmd {
	if key == "enter" && a.view.Len() == 0 && len(a.filter.rest.elsewhere) > 0 {
		return a.goElsewhere()
	}
	if act := a.actionAt(key); act != nil {
		return a.run(&act.Action)
	}
	return nil
}

// do does an action by its name, or says why it cannot be done.
func (a *App) do(name string) tea.Cmd {
	if act := a.registry.Named(name); act != nil {
		return a.run(&act.Action)
	}
	return nil
}

// keysAtOnce takes keys that came in one piece. What was pasted only goes where
// text is typed.
func (a *App) keysAtOnce(pasted bool, keys []tea.KeyMsg) tea.Cmd {
	if pasted && !a.typing() {
		return nil
	}
	var cmds []tea.Cmd
	for _, k := range keys {
		cmd, held := a.hold(k)
		if !held {
			cmd = a.key(k)
		}
		cmds = append(cmds, cmd)
	}
	a.moved = false
	return tea.Batch(cmds...)
}

// run does an action or says why it cannot be done.
func (a *App) run(act *view.Action) tea.Cmd {
	why := act.Refusal()
	if act.Group == view.GroupDecide && !isUndo(act.Name) {
		why = cmp.Or(a.filterRefuses(a.concernsSeveral(act.Name)), why)
	}
	if why != "" {
		return a.say(why)
	}
	a.tour.Did(act.Name)
	a.moved = act.Group == view.GroupMove && !view.Ranging(a.view)
	return act.Do()
}

func (a *App) restoreMouse() tea.Cmd {
	if a.opt.Mouse {
		return tea.EnableMouseCellMotion
	}
	return nil
}

// question waits for one key.
type question struct {
	text    string
	answer  func(key string) tea.Cmd
	letters bool // each row has a letter meanwhile
}

// toastFor is how long a message stays on the status line.
const toastFor = 3 * time.Second

// toast is the last message. Its number makes the timer of an older one harmless.
type toast struct {
	id   int
	text string
}

type toastMsg struct{ id int }

func (t *toast) clear(id int) {
	if t.id == id {
		t.text = ""
	}
}

// say shows a message on the status line for a while; the log keeps it.
func (a *App) say(message string) tea.Cmd {
	a.keep(message, false)
	return a.show(message)
}

// warn is say for what should not be missed: the footer counts it until the log is opened.
func (a *App) warn(message string) tea.Cmd {
	a.warned(message)
	return a.show(message)
}

// warned keeps a warning without showing it.
func (a *App) warned(message string) { a.keep(message, true) }

func (a *App) keep(message string, warning bool) {
	a.log.Add(a.opt.Now(), message, warning)
	a.opt.Said(message, warning)
}

func (a *App) show(message string) tea.Cmd {
	a.toast = toast{a.toast.id + 1, text.Clean(message)}
	return a.opt.After(toastFor, toastMsg{a.toast.id})
}
