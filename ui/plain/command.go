package plain

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
)

// The imagined screen: wide enough that nothing is cut, as high as a long text.
const width, height = 160, 400

// usual are words for actions that people try first.
func usual() map[string]string {
	return map[string]string{
		"": "move.down", "next": "move.down", "previous": "move.up", "prev": "move.up", "first": "move.top", "last": "move.bottom",
		"include": "decide.tick", "exclude": "decide.exclude", "clear": "filter.clear", "exit": "quit",
	}
}

// command does what one line asks for.
func (r *Reader) command(said string) {
	now := r.app.Spoken()
	if now.Box != nil {
		r.inBox(now.Box, said)
		return
	}
	if now.Question != "" {
		r.key(said)
		return
	}
	word, rest, _ := strings.Cut(said, " ")
	switch rest = strings.TrimSpace(rest); word {
	case "help", "?":
		r.help()
	case "details":
		r.print(words(r.app.SpokenDetails(width)))
	case "where":
		line(r.out, "View: "+now.View)
		line(r.out, now.Row+now.Empty)
	case "filter", "/":
		r.send(r.app.FilterBy(rest))
	case "view":
		r.act("view." + strings.ToLower(rest))
	case "include", "exclude":
		r.decide(word, now)
	default:
		r.act(said)
	}
}

// decide leaves alone what is decided so already: the keys of the screen go back and forth.
func (r *Reader) decide(word string, now explorer.Spoken) {
	if word == "include" && now.Decided == curate.AllIncluded || word == "exclude" && now.Decided == curate.AllExcluded {
		line(r.out, "It is "+word+"d already.")
		return
	}
	r.act(usual()[word])
}

// act does an action by what it is called.
func (r *Reader) act(said string) {
	if name, ok := usual()[said]; ok {
		said = name
	}
	act, ok := r.app.Command(said)
	if key, isKey := input.KeyName(said); !ok && isKey {
		act, ok = r.app.Command(key)
	}
	if !ok {
		line(r.out, "There is no action "+said+". Type help for all of them.")
		return
	}
	if act.Name == "pane.focus" {
		r.print(words(r.app.SpokenDetails(width)))
		return
	}
	before := r.app.Spoken()
	r.send(r.app.Do(act.Name))
	if now := r.app.Spoken(); strings.HasPrefix(act.Name, "move.") && now.Row == before.Row {
		line(r.out, "No further row.")
	}
}

// help lists the actions with their keys.
func (r *Reader) help() {
	line(r.out, "next, previous, first, last, include, exclude, details, filter WORDS, view NAME, where, quit; and these actions, by name or key:")
	for _, act := range r.app.List() {
		line(r.out, act.Name+", "+act.Label()+": "+strings.ReplaceAll(act.Title, "`", ""))
	}
}

// inBox gives a line to a box: as text where text is typed, otherwise as a key.
func (r *Reader) inBox(box view.Overlay, said string) {
	field, ok := box.(view.TextField)
	if !ok || !field.Typing() {
		r.key(said)
		return
	}
	if said == "esc" {
		r.key("esc")
		return
	}
	if said != "" {
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(said), Paste: true})
	}
	r.key("enter")
}

// key presses a key by its name; enter is the one of an empty line.
func (r *Reader) key(said string) {
	if said == "" {
		said = "enter"
	}
	name, ok := input.KeyName(said)
	if !ok {
		line(r.out, "There is no key "+said+".")
		return
	}
	r.send(input.KeyMsg(name))
}

// nothingLater is for timers: what is printed stays.
func nothingLater(time.Duration, tea.Msg) tea.Cmd { return nil }
