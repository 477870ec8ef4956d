package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/mattn/go-isatty"
	"github.com/muesli/termenv"
	"github.com/spf13/pflag"

	"darkroom/ui/explorer"
	"darkroom/ui/theme"
)

// explorerFlags are the choices for the screen.
type explorerFlags struct {
	theme   string
	ascii   bool
	noMouse bool
}

func (f *explorerFlags) register(flags *pflag.FlagSet) {
	f.registerLook(flags)
	flags.BoolVar(&f.noMouse, "no-mouse", false, "leave the mouse to the terminal")
}

func (f *explorerFlags) registerLook(flags *pflag.FlagSet) {
	flags.StringVar(&f.theme, "theme", string(theme.Auto), "colours: auto, dark, light or plain")
	flags.BoolVar(&f.ascii, "ascii", false, "draw with ASCII signs only")
}

func (f explorerFlags) themeName() (theme.Name, error) {
	switch name := theme.Name(f.theme); name {
	case theme.Auto:
		return theme.Detect(), nil
	case theme.Dark, theme.Light, theme.Plain:
		return name, nil
	}
	return "", usage("--theme %q is not known; use auto, dark, light or plain", f.theme)
}

// explore opens the explorer, or prints the tree where no screen is.
func (a *app) explore(ctx context.Context, dir string, f explorerFlags) error {
	name, err := f.themeName()
	if err != nil {
		return err
	}
	out, isTerminal := a.terminal()
	if !isTerminal {
		return a.printTree(ctx, dir, f.ascii)
	}
	req, err := a.request(dir)
	if err != nil {
		return err
	}
	backend := a.newBackend(req)
	defer backend.close()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // before close: whatever ended the program ends a sync
	app := explorer.New(backend, explorer.Options{
		Context: ctx,
		Styles:  theme.New(name, profile()), ASCII: f.ascii || !utf8Locale(), Mouse: !f.noMouse,
		Copy: func(s string) { termenv.NewOutput(out).Copy(s) },
	})
	options := a.screen(ctx, out)
	if !f.noMouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	if _, err := tea.NewProgram(app, options...).Run(); err != nil && ctx.Err() == nil {
		return err
	}
	if a.demoDir != nil && a.demoDir.wrote {
		fmt.Fprintln(a.out, "The demo's files stay in "+a.demoDir.dir)
	}
	return backend.failure()
}

// screen are the options of every full screen. Signals end ctx (see Main); with
// bubbletea's own handling as well, the two would wait for each other.
func (a *app) screen(ctx context.Context, out *os.File) []tea.ProgramOption {
	return []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithAltScreen(), tea.WithInput(a.stdin), tea.WithOutput(out), tea.WithFPS(120),
	}
}

// terminal is the output when it can show the explorer.
func (a *app) terminal() (*os.File, bool) {
	out, ok := a.out.(*os.File)
	if !ok || !isatty.IsTerminal(out.Fd()) || os.Getenv("TERM") == "dumb" {
		return nil, false
	}
	_, ok = a.person()
	return out, ok
}

// profile is what the terminal can colour; NO_COLOR turns everything off.
func profile() termenv.Profile {
	if termenv.EnvNoColor() {
		return termenv.Ascii
	}
	return termenv.ColorProfile()
}

// utf8Locale reports whether the locale can show more than ASCII. Without any
// locale variable the answer is yes: that is how containers usually are.
func utf8Locale() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(os.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

// printTree is the explorer for pipes and dumb terminals.
func (a *app) printTree(ctx context.Context, dir string, ascii bool) error {
	w, err := a.open(ctx, dir, true)
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = io.WriteString(a.out, explorer.Print(w.Graph, w.Book, ascii))
	return err
}
