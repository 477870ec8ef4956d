package look

import (
	"errors"
	"os"
	"syscall"

	"darkroom/ui/cli/app"
	"darkroom/ui/cli/fullscreen"
	"darkroom/ui/cli/terminal"
)

// Screen is the terminal for every full screen.
func Screen(a *app.App, out *os.File) *fullscreen.Screen {
	in, _ := terminal.Input(a.In) // is one: see terminal.Screen
	a.Lasts()
	return fullscreen.New(in, out, app.Version())
}

// Crashed gives an error of a full screen its exit code.
func Crashed(err error) error {
	if c, ok := errors.AsType[*fullscreen.Crashed](err); ok && c.Quit {
		return app.WithCode(app.ExitSignal+int(syscall.SIGQUIT), err)
	}
	return err
}
