// Package plain is the explorer as lines of text, for screen readers and for terminals on
// which a screen cannot be drawn: what is typed is the name of an action, what changed is
// printed as one line, and nothing that was printed is drawn again. It drives the explorer
// itself, so that all of its actions are there.
//
// Not here: what the actions do (ui/explorer), and the flag (ui/cli).
package plain

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer"
	"darkroom/ui/explorer/view"
)

// Reader reads commands and prints what comes of them.
type Reader struct {
	app    *explorer.App
	out    *Output
	prompt string // before what is typed; empty where nothing is typed, as in a file
	ended  bool
	err    error

	waiting int          // lasting commands that run
	came    chan tea.Msg // what they give
	done    chan struct{}

	last explorer.Spoken
	box  string // text of the box that was printed last
}

// New is the reading mode of an explorer. Options that need a screen or a clock have to
// be left out of it: see [Options].
func New(app *explorer.App, out *Output, prompt string) *Reader {
	return &Reader{app: app, out: out, prompt: prompt, came: make(chan tea.Msg), done: make(chan struct{})}
}

// lasting is a command that is not waited for: it lasts, and there is something to be
// typed meanwhile.
type lasting struct{ cmd tea.Cmd }

// Options changes those of a screen: messages are printed at once, nothing goes away by
// itself, and what runs in the background is waited for, except a sync.
func Options(o explorer.Options, out *Output) explorer.Options {
	said := o.Said
	o.Said = func(text string, warning bool) {
		said(text, warning)
		if warning {
			text = "Warning: " + text
		}
		line(out, text)
	}
	o.After = nothingLater
	o.Lasting = func(cmd tea.Cmd) tea.Cmd { return func() tea.Msg { return lasting{cmd} } }
	o.Suspend, o.Mouse, o.ASCII, o.Edit = nil, false, false, nil
	return o
}

// Run reads lines until there are no more, or the explorer ends.
func (r *Reader) Run(ctx context.Context, in io.Reader) error {
	r.send(tea.WindowSizeMsg{Width: width, Height: height})
	line(r.out, "Loading.")
	r.run(r.app.Init())
	line(r.out, "Reading mode. Type the name of an action and enter; help lists them, enter alone is next.")
	r.changes()
	defer close(r.done)
	lines := typed(in)
	for !r.ended {
		next := lines
		if r.prompt == "" && r.waiting > 0 { // lines of a file are about what is there after a sync
			next = nil
		}
		r.out.ask(r.prompt)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case msg := <-r.came:
			r.waiting--
			r.takeIn(msg)
		case said, ok := <-next:
			if !ok {
				r.leave()
				return r.err
			}
			r.out.answered()
			r.command(strings.TrimSpace(said))
			r.changes()
		}
	}
	return r.err
}

// takeIn is about what came of something that lasts. A box that is open stays as it was
// printed: it would be printed again with each step.
func (r *Reader) takeIn(msg tea.Msg) {
	r.send(msg)
	if box := r.app.Spoken().Box; box == nil || box != r.last.Box {
		r.changes()
	}
}

// leave ends when there is nothing more to read: a question has no answer, and what is
// typed in a box is given up.
func (r *Reader) leave() {
	if r.app.Spoken().Question != "" {
		r.key("esc")
	}
	if !r.ended {
		r.key("ctrl+c")
	}
}

// typed gives lines as they come; a read cannot be called off, so it may outlive us.
func typed(in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		s := bufio.NewScanner(in)
		for s.Scan() {
			lines <- s.Text()
		}
		close(lines)
	}()
	return lines
}

// send gives the explorer a message and carries out what it asks for.
func (r *Reader) send(msg tea.Msg) {
	_, cmd := r.app.Update(msg)
	r.run(cmd)
}

// run waits for a command: one thing happens after another, and what is read next is
// about what was printed last.
func (r *Reader) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case lasting:
		r.waiting++
		go func() {
			select {
			case r.came <- msg.cmd():
			case <-r.done:
			}
		}()
	case tea.QuitMsg:
		r.ended = true
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	default:
		if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range list.Len() { // tea.Sequence
				r.run(list.Index(i).Interface().(tea.Cmd))
			}
			return
		}
		r.send(msg)
	}
}

func (r *Reader) print(s string) {
	if _, err := io.WriteString(r.out, s); err != nil {
		r.err, r.ended = err, true
	}
}

// changes prints what is different now, a line for each.
func (r *Reader) changes() {
	now := r.app.Spoken()
	was := r.last
	r.last = now
	if now.Syncing && !was.Syncing {
		line(r.out, "Syncing in the background; sync.show says how far it is.")
	}
	if now.View != was.View {
		line(r.out, "View: "+now.View)
	}
	if now.Filter != was.Filter || now.Problem != was.Problem {
		r.filter(now)
	}
	if now.Box != nil {
		r.showBox(now.Box)
		return
	}
	r.box = ""
	if row := now.Row + now.Empty; row != was.Row+was.Empty || now.View != was.View || was.Box != nil {
		line(r.out, row)
	}
	if now.Question != "" {
		line(r.out, "Question: "+now.Question)
	}
}

func (r *Reader) filter(now explorer.Spoken) {
	switch {
	case now.Problem != "":
		line(r.out, "Filter "+now.Filter+": "+now.Problem)
	case now.Filter == "":
		line(r.out, "No filter.")
	default:
		line(r.out, fmt.Sprintf("Filter %s: %d found.", now.Filter, now.Hits))
	}
}

// showBox prints a box when its text is another one than before.
func (r *Reader) showBox(box view.Overlay) {
	text := words(box.Draw(width, height))
	if text == r.box {
		return
	}
	r.box = text
	r.print(text)
	if field, ok := box.(view.TextField); ok && field.Typing() {
		line(r.out, "Type the text and enter; esc alone closes.")
		return
	}
	var keys []string
	for _, h := range box.Hints() {
		keys = append(keys, h.Key+": "+h.Word)
	}
	line(r.out, "Keys: "+words([]string{strings.Join(keys, ", ")}))
}
