//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// opening reads both worlds and prints next to nothing: what each command has to do.
const opening = "list rules"

// Opening one of both worlds alone.
const (
	manifestAlone = "the manifest alone"
	siteAlone     = "the site alone"
)

// exportLines are the commands that are about exposures.
var exportLines = []string{"export --all", "export --all --stdout", "export --all --check", "list exposures"}

// commandLines are measured on each project. Everything is included by --all, so that an
// export has as many entries as there are dashboards. The check comes before and after they
// are written: the last of them counts. Each round begins with none.
var commandLines = []string{
	opening,
	"list models",
	"list models --output json",
	"list dashboards --output json",
	"list models --select +table_7",
	"gaps",
	"export --all --stdout",
	"export --all --diff",
	"export --all --check",
	"export --all",
	"export --all --check",
	"list exposures",
}

// projects measures commands and the explorer on projects of every size and shape.
func (b *bench) projects(ctx context.Context, in inputs) error {
	for i, models := range in.models {
		for _, s := range shapes {
			const bytesOfModel, bytesOfDashboard = 3 << 10, 4 << 10
			dashboards := in.dashboards[i]
			if why := b.room(ctx, int64(models*bytesOfModel+dashboards*bytesOfDashboard), 1<<30); why != "" {
				b.leave(fmt.Sprintf("%d models", models), why)
				continue
			}
			if err := b.project(ctx, s, models, dashboards, i == len(in.models)-1); err != nil {
				return err
			}
		}
	}
	return nil
}

// project measures darkroom on one project: its commands, each against opening it, and of
// a deep one the explorer. Some things are only measured on the largest.
func (b *bench) project(ctx context.Context, s shape, models, dashboards int, largest bool) error {
	dir := filepath.Join(b.dir, fmt.Sprint(s.name, "-", models))
	if err := b.own(ctx, "make-project", dir, s.name, models, dashboards); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	input := projectOf(s.name, models)
	title := fmt.Sprintf("%d models, %s, %d dashboards", models, s.name, dashboards)
	if s.name == deep {
		if err := b.explorer(ctx, dir, title, input); err != nil {
			return err
		}
		if largest {
			if err := b.inside(ctx, dir, input); err != nil {
				return err
			}
		}
	}
	var all []process
	for _, line := range commandLines {
		args := append([]string{b.program}, strings.Fields(line)...)
		all = append(all, process{name: "`" + line + "`", dir: dir, args: append(args, "--tableau", "site.json", "."), findings: true, clean: line == opening})
	}
	small := filepath.Join(b.dir, "small")
	if err := b.own(ctx, "make-manifest", small, 1); err != nil {
		return err
	}
	alone := []process{
		{name: manifestAlone, dir: dir, args: []string{b.program, "list", "rules", "."}},
		{name: siteAlone, dir: small, args: []string{b.program, "list", "rules", "--tableau", siteIn(dir), "."}},
	}
	costs, err := b.inTurn(ctx, append(all, alone...))
	if err != nil {
		return err
	}
	b.table(title, append(all, alone...), costs)
	b.seen.note(input, append(all, alone...), costs)
	if s.name == deep && largest {
		return b.interrupted(ctx, input, all)
	}
	return nil
}
