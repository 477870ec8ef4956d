package explorer

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Action is something a person can do. Keys, footer, help, palette and the
// README table all come from the one registry below, so they cannot differ.
type Action struct {
	Name  string   // stable, for configuration: "tree.open"
	Keys  []string // as bubbletea names them; the first is the one that is shown
	Group string   // heading in help
	Title string   // what it does, as an imperative: "open, or go to the first child"
	Hint  string   // a word for the footer; empty keeps it out of there

	reason func(*App) string // why it cannot be done now; nil or "" when it can
	do     func(*App) tea.Cmd
}

// The groups, in the order help shows them.
const (
	groupMove   = "Move"
	groupFold   = "Fold"
	groupDecide = "Decide"
	groupFind   = "Find"
	groupShow   = "Show"
	groupFiles  = "Files"
)

// Actions is the registry, in the order of help. It is built anew on each call,
// because nothing here may be changed by a caller.
func Actions() []Action {
	var all []Action
	all = append(all, moveActions()...)
	all = append(all, foldActions()...)
	all = append(all, decideActions()...)
	all = append(all, findActions()...)
	all = append(all, showActions()...)
	return append(all, fileActions()...)
}

// keymap finds an action by key.
func keymap(actions []Action) map[string]*Action {
	m := make(map[string]*Action, 2*len(actions))
	for i := range actions {
		for _, k := range actions[i].Keys {
			m[k] = &actions[i]
		}
	}
	return m
}

// run does an action or says why it cannot be done.
func (a *App) run(act *Action) tea.Cmd {
	if act.reason != nil {
		if why := act.reason(a); why != "" {
			return a.say(why)
		}
	}
	return act.do(a)
}

// keyLabel is how a key is printed: "space", "ctrl-r", "↑".
func keyLabel(key string) string {
	switch key {
	case " ":
		return "space"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	}
	return strings.ReplaceAll(key, "+", "-")
}

// label joins an action's keys.
func (act *Action) label() string {
	labels := make([]string, len(act.Keys))
	for i, k := range act.Keys {
		labels[i] = keyLabel(k)
		if k == "+" {
			labels[i] = "+"
		}
	}
	return strings.Join(labels, " ")
}

// KeysMarkdown is the README's table of keys.
func KeysMarkdown() string {
	var b strings.Builder
	b.WriteString("| | keys | what it does |\n|---|---|---|\n")
	group := ""
	for _, act := range Actions() {
		heading := ""
		if act.Group != group {
			group, heading = act.Group, act.Group
		}
		keys := make([]string, len(act.Keys))
		for i, k := range strings.Split(act.label(), " ") {
			keys[i] = "`" + strings.ReplaceAll(k, "|", `\|`) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", heading, strings.Join(keys, " "), act.Title)
	}
	return b.String()
}
