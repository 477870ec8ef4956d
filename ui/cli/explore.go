package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"darkroom/model/lineage"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/settings"
	"darkroom/ui/cli/backend"
	"darkroom/ui/cli/fullscreen"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/explorer"
	"darkroom/ui/theme"
)

// explorerFlags are the choices for the screen.
type explorerFlags struct {
	theme   string
	ascii   bool
	noMouse bool
	plain   bool
	noLinks bool
	state   string
}

func (f *explorerFlags) register(flags *pflag.FlagSet) {
	f.registerLook(flags)
	flags.BoolVar(&f.noLinks, "no-links", false, "do not make links of addresses, also where the terminal knows links")
	flags.BoolVar(&f.plain, "plain", false, "read and type lines instead of a screen, for screen readers; also with ACCESSIBLE=1")
	flags.StringVar(&f.state, "state", "", stateHelp)
}

func (f *explorerFlags) registerLook(flags *pflag.FlagSet) {
	flags.StringVar(&f.theme, "theme", string(theme.Auto), "colours: "+themeNames())
	flags.BoolVar(&f.ascii, "ascii", false, "draw with signs of ASCII; titles stay as they are where the locale is UTF-8")
	flags.BoolVar(&f.noMouse, "no-mouse", false, "leave the mouse to the terminal")
}

// mouse are the options of a screen that listens to the mouse.
func (f explorerFlags) mouse() []tea.ProgramOption {
	if f.noMouse {
		return nil
	}
	return []tea.ProgramOption{tea.WithMouseCellMotion()}
}

func (f explorerFlags) themeName() (theme.Name, error) {
	if name, ok := theme.Known(f.theme); ok {
		return name, nil
	}
	return "", usage("--theme %q is not known; use %s", f.theme, themeNames())
}

// themeNames are the themes for messages and help.
func themeNames() string {
	var names []string
	for _, n := range theme.Names() {
		names = append(names, string(n))
	}
	return strings.Join(names, ", ")
}

// colours are those of a full screen, which asks the terminal for its background where
// that matters and an answer can be expected.
func (f explorerFlags) colours(screen *fullscreen.Screen, out *os.File) (*theme.Chooser, error) {
	name, err := f.themeName()
	if err != nil {
		return nil, err
	}
	if name == theme.Auto && terminal.NoColour() {
		name = theme.None
	}
	dark, known := theme.DarkByVariable(os.Getenv("COLORFGBG"))
	c := theme.Choose(name, terminal.Profile(out), dark || !known)
	if c.Asks() && terminal.SaysBackground() {
		screen.AskBackground(backgroundTime)
	}
	return c, nil
}

// backgroundTime is how long a terminal may take to name its background.
const backgroundTime = 100 * time.Millisecond

// explore opens the explorer, or prints the tree where no screen is.
func (a *app) explore(ctx context.Context, dir string, f explorerFlags, flags *pflag.FlagSet) error {
	if _, err := f.themeName(); err != nil {
		return err
	}
	if f.plain || os.Getenv("ACCESSIBLE") == "1" {
		return a.read(ctx, dir, f)
	}
	out, isTerminal := terminal.Screen(a.stdin, a.out)
	if !isTerminal {
		return a.printTree(ctx, dir, f.ascii)
	}
	own := settings.Load(vocabulary())
	f.configure(flags, own)
	b, err := a.backend(dir, f.state)
	if err != nil {
		return err
	}
	defer b.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // before close: whatever ended the program ends a sync
	screen := a.screen(out)
	colours, err := f.colours(screen, out)
	if err != nil {
		return err
	}
	app := explorer.New(backend.Logged(b, a.log.log()), explorer.Options{
		Said:    a.log.message,
		Context: ctx, Go: screen.Go, Suspend: screen.Suspend(), Edit: a.edit(screen),
		Theme: colours, ASCII: f.ascii || !terminal.UTF8(), OnlyASCII: !terminal.UTF8(), Mouse: !f.noMouse,
		Links: !f.noLinks && terminal.Links(),
		Keys:  own.Bindings, Problems: problems(own), Views: arranged(own),
		Copy:   func(s string) { terminal.Copy(out, s) },
		Judged: func(g *lineage.Graph) time.Time { return a.judging(g).Now },
	})
	_, done, err := disk.Begin(ctx) // a second signal waits until the terminal is given back
	if err != nil {
		return err
	}
	err = screen.Run(ctx, app, f.mouse()...)
	done()
	if err != nil && ctx.Err() == nil {
		return afterCrash(crashed(err), b.Unsaved())
	}
	return a.leave(b)
}

// backend is that of an explorer on a folder's project. State is the folder of an earlier
// run, empty for none.
func (a *app) backend(dir, state string) (*backend.Backend, error) {
	req, err := a.request(dir)
	if err != nil {
		return nil, err
	}
	if _, err := dbt.ManifestIn(state); err == nil && state != "" {
		req.State = state
	}
	b := backend.New(req, a.example, a.find)
	b.State = state
	return b, nil
}

// leave says what stays of the demo, and what went wrong once the explorer was gone.
func (a *app) leave(b *backend.Backend) error {
	if a.example != nil && a.example.Wrote {
		fmt.Fprintln(a.out, "The demo's files stay in "+a.example.Dir)
	}
	return b.Failure()
}

// screen is the terminal for every full screen.
func (a *app) screen(out *os.File) *fullscreen.Screen {
	in, _ := terminal.Input(a.stdin) // is one: see terminal.Screen
	return fullscreen.New(in, out, versionText())
}

// crashed gives an error of a full screen its exit code.
func crashed(err error) error {
	if c, ok := errors.AsType[*fullscreen.Crashed](err); ok && c.Quit {
		return &codedError{exitSignal + int(syscall.SIGQUIT), err}
	}
	return err
}

// afterCrash adds to the error of a crash where the decisions are and where it can be
// reported.
func afterCrash(err error, unsaved string) error {
	more := "\nall decisions are saved"
	if unsaved != "" {
		more = "\nyour decisions since the last save are in " + unsaved + ", and darkroom takes them from there at the next start"
	}
	if c, ok := errors.AsType[*fullscreen.Crashed](err); !ok || !c.Quit {
		more += reportAt()
	}
	return fmt.Errorf("%w%s", err, more)
}

// printTree is the explorer for pipes and dumb terminals.
func (a *app) printTree(ctx context.Context, dir string, ascii bool) error {
	if terminal.Dumb(a.out) {
		fmt.Fprintln(a.err, "The terminal is dumb (TERM), so there is no full screen; this is the tree. Set TERM to what your terminal is, such as xterm-256color, or use darkroom --plain or darkroom list.")
	}
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
	own, err := a.backend("", "")
	if err != nil {
		return nil, nil, err
	}
	return own, func() {
		own.Close()
		a.example.Remove()
	}, nil
}
