package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
	"github.com/spf13/pflag"

	"darkroom/sources/disk"
	"darkroom/ui/cli/backend"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/explorer"
	"darkroom/ui/input"
	"darkroom/ui/theme"
)

// explorerFlags are the choices for the screen.
type explorerFlags struct {
	theme   string
	ascii   bool
	noMouse bool
	state   string
}

func (f *explorerFlags) register(flags *pflag.FlagSet) {
	f.registerLook(flags)
	flags.BoolVar(&f.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	flags.StringVar(&f.state, "state", "", stateHelp)
}

func (f *explorerFlags) registerLook(flags *pflag.FlagSet) {
	flags.StringVar(&f.theme, "theme", string(theme.Auto), "colours: auto, dark, light or plain")
	flags.BoolVar(&f.ascii, "ascii", false, "draw with ASCII characters only")
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
	out, isTerminal := terminal.Screen(a.stdin, a.out)
	if !isTerminal {
		return a.printTree(ctx, dir, f.ascii)
	}
	req, err := a.request(dir)
	if err != nil {
		return err
	}
	b := backend.New(req, a.example, a.find)
	b.State = f.state
	defer b.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // before close: whatever ended the program ends a sync
	app := explorer.New(b, explorer.Options{
		Context: ctx,
		Styles:  theme.New(name, terminal.Profile()), ASCII: f.ascii || !terminal.UTF8(), Mouse: !f.noMouse,
		Copy: func(s string) { termenv.NewOutput(out).Copy(s) },
	})
	options := a.screen(ctx, out)
	if !f.noMouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	_, done, err := disk.Begin(ctx) // a second signal waits until the terminal is given back
	if err != nil {
		return err
	}
	_, err = tea.NewProgram(app, options...).Run()
	done()
	if err != nil && ctx.Err() == nil {
		return err
	}
	if a.example != nil && a.example.Wrote {
		fmt.Fprintln(a.out, "The demo's files stay in "+a.example.Dir)
	}
	return b.Failure()
}

// screen are the options of every full screen. Signals end ctx (see Main); with
// bubbletea's own handling as well, the two would wait for each other.
func (a *app) screen(ctx context.Context, out *os.File) []tea.ProgramOption {
	in, _ := terminal.Input(a.stdin) // is one: see terminal.Screen
	return []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithAltScreen(),
		tea.WithInput(input.NewReader(in)), tea.WithFilter(input.Esc), tea.WithOutput(terminal.Canvas{File: out}), tea.WithFPS(120),
	}
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

// DemoBackend opens the demo for a program that drives the explorer itself, such
// as the one that draws the README's picture. clean removes its files.
func DemoBackend() (b explorer.Backend, clean func(), err error) {
	a := &app{demo: true}
	req, err := a.request("")
	if err != nil {
		return nil, nil, err
	}
	own := backend.New(req, a.example, a.find)
	return own, func() {
		own.Close()
		a.example.Remove()
	}, nil
}
