package ask

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"darkroom/model/amount"
	"darkroom/model/query"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/records"
)

// unusedFlags ask for models that no dashboard made use of.
type unusedFlags struct {
	asked bool
	text  string
	amount.Age
}

func (u *unusedFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&u.asked, "unused", false, "with models: only those behind which no dashboard was opened and that nothing else in dbt reads, with build seconds; with columns: only those that no field of a sheet names")
	flags.StringVar(&u.text, "window", "30d", "with --unused: how long they were not opened (`TIME`: 90d, 6mo)")
}

// check reads the window.
func (u *unusedFlags) check(kind string, windowed bool) error {
	switch {
	case u.asked && kind != records.Models && kind != records.Columns:
		return app.Usage("--unused goes with list models and list columns")
	case windowed && (!u.asked || kind != records.Models):
		return app.Usage("--window goes with --unused of list models")
	}
	var ok bool
	if u.Age, ok = amount.ReadAge(u.text); !ok {
		return app.Usage("--window %q is not a length of time such as 30d, 4w, 6mo or 1y", u.text)
	}
	return nil
}

// listUnused prints them, and on standard error what that does not mean.
func listUnused(ctx context.Context, a *app.App, w *workspace.Workspace, in query.Found, u *unusedFlags, shape *printing) error {
	l, notes, err := records.Unused(ctx, w, in, u.Age)
	if err != nil {
		return app.Usage("%w", err)
	}
	if err := shape.listing(ctx, a.Out, l); err != nil {
		return err
	}
	for _, note := range notes {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(note))
	}
	return nil
}
