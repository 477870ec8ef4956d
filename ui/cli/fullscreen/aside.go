package fullscreen

import (
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// Aside is the command that gives the terminal to what run starts on it, and then brings
// what came of that.
func (s *Screen) Aside(run func(in, out *os.File) error, then func(error) tea.Msg) tea.Cmd {
	return tea.Exec(aside(func() error { return run(s.in, s.out) }), then)
}

// aside is what happens while the terminal is given back, as a tea.ExecCommand.
type aside func() error

func (a aside) Run() error        { return a() }
func (aside) SetStdin(io.Reader)  {}
func (aside) SetStdout(io.Writer) {}
func (aside) SetStderr(io.Writer) {}
