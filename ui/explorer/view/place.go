package view

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
)

// Place is where something is written in the files of a project: a resource, or an
// exposure in a file.
type Place struct {
	Project  *model.Project
	Resource *model.Resource // nil for an exposure
	File     string          // of an exposure: with slashes, inside the project
	Exposure string          // its name; empty for the file as a whole
}

// Then is what comes after something that ran in the background. It is a message that the
// explorer carries out on the goroutine of the screen.
type Then func() tea.Cmd
