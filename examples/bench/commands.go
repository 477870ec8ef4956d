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

// commandLines are measured on each project. Everything is included by --all, so that an
// export has as many entries as there are dashboards.
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

// commands measures darkroom's commands on one project, each against opening it.
func (b *bench) commands(ctx context.Context, s shape, models, dashboards int) error {
	dir := filepath.Join(b.dir, fmt.Sprint(s.name, "-", models))
	if err := b.own(ctx, "make-project", dir, s.name, models, dashboards); err != nil {
		return err
	}
	var all []process
	for _, line := range commandLines {
		args := append([]string{b.program}, strings.Fields(line)...)
		all = append(all, process{name: "`" + line + "`", dir: dir, args: append(args, "--tableau", "site.json", "."), findings: true})
	}
	title := fmt.Sprintf("%d models, %s, %d dashboards", models, s.name, dashboards)
	if err := b.explorer(ctx, dir, title); err != nil {
		return err
	}
	costs, err := b.inTurn(ctx, all)
	if err != nil {
		return err
	}
	b.table(title, all, costs)
	return os.RemoveAll(dir)
}
