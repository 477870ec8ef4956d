package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/checkup"
	"darkroom/sources/workspace"
	"darkroom/ui/text"
)

func (a *app) doctorCommand() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:   "doctor [DIR] [SITE…]",
		Short: "What of Tableau works, what does not, and what to do",
		RunE: func(cmd *cobra.Command, args []string) error {
			if output != "table" && output != "json" {
				return usage("--output %q is not known; use table or json", output)
			}
			return a.doctor(cmd.Context(), args, output)
		},
	}
	cmd.Flags().StringVar(&output, "output", "table", "`FORMAT`: table or json")
	return cmd
}

// doctor looks at the sites one after another and ends with 1 when something is
// in the way of a sync.
func (a *app) doctor(ctx context.Context, args []string, output string) error {
	config, sites, err := a.configured(args)
	if err != nil {
		return err
	}
	var lines []checkup.Line
	for _, s := range sites {
		lines = append(lines, checkup.Run(ctx, a.checkTarget(config, s))...)
		if ctx.Err() != nil {
			return &codedError{exitFailure, ctx.Err()}
		}
	}
	if output == "json" {
		err = writeJSON(a.out, append([]checkup.Line{}, lines...))
	} else {
		err = a.printCheckup(lines, len(sites) > 1)
	}
	if err == nil && slices.ContainsFunc(lines, func(l checkup.Line) bool { return l.Status == checkup.Fail }) {
		return findings
	}
	return err
}

func (a *app) checkTarget(config *workspace.Config, s workspace.Site) checkup.Target {
	t := checkup.Target{
		Name: s.Name, Server: s.Server != "", Snapshot: config.Path(s.Snapshot), Now: time.Now(),
		API: connection(config, s),
	}
	t.API.WaitMax = 5 * time.Second // a person waits
	t.API.Credentials, t.From, t.Missing = a.find(s)
	return t
}

// connection is how a site is reached, without credentials.
func connection(config *workspace.Config, s workspace.Site) api.Config {
	c := api.Config{Server: s.Server, Site: s.Site, InsecureSkipVerify: s.InsecureSkipVerify, RedirectHosts: s.RedirectHosts}
	if s.CAFile != "" {
		c.CAFile = config.Path(s.CAFile)
	}
	return c
}

func secretsOf(s workspace.Site) secrets.Site {
	return secrets.Site{Name: s.Name, Server: s.Server, ContentURL: s.Site, Method: s.Auth}
}

func (a *app) printCheckup(lines []checkup.Line, many bool) error {
	site := ""
	var b strings.Builder
	for _, l := range lines {
		if many && l.Site != site {
			b.WriteString(text.Clean(l.Site) + "\n")
		}
		site = l.Site
		fmt.Fprintf(&b, "%-4s  %-11s  %s\n", l.Status, l.Check, text.Clean(l.Text))
		if l.Cure != "" {
			fmt.Fprintf(&b, "%-4s  %-11s  → %s\n", "", "", text.Clean(l.Cure))
		}
	}
	_, err := fmt.Fprint(a.out, b.String())
	return err
}
