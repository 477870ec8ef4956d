package cli

import (
	"context"
	"fmt"
	"io"
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
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/text"
)

func (a *app) doctorCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:   "doctor [DIR] [SITE…]",
		Short: "Check what works with Tableau and dbt, what does not, and what to do",
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "table" && format != "json" {
				return usage("--output %q is not known; use table or json", format)
			}
			return a.doctor(cmd.Context(), args, format)
		},
	}
	cmd.Flags().StringVar(&format, "output", "table", "`FORMAT`: table or json")
	return cmd
}

// doctor looks at the sites one after another and ends with 1 when something is
// in the way of a sync. Text is printed line by line: a server that
// struggles takes its time.
func (a *app) doctor(ctx context.Context, args []string, format string) error {
	targets, err := a.checkTargets(ctx, args)
	if err != nil {
		return err
	}
	print := &doctorPrinter{w: a.out, width: terminal.Width(a.out), many: len(targets) > 1}
	lines, err := a.manifestLines(ctx, projectFolder(args))
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
			return &codedError{exitFailure, ctx.Err()}
		}
	}
	for _, l := range a.exposureLines(ctx, args) {
		lines = append(lines, l)
		if format == "table" {
			print.line(l)
		}
	}
	if format == "json" {
		err = output.JSON(a.out, lines)
	} else {
		err = print.err
	}
	if err == nil && slices.ContainsFunc(lines, func(l doctor.Line) bool { return l.Status == doctor.Fail }) {
		return findings
	}
	return err
}

// exposureLines say whether dbt can read the exposures files of the project; none
// where there are no files, or no project.
func (a *app) exposureLines(ctx context.Context, args []string) []doctor.Line {
	if a.demo || len(a.tableau) > 0 {
		return nil
	}
	home, _, err := a.home(args)
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
func (a *app) checkTargets(ctx context.Context, args []string) ([]doctor.Target, error) {
	var out []doctor.Target
	for _, file := range a.tableau {
		out = append(out, doctor.Target{Name: file, Snapshot: file, Now: time.Now()})
	}
	if len(out) > 0 {
		return out, nil
	}
	conf, sites, err := a.configured(args)
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		t, err := a.checkTarget(ctx, conf, s)
		if err != nil {
			return nil, err
		}
		if a.demo {
			t.Now = time.Time{} // an example does not grow old
		}
		out = append(out, t)
	}
	return out, nil
}

// checkTarget asks for your word where a site's server needs it; an error is one of
// asking.
func (a *app) checkTarget(ctx context.Context, conf *config.Config, s config.Site) (doctor.Target, error) {
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
	t.API.Server, t.Refused = a.trust(true).Server(ctx, conf, s)
	if t.Refused == nil {
		t.API.Credentials, t.From, t.Missing = a.find(s, t.API.Server)
	}
	return t, syncjob.StoppedBy(t.Refused)
}

// doctorPrinter prints lines in columns. width is the terminal's: texts are
// wrapped under themselves; 0 is none, where a line stays a line.
type doctorPrinter struct {
	w     io.Writer
	width int
	many  bool // sites
	site  string
	err   error
}

// narrow is below which a column for the name of the check costs too much.
const narrow = 60

func (p *doctorPrinter) line(l doctor.Line) {
	var b strings.Builder
	if p.many && l.Site != p.site && l.Site != "" {
		b.WriteString(text.Clean(l.Site) + "\n")
	}
	p.site = l.Site
	head, indent := fmt.Sprintf("%-4s  %-11s  ", l.Status, l.Check), 19
	if p.width > 0 && p.width < narrow {
		head, indent = fmt.Sprintf("%-4s  %s: ", l.Status, l.Check), 6
	}
	p.wrap(&b, head, indent, text.Clean(l.Text))
	if l.Fix != "" {
		arrow := "→ "
		if !terminal.UTF8() {
			arrow = "-> "
		}
		p.wrap(&b, text.Spaces(indent)+arrow, indent+text.Width(arrow), text.Clean(l.Fix))
	}
	if _, err := io.WriteString(p.w, b.String()); err != nil {
		p.err = err
	}
}

// wrap writes what fits after head, and the rest below it, indented.
func (p *doctorPrinter) wrap(b *strings.Builder, head string, indent int, s string) {
	if p.width == 0 {
		b.WriteString(head + s + "\n")
		return
	}
	room, over := max(10, p.width-indent), text.Width(head)-indent
	beside := ""
	if over >= room {
		b.WriteString(strings.TrimRight(head, " ") + "\n")
		head = text.Spaces(indent)
	} else if over > 0 { // a word in the head's place, to be cut off again
		beside = strings.Repeat("x", over-1)
		s = beside + " " + s
	}
	for _, l := range text.Wrap(s, room) {
		l = strings.TrimSpace(strings.TrimPrefix(l, beside))
		b.WriteString(strings.TrimRight(head+l, " ") + "\n")
		head, beside = text.Spaces(indent), ""
	}
}
