// Package printed reads what is printed: models, by darkroom and the programs that it is
// compared with, and the numbers of /proc.
package printed

import (
	"encoding/json"
	"strconv"
	"strings"
)

// As are the ways in which models are printed; a graph has their names alone.
var As = map[string]func(output []byte) []string{
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

// Kilobytes is the number of a line of /proc, in bytes.
func Kilobytes(text, name string) (int64, bool) {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kilobytes << 10, err == nil
		}
	}
	return 0, false
}
