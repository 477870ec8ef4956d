//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
)

// found says how many models a process prints, and a hash of their ids. Another process
// reads what it prints, so that this one stays small.
func (b *bench) found(ctx context.Context, prints string, p process) (string, error) {
	cmd := exec.CommandContext(ctx, b.self, append([]string{"count-models", prints}, p.args...)...)
	cmd.Dir = p.dir
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", p.name, err, problems.Bytes())
	}
	return string(out), nil
}

// countModels runs a command and prints how many models it finds, and a hash of their ids:
// how it prints them, its program, its arguments.
func countModels(args []string, out io.Writer) error {
	printed, err := exec.CommandContext(context.Background(), args[1], args[2:]...).Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return fmt.Errorf("%w\n%s", err, failed.Stderr)
		}
		return err
	}
	ids := printedAs[args[0]](printed)
	slices.Sort(ids)
	fmt.Fprintf(out, "%d %x", len(ids), sha256.Sum256([]byte(strings.Join(ids, "\n"))))
	return nil
}

// printedAs are the ways in which models are printed; a graph has their names alone.
var printedAs = map[string]func(output []byte) []string{
	"lines": lines, "objects": objects, "graph": graphNodes,
	"names": func(output []byte) []string { return nameOnly(objects(output)) },
}

func lines(output []byte) []string { return strings.Fields(string(output)) }

// listedNode is a node as darkroom, dlin and dbt-lineage print it.
type listedNode struct {
	UniqueID string `json:"unique_id"`
	Kind     string `json:"kind"`
	NodeType string `json:"node_type"`
}

// objects are the models of a list in JSON.
func objects(output []byte) []string {
	var list []listedNode
	if json.Unmarshal(output, &list) != nil {
		return nil
	}
	return modelsOf(list)
}

// graphNodes are the models of a graph in JSON.
func graphNodes(output []byte) []string {
	var graph struct{ Nodes []listedNode }
	if json.Unmarshal(output, &graph) != nil {
		return nil
	}
	return nameOnly(modelsOf(graph.Nodes))
}

// nameOnly are the names of nodes: dbt-lineage leaves the package out of their ids.
func nameOnly(ids []string) []string {
	for i, id := range ids {
		ids[i] = id[strings.LastIndexByte(id, '.')+1:]
	}
	return ids
}

func modelsOf(list []listedNode) (ids []string) {
	for _, n := range list {
		if n.Kind == "model" || n.NodeType == "model" {
			ids = append(ids, n.UniqueID)
		}
	}
	return ids
}
