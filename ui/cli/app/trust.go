package app

import (
	"context"
	"fmt"
	"strings"

	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
)

// Trust is the gate to the servers of sites. It asks where a terminal is and ask is set.
func (a *App) Trust(ask bool) syncjob.Trust {
	t := syncjob.Trust{Own: a.Example.Server, Warn: func(err error) {
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(err.Error()))
	}}
	if in, ok := terminal.Input(a.In); ok && ask {
		t.Ask = func(ctx context.Context, u *syncjob.Unconfirmed) (bool, error) {
			b := &strings.Builder{}
			fmt.Fprintf(b, "%s: %s wants your secrets to go to\n  %s\nwhich you have not confirmed on this computer%s.\n",
				u.Site, config.Name, u.Server.Address, map[bool]string{true: " under these terms"}[u.Known])
			for _, term := range u.Server.Record().Terms() {
				b.WriteString("  " + term + "\n")
			}
			if u.Named != "" {
				b.WriteString("  TABLEAU_SERVER is " + u.Named + "\n")
			}
			fmt.Fprint(a.Err, output.CleanLines(b.String()))
			answers, err := a.Ask(ctx, in, terminal.Question{Ask: "Send them there? [y/N] "})
			if err != nil {
				return false, err
			}
			return strings.HasPrefix(strings.ToLower(answers[0]), "y"), nil
		}
	}
	return t
}
