//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// What is measured of darkroom on a manifest alone.
const (
	darkroomLoads = "darkroom `list rules`"
	darkroomLists = "darkroom `list models --output json`"
)

// loader measures reading a manifest alone, against other programs that read the same.
func (b *bench) loader(ctx context.Context, megabytes []int) error {
	for _, size := range megabytes {
		const ofGenerator = 4 // times the manifest
		if why := b.room(ctx, int64(size)*12<<20/10, ofGenerator*int64(size)<<20); why != "" {
			b.leave(manifestOf(size), why)
			continue
		}
		if err := b.loading(ctx, size); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) loading(ctx context.Context, megabytes int) error {
	dir, err := b.manifest(ctx, megabytes)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	fmt.Fprintf(b.out, "## A manifest of %d MB alone\n\n", megabytes)
	all := []process{
		{name: darkroomLoads, dir: dir, args: []string{b.program, "list", "rules", "."}},
		{name: darkroomLists, dir: dir, args: []string{b.program, "list", "models", "--output", "json", "."}},
	}
	others, err := b.compare(ctx, dir, megabytes)
	if err != nil {
		return err
	}
	all = append(all, others...)
	costs, err := b.inTurn(ctx, all)
	if err != nil {
		return err
	}
	b.table("", all, costs)
	b.seen.note(manifestOf(megabytes), all, costs)
	memory, err := b.probe(ctx, nil, "measure-manifest", dir)
	b.seen.values[at{manifestOf(megabytes), manifestMemoryRow}] = float64(memory)
	return err
}

// manifest makes a manifest of so many megabytes, and gives its project's folder.
func (b *bench) manifest(ctx context.Context, megabytes int) (dir string, err error) {
	dir = filepath.Join(b.dir, fmt.Sprint(megabytes, "MB"))
	return dir, b.own(ctx, "make-manifest", dir, megabytes)
}

// listWithStandardLibrary prints a manifest's models.
func listWithStandardLibrary(args []string, out io.Writer) error {
	data, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	type node struct {
		UniqueID     string         `json:"unique_id"`
		Name         string         `json:"name"`
		ResourceType string         `json:"resource_type"`
		Package      string         `json:"package_name"`
		Path         string         `json:"original_file_path"`
		Database     *string        `json:"database"`
		Schema       string         `json:"schema"`
		Alias        string         `json:"alias"`
		Identifier   string         `json:"identifier"`
		RelationName *string        `json:"relation_name"`
		Description  string         `json:"description"`
		Tags         []string       `json:"tags"`
		FQN          []string       `json:"fqn"`
		Config       map[string]any `json:"config"`
		DependsOn    struct {
			Nodes []string `json:"nodes"`
		} `json:"depends_on"`
	}
	var manifest struct {
		Nodes, Sources, Exposures map[string]node
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		return err
	}
	for _, n := range manifest.Nodes {
		if n.ResourceType != "model" {
			continue
		}
		fmt.Fprintln(out, n.UniqueID)
	}
	return nil
}
