package cli

import (
	"context"
	"time"

	"darkroom/model/lineage"
	"darkroom/sources/settings"
	"darkroom/ui/cli/backend"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/explorer"
	reader "darkroom/ui/plain"
)

// read is the explorer as lines, for screen readers. It needs no terminal: what is typed
// can come from a file.
func (a *app) read(ctx context.Context, dir string, f explorerFlags) error {
	b, err := a.backend(dir, f.state)
	if err != nil {
		return err
	}
	defer b.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // before close: whatever ended the program ends a sync
	own := settings.Load(vocabulary())
	prompt := ""
	if _, ok := terminal.Input(a.stdin); ok {
		prompt = "> "
	}
	out := reader.NewOutput(a.out)
	app := explorer.New(backend.Logged(b, a.log.log()), reader.Options(explorer.Options{
		Context: ctx, Said: a.log.message, Now: a.now, Keys: own.Bindings, Problems: problems(own), Views: arranged(own),
		Copy:   func(s string) { a.copy(s) },
		Judged: func(g *lineage.Graph) time.Time { return a.judging(g).Now },
	}, out))
	if err := reader.New(app, out, prompt).Run(ctx, a.stdin); err != nil {
		return err
	}
	return a.leave(b)
}

// copy puts a text on the clipboard of a terminal; elsewhere there is none.
func (a *app) copy(s string) {
	if terminal.Width(a.out) > 0 {
		terminal.Copy(a.out, s)
	}
}
