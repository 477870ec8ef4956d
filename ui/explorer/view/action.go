package view

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Action is something that can be done. Keys, footer, help, palette and the
// README's table all come from the actions of explorer and views, so they cannot
// differ.
type Action struct {
	Name  string   // stable, for configuration: "tree.open"
	Keys  []string // as bubbletea names them; the first is the one that is shown
	Group Group    // heading in help
	Title string   // what it does, as an imperative: "open, or go to the first child"
	Hint  string   // a word for the footer; empty keeps it out of there

	// InDetails: its keys are those of the action only while the details have them.
	InDetails bool

	Why func() string // why it cannot be done now; nil or "" when it can
	Do  func() tea.Cmd
}

// Group is a heading in help.
type Group string

const (
	GroupMove   Group = "Move"
	GroupFold   Group = "Fold"
	GroupDecide Group = "Decide"
	GroupFind   Group = "Find"
	GroupShow   Group = "Show"
	GroupFiles  Group = "Files"
)

// Groups are all groups, in the order of help.
func Groups() []Group {
	return []Group{GroupMove, GroupFold, GroupDecide, GroupFind, GroupShow, GroupFiles}
}

// Refusal says why the action cannot be done now; it is empty when it can.
func (act *Action) Refusal() string {
	if act.Why == nil {
		return ""
	}
	return act.Why()
}

// Label joins the action's keys.
func (act *Action) Label() string {
	labels := make([]string, len(act.Keys))
	for i, k := range act.Keys {
		labels[i] = KeyLabel(k)
	}
	return strings.Join(labels, " ")
}

// KeyLabel is how a key is printed: "space", "ctrl-r", "↑".
func KeyLabel(key string) string {
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
	case "+":
		return "+"
	}
	return strings.ReplaceAll(key, "+", "-")
}
