package view

import tea "github.com/charmbracelet/bubbletea"

// Overlay is drawn in place of the panes and takes all keys. The last one pushed
// is the one that is seen.
type Overlay interface {
	Key(tea.KeyMsg) tea.Cmd
	Draw(width, height int) []string
	Hints() []Hint
	// Click is given the line of the overlay that was clicked.
	Click(line int) tea.Cmd
	Scroll(rows int)
}

// TextField is an overlay in which text is typed, so that a letter is not a command.
type TextField interface{ Typing() bool }

// Hint is one entry of the footer.
type Hint struct{ Key, Word string }
