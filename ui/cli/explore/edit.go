package explore

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/cli/app"
	"darkroom/ui/cli/editor"
	"darkroom/ui/cli/fullscreen"
)

// edit gives the terminal of a screen to your editor.
func edit(a *app.App, screen *fullscreen.Screen) func(file string, line int, done func(error) tea.Msg) tea.Cmd {
	return func(file string, line int, done func(error) tea.Msg) tea.Cmd {
		c, err := editor.Command(os.Getenv, file, line)
		if err != nil {
			return func() tea.Msg { return done(err) }
		}
		return screen.Aside(func(in, out *os.File) error {
			defer a.Lend()()
			c.Stdin, c.Stdout, c.Stderr = in, out, out
			return c.Run()
		}, done)
	}
}
