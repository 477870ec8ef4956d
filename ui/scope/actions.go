package scope

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// action is what a key does. Footer and help come from the list below.
type action struct {
	keys  []string // as bubbletea names them
	label string   // the keys as printed
	hint  string   // a word for the footer; empty leaves the action out
	title string
	do    func(*Picker) tea.Cmd
}

// actions are in the order of the help; a narrow footer shows the first ones. The
// keys are the explorer's, except enter and q.
func actions() []action {
	still := func(f func(*Picker)) func(*Picker) tea.Cmd {
		return func(p *Picker) tea.Cmd {
			f(p)
			return nil
		}
	}
	by := func(rows func(*Picker) int) func(*Picker) tea.Cmd {
		return still(func(p *Picker) { p.tree.MoveBy(rows(p)) })
	}
	page := func(p *Picker) int { return max(p.tree.Height()-1, 1) }
	const endless = 1 << 30
	list := []action{
		{keys: []string{" "}, label: "space", hint: "tick", title: "(un)tick with all below", do: still(func(p *Picker) {
			if id, ok := p.tree.Current(); ok {
				p.tick(id)
			}
		})},
		{keys: []string{"enter"}, hint: "done", title: "done; nothing ticked: all", do: func(p *Picker) tea.Cmd { return p.choose(p.ticks.choice()) }},
		{keys: []string{"a"}, hint: "all", title: "tick or untick all shown", do: still(func(p *Picker) { p.tick(root) })},
		{keys: []string{"?"}, hint: "keys", title: "this list", do: still(func(p *Picker) { p.help = true })},
		{keys: []string{"/"}, hint: "filter", title: "only paths with the words", do: still((*Picker).startFilter)},
		{keys: []string{"q"}, hint: "no limit", title: "no limit; asks to confirm", do: still(func(p *Picker) { p.leaving = true })},
		{keys: []string{"esc"}, title: "clear filter; otherwise quit", do: (*Picker).escape},
		{keys: []string{"down", "j"}, label: "↓ j", title: "next row", do: by(func(*Picker) int { return 1 })},
		{keys: []string{"up", "k"}, label: "↑ k", title: "previous row", do: by(func(*Picker) int { return -1 })},
		{keys: []string{"right", "l"}, label: "→ l", hint: "open", title: "open; on an open row go to its first child", do: still(func(p *Picker) { p.tree.Open() })},
		{keys: []string{"left", "h"}, label: "← h", hint: "close", title: "close; on a closed row go to its parent", do: still(func(p *Picker) { p.tree.Close() })},
		{keys: []string{"pgdown", "ctrl+f"}, label: "PgDn", title: "one page down", do: by(page)},
		{keys: []string{"pgup", "ctrl+b"}, label: "PgUp", title: "one page up", do: by(func(p *Picker) int { return -page(p) })},
		{keys: []string{"ctrl+d"}, label: "ctrl-d", title: "half a page down", do: by(func(p *Picker) int { return (page(p) + 1) / 2 })},
		{keys: []string{"ctrl+u"}, label: "ctrl-u", title: "half a page up", do: by(func(p *Picker) int { return -(page(p) + 1) / 2 })},
		{keys: []string{"g", "home"}, label: "g", title: "first row", do: by(func(*Picker) int { return -endless })},
		{keys: []string{"G", "end"}, label: "G", title: "last row", do: by(func(*Picker) int { return endless })},
		{keys: []string{"T"}, title: "next theme", do: still((*Picker).nextTheme)},
		{keys: []string{"="}, title: "open everything", do: still(func(p *Picker) { p.tree.OpenAll() })},
		{keys: []string{"-"}, title: "close everything", do: still(func(p *Picker) { p.tree.CloseAll() })},
	}
	for i := range list {
		if list[i].label == "" {
			list[i].label = strings.Join(list[i].keys, " ")
		}
	}
	return list
}
