//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/examples/bench/printed"
)

// peer is another program that finds the models of a manifest.
type peer struct {
	name string
	// args are its command on the manifest of a folder; without any it is not installed.
	args   func(ctx context.Context, b *bench, dir string) []string
	prints string // how it prints models, see printed.As
	// memory is what it needs, in times the manifest.
	memory int64
	// ahead: to list models is to take less time than this one does.
	ahead bool
}

// The peers that goals name.
const (
	standardLibrary = "encoding/json into structs"
	simdjsonLoads   = "simdjson, load()"
	simdjsonMaps    = "simdjson, mapped"
)

//go:embed simdjson.cpp.txt
var simdjson string

// peers are all that are compared, installed or not.
var peers = []peer{
	{standardLibrary, func(_ context.Context, b *bench, dir string) []string {
		return []string{b.self, "read-with-standard-library", manifestIn(dir)}
	}, "lines", 3, false},
	{simdjsonLoads, compiledWith("load"), "lines", 2, false},
	{simdjsonMaps, compiledWith("map"), "lines", 2, false},
	{"msgspec", python("msgspec", `import msgspec, sys
class Node(msgspec.Struct):
    unique_id: str
    resource_type: str
class Manifest(msgspec.Struct):
    nodes: dict[str, Node]
with open(sys.argv[1], "rb") as f:
    manifest = msgspec.json.decode(f.read(), type=Manifest)
for node in manifest.nodes.values():
    if node.resource_type == "model":
        print(node.unique_id)`), "lines", 2, true},
	{"Python's json", python("json", `import json, sys
for node in json.load(open(sys.argv[1]))["nodes"].values():
    if node["resource_type"] == "model":
        print(node["unique_id"])`), "lines", 5, true},
	{"jq", installed("jq", "-r", `.nodes[] | select(.resource_type == "model") | .unique_id`, manifestFile), "lines", 8, true},
	{"DuckDB", python("duckdb", `import duckdb, sys
duckdb.sql("set enable_progress_bar = false")
query = """select n.unique_id from (select unnest(map_values(nodes)) as n from read_json(?,
    columns={nodes: 'MAP(VARCHAR, STRUCT(unique_id VARCHAR, resource_type VARCHAR))'}, maximum_object_size=2000000000))
    where n.resource_type = 'model'"""
for row in duckdb.sql(query, params=[sys.argv[1]]).fetchall():
    print(row[0])`), "lines", 26, true},
	{"dlin", installed("dlin", "list", "--source", "manifest", "--node-type", "model", "--output", "json", "--no-cache", "--quiet", "--manifest-path", manifestFile), "objects", 3, true},
	{"dbt-lineage", installed("dbt-lineage", "--manifest", manifestFile, "--output", "json"), "graph", 8, true},
}

// manifestFile is where an argument names the manifest.
const manifestFile = "target/manifest.json"

// installed is a program on the path.
func installed(program string, args ...string) func(context.Context, *bench, string) []string {
	return func(context.Context, *bench, string) []string {
		path, err := exec.LookPath(program)
		if err != nil {
			return nil
		}
		return append([]string{path}, args...)
	}
}

// python is a script that needs a module.
func python(module, script string) func(context.Context, *bench, string) []string {
	return func(ctx context.Context, _ *bench, _ string) []string {
		path, err := exec.LookPath("python3")
		if err != nil || exec.CommandContext(ctx, path, "-c", "import "+module).Run() != nil {
			return nil
		}
		return []string{path, "-c", script, manifestFile}
	}
}

// compiledWith is the C++ program with a way to read the file.
func compiledWith(way string) func(context.Context, *bench, string) []string {
	return func(ctx context.Context, b *bench, dir string) []string {
		if program := b.compiled(ctx, simdjson); program != "" {
			return []string{program, manifestIn(dir), way}
		}
		return nil
	}
}

// compiled is a C++ program, "" where there is no compiler or library for it.
func (b *bench) compiled(ctx context.Context, source string) string {
	file, program := filepath.Join(b.dir, "peer.cpp"), filepath.Join(b.dir, "peer")
	if _, err := os.Stat(program); err == nil {
		return program
	}
	compiler := os.Getenv("CXX")
	if compiler == "" {
		compiler = "c++"
	}
	flags := strings.Fields(os.Getenv("CXXFLAGS"))
	args := slices.Concat([]string{"-O3", "-march=native", "-std=c++17", "-o", program, file}, flags, []string{"-lsimdjson"}, strings.Fields(os.Getenv("LDFLAGS")))
	if os.WriteFile(file, []byte(source), 0o600) != nil || exec.CommandContext(ctx, compiler, args...).Run() != nil {
		return ""
	}
	return program
}

// compare runs each peer once: those that are not installed are named, and those that are
// must find the models that darkroom finds.
func (b *bench) compare(ctx context.Context, dir string, megabytes int) ([]process, error) {
	ours := process{name: "darkroom", dir: dir, args: []string{b.program, "list", "models", "--output", "json", "."}}
	want, err := b.found(ctx, "objects", ours)
	if err != nil {
		return nil, err
	}
	byName, err := b.found(ctx, "names", ours)
	if err != nil {
		return nil, err
	}
	var found []process
	var skipped []string
	for _, p := range peers {
		args := p.args(ctx, b, dir)
		if len(args) == 0 {
			skipped = append(skipped, p.name)
			continue
		}
		if why := b.room(ctx, 0, p.memory*int64(megabytes)<<20); why != "" {
			b.leave(p.name+" on "+manifestOf(megabytes), why)
			continue
		}
		one := process{name: p.name, dir: dir, args: args}
		got, err := b.found(ctx, p.prints, one)
		if err != nil {
			return nil, err
		}
		same := want
		if p.prints == "graph" {
			same = byName
		}
		if got != same {
			return nil, fmt.Errorf("%s finds the models %s and darkroom %s: they do not read the same", p.name, got, same)
		}
		found = append(found, one)
	}
	count, _, _ := strings.Cut(want, " ")
	fmt.Fprintf(b.out, "%s models, the same for all.", count)
	if len(skipped) > 0 {
		fmt.Fprintf(b.out, " Not installed: %s.", strings.Join(skipped, ", "))
	}
	fmt.Fprint(b.out, "\n\n")
	return found, nil
}

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
	text, err := exec.CommandContext(context.Background(), args[1], args[2:]...).Output()
	if err != nil {
		if failed, ok := errors.AsType[*exec.ExitError](err); ok {
			return fmt.Errorf("%w\n%s", err, failed.Stderr)
		}
		return err
	}
	ids := printed.As[args[0]](text)
	slices.Sort(ids)
	fmt.Fprintf(out, "%d %x", len(ids), sha256.Sum256([]byte(strings.Join(ids, "\n"))))
	return nil
}
