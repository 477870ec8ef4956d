package setup

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"darkroom/sources/project/config"
	"darkroom/sources/project/export"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/doctor"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/complete"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
)

func Doctor(a *app.App) *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:   "doctor [DIR] [SITE…]",
		Short: "Check what works with Tableau and dbt, what does not, and what to do",
		Long: "Checks the manifest, your settings, and each site of darkroom.yml, or those that are named:\n" +
			"server, secrets, sign-in, permissions, limits, the snapshot; and whether dbt can read the\n" +
			"exposures files. One line each: ok, warn or fail, with what to do. Nothing is written. Exit\n" +
			"code 1 when something fails.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "table" && format != "json" {
				return app.Usage("--output %q is not known; use table or json", format)
			}
			return runDoctor(cmd.Context(), a, args, format)
		},
	}
	cmd.Flags().StringVarP(&format, "output", "o", "table", "`FORMAT`: table or json")
	complete.Words{
		Args: []complete.Names{complete.Sites}, OrFolder: true, Flags: map[string]complete.Names{"output": complete.Among("table", "json")},
	}.Of(a, cmd)
	return cmd
}

// doctor looks at the sites one after another and ends with 1 when something is
// in the way of a sync. Text is printed line by line: a server that
// struggles takes its time.
func runDoctor(ctx context.Context, a *app.App, args []string, format string) error {
	targets, err := checkTargets(ctx, a, args)
	if err != nil {
		return err
	}
	print := &doctorPrinter{w: a.Out, width: terminal.Width(a.Out), many: len(targets) > 1}
	lines, err := manifestLines(ctx, a, app.ProjectFolder(args))
	if err != nil {
		return err
	}
	lines = append(settingsLines(), lines...)
	if len(targets) == 0 {
		lines = append(lines, doctor.Line{
			Check: "configuration", Status: doctor.Warn, Text: "darkroom.yml names no Tableau site",
			Fix: "run darkroom init, or name files: --tableau FILE",
		})
	}
	if format == "table" {
		for _, l := range lines {
			print.line(l)
		}
	}
	for _, t := range targets {
		if format == "table" {
			t.Tell = print.line
		}
		lines = append(lines, doctor.Run(ctx, t)...)
		if ctx.Err() != nil {
			return app.WithCode(app.ExitFailure, ctx.Err())
		}
	}
	for _, l := range exposureLines(ctx, a, args) {
		lines = append(lines, l)
		if format == "table" {
			print.line(l)
		}
	}
	if format == "json" {
		err = output.JSON(a.Out, lines)
	} else {
		err = print.err
	}
	if err == nil && slices.ContainsFunc(lines, func(l doctor.Line) bool { return l.Status == doctor.Fail }) {
		return app.Findings
	}
	return err
}

// exposureLines say whether dbt can read the exposures files of the project; none
// where there are no files, or no project.
func exposureLines(ctx context.Context, a *app.App, args []string) []doctor.Line {
	if a.Demo || len(a.Tableau) > 0 {
		return nil
	}
	home, _, err := a.Home(args)
	if err != nil || home.Project.Root == "" {
		return nil // reported by checkTargets
	}
	files, problems, err := export.Unreadable(ctx, home.Project.Root, home.Project.ReadFolders(math.MaxInt))
	var lines []doctor.Line
	fail := func(what, fix string) {
		lines = append(lines, doctor.Line{Check: "exposures", Status: doctor.Fail, Text: what, Fix: fix})
	}
	if err != nil {
		fail(err.Error(), "")
	}
	for _, p := range problems {
		fail(strings.TrimSuffix(p.Error(), "; "+p.Fix), p.Fix)
	}
	if len(lines) == 0 && files > 0 {
		what := fmt.Sprintf("dbt can read the %d files that have some", files)
		if files == 1 {
			what = "dbt can read the file that has them"
		}
		lines = append(lines, doctor.Line{Check: "exposures", Status: doctor.OK, Text: what})
	}
	return lines
}

// checkTargets are the files of --tableau, the snapshots of the built-in example,
// or the sites of darkroom.yml.
func checkTargets(ctx context.Context, a *app.App, args []string) ([]doctor.Target, error) {
	var out []doctor.Target
	for _, file := range a.Tableau {
		out = append(out, doctor.Target{Name: file, Snapshot: file, Now: time.Now()})
	}
	if len(out) > 0 {
		return out, nil
	}
	conf, sites, err := a.Configured(args)
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		t, err := checkTarget(ctx, a, conf, s)
		if err != nil {
			return nil, err
		}
		if a.Demo {
			t.Now = time.Time{} // an example does not grow old
		}
		out = append(out, t)
	}
	return out, nil
}

// checkTarget asks for your word where a site's server needs it; an error is one of
// asking.
func checkTarget(ctx context.Context, a *app.App, conf *config.Config, s config.Site) (doctor.Target, error) {
	t := doctor.Target{
		Name: s.Name, Server: s.Server != "", Snapshot: conf.Path(s.Snapshot), Now: time.Now(),
		Public: syncjob.PublicServer(s),
	}
	if !t.Server {
		return t, nil
	}
	t.File = syncjob.File(conf, s)
	t.Collections.Scope, t.Collections.Rules = conf.ChooseByCollections()
	t.API = api.Config{Site: s.Site, WaitMax: 5 * time.Second, Timeout: time.Minute} // you are waiting
	t.API.Server, t.Refused = a.Trust(true).Server(ctx, conf, s)
	if t.Refused == nil {
		t.API.Credentials, t.From, t.Missing = a.Secret(s, t.API.Server)
	}
	return t, syncjob.StoppedBy(t.Refused)
}
