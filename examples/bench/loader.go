//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// peers read a manifest in other ways and print the relations of its models; those that are not installed are left out.
var peers = []struct {
	name, program string
	args          []string
}{
	{"jq", "jq", []string{"-r", `.nodes | to_entries[] | select(.value.resource_type == "model") | .value.relation_name`}},
	{"Python's json", "python3", []string{"-c", `import json, sys
for node in json.load(open(sys.argv[1]))["nodes"].values():
    if node["resource_type"] == "model":
        print(node["relation_name"] or "null")`}},
}

// loader measures reading a manifest alone, against encoding/json into structs of the
// same fields.
func (b *bench) loader(ctx context.Context, megabytes []int) error {
	for _, size := range megabytes {
		dir := filepath.Join(b.dir, fmt.Sprint(size, "MB"))
		err := b.own(ctx, "make-manifest", dir, size)
		if err != nil {
			return err
		}
		file := manifestIn(dir)
		all := []process{
			{name: "darkroom `list rules`", dir: dir, args: []string{b.program, "list", "rules", "."}},
			{name: "darkroom `list models --output json`", dir: dir, args: []string{b.program, "list", "models", "--output", "json", "."}},
			{name: "encoding/json into structs", dir: dir, args: []string{b.self, "read-with-standard-library", file}},
		}
		for _, peer := range peers {
			if program, err := exec.LookPath(peer.program); err == nil {
				all = append(all, process{name: peer.name, dir: dir, args: append(append([]string{program}, peer.args...), file)})
			}
		}
		costs, err := b.inTurn(ctx, all)
		if err != nil {
			return err
		}
		if err := sameOutput(all[2:], costs[2:]); err != nil {
			return err
		}
		b.table(fmt.Sprintf("A manifest of %d MB alone", size), all, costs)
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// sameOutput compares how much peers print: all print the same.
func sameOutput(all []process, costs []cost) error {
	for i, c := range costs {
		if c.output != costs[0].output {
			return fmt.Errorf("%s prints %d bytes and %s %d: they do not read the same", all[0].name, costs[0].output, all[i].name, c.output)
		}
	}
	return nil
}

// listWithStandardLibrary prints the relations of a manifest's models.
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
		name := "null"
		if n.RelationName != nil {
			name = *n.RelationName
		}
		fmt.Fprintln(out, name)
	}
	return nil
}
