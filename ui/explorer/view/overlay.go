package view

import tea "github.com/charmbracelet/bubbletea"

// Overlay is a box over the panes, which takes all keys. The last one pushed is the one
// that is seen. On a small screen it takes the whole place of the panes.
type Overlay interface {
	Key(tea.KeyMsg) tea.Cmd
	// Draw gives the lines inside of the box, at most so many; the box is as high as
	// they need.
	Draw(width, height int) []string
	// Hints are the keys, for the edge of the box.
	Hints() []Hint
	// Click is given the line of the overlay that was clicked.
	Click(line int) tea.Cmd
	Scroll(rows int)
}

// TextField is an overlay in which text is typed, so that a letter is not a command.
type TextField interface{ Typing() bool }

// Wide is an overlay that needs the width of the screen.
type Wide interface{ Wide() bool }

// Bare is an overlay that takes the whole place of the panes, without an edge.
type Bare interface{ Bare() bool }

// Pointer is a view that knows the line of the cursor in what it draws, so that a box
// does not hide it; it is negative where there is none.
type Pointer interface{ CursorLine() int }

// Lined is a list that knows the lines of its rows in what it draws.
type Lined interface {
	Pointer
	// RowLines are the lines with a row: from the first up to, and without, the end.
	RowLines() (first, end int)
}

// Hint is one entry of the footer, or of the edge of a box.
type Hint struct{ Key, Word string }
