// Package explore is darkroom without a command: the explorer on the screen, as lines
// for screen readers, or its tree where no terminal is.
//
// Not here: the explorer itself (ui/explorer), its lines (ui/plain), what it asks for
// (ui/cli/backend).
package explore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"darkroom/model/lineage"
	"darkroom/sources/dbt"
	"darkroom/sources/disk"
	"darkroom/sources/settings"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/backend"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/look"
	"darkroom/ui/cli/memory"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/explorer"
)

// exploring are the flags of the explorer.
type exploring struct {
	look.Flags
	plain bool
	state string
}

// Root is the command that the others are added to.
func Root(a *app.App) *cobra.Command {
	var f exploring
	root := &cobra.Command{
		Use:   "darkroom [DIR]",
		Short: "Develop your exposures: see which Tableau dashboards depend on which dbt models",
		Long: "darkroom reads a dbt manifest and Tableau metadata into one lineage graph, shows it as\n" +
			"trees, lets you include dashboards and writes them as dbt exposures.\n\n" +
			"Try it without any setup: darkroom --demo",
		Args:                       app.MaxArgs(1),
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := mistyped(cmd, app.DirOf(args)); err != nil && !a.Demo {
				return err
			}
			return explore(cmd.Context(), a, app.DirOf(args), f, cmd.Flags())
		},
		Version: app.Version(),
	}
	f.Register(root.Flags())
	root.Flags().BoolVar(&f.NoLinks, "no-links", false, "do not make links of addresses, also where the terminal knows links")
	root.Flags().BoolVar(&f.plain, "plain", false, "read and type lines instead of a screen, for screen readers; also with ACCESSIBLE=1")
	root.Flags().StringVar(&f.state, "state", "", app.StateHelp)
	complete.Words{Args: []complete.Names{nil}, Flags: map[string]complete.Names{"theme": complete.Among(look.ThemeNames()...)}}.Of(a, root)
	return root
}

// mistyped distinguishes a command that does not exist from a folder: a bare word that
// nothing on disk is called.
func mistyped(cmd *cobra.Command, word string) error {
	if word == "" || strings.ContainsAny(word, `/\.`) {
		return nil
	}
	if _, err := os.Stat(word); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	hint := ""
	if names := cmd.SuggestionsFor(word); len(names) > 0 {
		hint = "; did you mean " + strings.Join(names, " or ") + "?"
	}
	return app.Usage("there is no command and no folder %q%s; see darkroom --help", word, hint)
}

// explore opens the explorer, or prints the tree where no screen is.
func explore(ctx context.Context, a *app.App, dir string, f exploring, flags *pflag.FlagSet) error {
	if _, err := f.ThemeName(); err != nil {
		return err
	}
	if f.plain || os.Getenv("ACCESSIBLE") == "1" {
		return read(ctx, a, dir, f)
	}
	out, isTerminal := terminal.Screen(a.In, a.Out)
	if !isTerminal {
		return printTree(ctx, a, dir, f.ASCII)
	}
	loaded, done := memory.Explore()
	defer done()
	own := settings.Load(look.Vocabulary())
	f.Configure(flags, own)
	b, err := open(a, dir, f.state)
	if err != nil {
		return err
	}
	defer b.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // before close: whatever ended the program ends a sync
	screen := look.Screen(a, out)
	colours, err := f.Colours(screen, out)
	if err != nil {
		return err
	}
	opt := optionsOf(ctx, a, own)
	opt.Go, opt.Suspend, opt.Edit = screen.Go, screen.Suspend(), edit(a, screen)
	opt.Theme, opt.ASCII, opt.OnlyASCII = colours, f.ASCII || !terminal.UTF8(), !terminal.UTF8()
	opt.Mouse, opt.Links = !f.NoMouse, !f.NoLinks && terminal.Links()
	opt.Copy, opt.Loaded = func(s string) { terminal.Copy(out, s) }, loaded
	model := explorer.New(backend.Logged(b, a.Diary.Logger()), opt)
	_, given, err := disk.Begin(ctx) // a second signal waits until the terminal is given back
	if err != nil {
		return err
	}
	err = screen.Run(ctx, model, f.Mouse()...)
	given()
	if err != nil && ctx.Err() == nil {
		return afterCrash(look.Crashed(err), b.Unsaved())
	}
	return leave(a, b)
}

// optionsOf are the explorer's options on a screen as well as in lines.
func optionsOf(ctx context.Context, a *app.App, own settings.Settings) explorer.Options {
	return explorer.Options{
		Context: ctx, Said: a.Diary.Message, Keys: own.Bindings, Problems: look.Problems(own), Views: look.Arranged(own),
		Judged: func(g *lineage.Graph) time.Time { return a.Judging(g).Now },
	}
}

// open is the backend of an explorer on a folder's project. State is the folder of an
// earlier run, empty for none.
func open(a *app.App, dir, state string) (*backend.Backend, error) {
	req, err := a.Request(dir)
	if err != nil {
		return nil, err
	}
	if _, err := dbt.ManifestIn(state); err == nil && state != "" {
		req.State = state
	}
	b := backend.New(req, a.Example, a.Secret)
	b.State = state
	return b, nil
}

// leave says what stays of the demo, and what went wrong once the explorer was gone.
func leave(a *app.App, b *backend.Backend) error {
	if a.Example != nil && a.Example.Wrote {
		fmt.Fprintln(a.Out, "The demo's files stay in "+a.Example.Dir)
	}
	return b.Failure()
}

// DemoBackend opens the demo for a program that drives the explorer itself, such
// as the one that draws the README's picture. clean removes its files.
func DemoBackend() (b explorer.Backend, clean func(), err error) {
	a := &app.App{Demo: true}
	own, err := open(a, "", "")
	if err != nil {
		return nil, nil, err
	}
	return own, func() {
		own.Close()
		a.Close()
	}, nil
}
