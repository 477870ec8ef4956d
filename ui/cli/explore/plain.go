package explore

import (
	"context"

	"darkroom/sources/settings"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/backend"
	"darkroom/ui/cli/look"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/explorer"
	reader "darkroom/ui/plain"
)

// read is the explorer as lines, for screen readers. It needs no terminal: what is typed
// can come from a file.
func read(ctx context.Context, a *app.App, dir string, f exploring) error {
	b, err := open(a, dir, f.state)
	if err != nil {
		return err
	}
	defer b.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // before close: whatever ended the program ends a sync
	own := settings.Load(look.Vocabulary())
	prompt := ""
	if _, ok := terminal.Input(a.In); ok {
		prompt = "> "
	}
	out := reader.NewOutput(a.Out)
	opt := optionsOf(ctx, a, own)
	opt.Now = a.Now
	opt.Copy = func(s string) { yank(a, s) }
	model := explorer.New(backend.Logged(b, a.Diary.Logger()), reader.Options(opt, out))
	if err := reader.New(model, out, prompt).Run(ctx, a.In); err != nil {
		return err
	}
	return leave(a, b)
}

// yank puts a text on the clipboard of a terminal; elsewhere there is none.
func yank(a *app.App, s string) {
	if terminal.Width(a.Out) > 0 {
		terminal.Copy(a.Out, s)
	}
}
