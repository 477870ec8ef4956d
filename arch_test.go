package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"darkroom/model/reason"
)

// imports lists the import paths of every non-test Go file below dir, by file.
func imports(t *testing.T, dir string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		found[path] = nil
		for _, spec := range file.Imports {
			found[path] = append(found[path], strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("no Go files in %s: the test looks in the wrong place", dir)
	}
	return found
}

// Data flows sources → model → ui, and model touches neither disk nor wire nor
// terminal (.github/CONTRIBUTING.md#limits).
func TestImportsPointOneWay(t *testing.T) {
	forbidden := map[string][]string{
		"model": {
			"darkroom/sources", "darkroom/ui", "darkroom/examples", "github.com/charmbracelet", "github.com/tidwall",
			"github.com/goccy", "os", "net", "net/http", "encoding/json", "encoding/xml", "io/fs", "path/filepath", "syscall", "log",
		},
		"sources/disk": {
			"darkroom/model", "darkroom/sources/dbt", "darkroom/sources/tableau", "darkroom/sources/project", "encoding/json", "net/http",
		},
		// config ← decisions ← workspace ← export, none of which fetches.
		"sources/project/config": {
			"darkroom/sources/project/decisions", "darkroom/sources/project/workspace", "darkroom/sources/project/export",
			"darkroom/sources/tableau", "darkroom/model/lineage",
		},
		"sources/project/decisions": {
			"darkroom/sources/project/workspace", "darkroom/sources/project/export", "darkroom/sources/tableau", "darkroom/sources/dbt",
			"darkroom/model/lineage",
		},
		"sources/project/workspace": {
			"darkroom/sources/project/export", "darkroom/model/exposure",
		},
		"sources/project/export": {
			"darkroom/sources/tableau", "darkroom/sources/dbt",
		},
		"sources/project/syncjob": {
			"darkroom/sources/project/workspace", "darkroom/sources/project/export", "darkroom/sources/dbt", "darkroom/model/lineage",
		},
		"sources/tableau": {
			"darkroom/sources/project", "darkroom/sources/dbt",
		},
		// What is fetched, and under which rules, is for syncjob to say.
		"ui":                      {"darkroom/sources/tableau/fetch"},
		"model/exposure/yamledit": {"darkroom"},
		"model/exposure":          {"darkroom/model/exposure/merge", "darkroom/model/curate", "darkroom/model/ledger", "darkroom/model/lineage"},
		"model/warehouse":         {"darkroom"}, // data on its own, which every other room may read
		"sources":                 {"darkroom/ui", "darkroom/examples", "github.com/charmbracelet"},
		"ui/explain":              {"darkroom/sources", "darkroom/ui", "os"},
		"ui/explorer":             {"darkroom/sources", "os", "net", "net/http", "encoding/json"},
		"ui/input":                {"darkroom/model", "darkroom/sources", "os"},
		"ui/scope":                {"darkroom/sources", "os", "net", "net/http", "encoding/json"},
		"ui/tree":                 {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer", "github.com/charmbracelet", "os"},
		"ui/table":                {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer", "github.com/charmbracelet", "os"},
		"ui/theme":                {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer"},
		"ui/text":                 {"darkroom/model", "darkroom/sources", "os"},
	}
	// Parsing YAML text is what yamledit is for: it edits bytes in memory.
	allowed := map[string]string{"model/exposure/yamledit": "github.com/goccy", "sources/disk": "darkroom/model/editdistance"}
	for dir, bad := range forbidden {
		for file, paths := range imports(t, dir) {
			for _, path := range paths {
				if ok := allowed[filepath.ToSlash(filepath.Dir(file))]; ok != "" && strings.HasPrefix(path, ok) {
					continue
				}
				if slices.ContainsFunc(bad, func(b string) bool { return path == b || strings.HasPrefix(path, b+"/") }) {
					t.Errorf("%s imports %s", file, path)
				}
			}
		}
	}
}

// A reason is compared by its constant: a code written out would be a second place
// to change. Codes of one word are left out; they are words of other things, too.
func TestReasonsAreNotSpeltOut(t *testing.T) {
	codes := map[string]bool{}
	for _, c := range reason.All() {
		if code := c.String(); strings.Contains(code, "_") {
			codes[strconv.Quote(code)] = true
		}
	}
	for _, dir := range []string{"model", "sources", "ui"} {
		for path := range imports(t, dir) {
			if filepath.ToSlash(filepath.Dir(path)) == "model/reason" {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && codes[lit.Value] {
					t.Errorf("%s spells the reason %s: use package reason", path, lit.Value)
				}
				return true
			})
		}
	}
}

// A view depends on what all views share, never on the explorer or on another view;
// and of the explorer only its list of views knows which there are.
func TestViewsKnowNeitherTheExplorerNorEachOther(t *testing.T) {
	const explorer, view = "darkroom/ui/explorer", "darkroom/ui/explorer/view"
	bases := []string{view + "/treeview", view + "/tableview"}
	for file, paths := range imports(t, "ui/explorer") {
		in := "darkroom/" + filepath.ToSlash(filepath.Dir(file))
		for _, path := range paths {
			isView := strings.HasPrefix(path, view+"/") && !slices.Contains(bases, path)
			switch {
			case in != explorer && path == explorer:
				t.Errorf("%s imports the explorer", file)
			case isView && (in != explorer || filepath.Base(file) != "views.go"):
				t.Errorf("%s imports the view %s", file, path)
			case strings.HasPrefix(in, view) && strings.HasPrefix(path, explorer+"/overlay"):
				t.Errorf("%s imports %s: views ask for overlays through view.Desk", file, path)
			}
		}
	}
}

// Small files with one concern are a promise to the reader (.github/CONTRIBUTING.md#limits).
func TestFilesStaySmall(t *testing.T) {
	const most = 400
	for _, dir := range []string{"model", "sources", "ui", "examples"} {
		for file := range imports(t, dir) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(data), "\n"); n > most {
				t.Errorf("%s has %d lines, more than %d: give it one concern", file, n, most)
			}
		}
	}
}

// The user fixed the top level of the repository.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	fixed := []string{"main.go", "ui", "model", "sources", "examples", "go.mod", "go.sum", "README.md", "LICENSE"}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "_test.go") || slices.Contains(fixed, name) {
			continue
		}
		if name == "darkroom" || name == "darkroom.exe" { // what go build leaves
			continue
		}
		t.Errorf("%s does not belong at the top level", name)
	}
}

// The rooms of a tower import only rooms that are listed before them; the tower is a
// whole folder, so that a new room has to find its place.
func TestRoomsPointDown(t *testing.T) {
	for tower, rooms := range map[string][]string{
		"sources/dbt": {"jsonwindow", "compact", "artifact", "manifest", "dbttest", "."},
		"sources/tableau": {
			"tool", "sitetest", "document", "snapshot", "answer/schema", "answer/objects", "answer/completeness", "answer", "joinfiles", ".",
			"workbook", "api", "fetch/canonical", "fetch/pages", "fetch/ask", "fetch/plan", "fetch/gathered", "fetch/session",
			"fetch/fetchtest", "fetch/lists", "fetch/details", "fetch/files", "fetch/offline", "fetch/assemble", "fetch",
			"survey", "doctor", "tableautest/sitedata", "tableautest/graphql", "tableautest",
		},
	} {
		level := map[string]int{}
		for i, room := range rooms {
			level[path.Join("darkroom", tower, room)] = i + 1
		}
		for file, paths := range imports(t, tower) {
			here := path.Join("darkroom", filepath.ToSlash(filepath.Dir(file)))
			if level[here] == 0 {
				t.Errorf("%s is in a room without a place among those of %s", file, tower)
			}
			for _, other := range paths {
				if strings.HasPrefix(other+"/", "darkroom/"+tower+"/") && level[other] > level[here] {
					t.Errorf("%s imports %s, which is above it", file, other)
				}
			}
		}
	}
}
