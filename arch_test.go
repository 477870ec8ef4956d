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
		t.Fatalf("there are no Go files in %s: the test looks in the wrong place", dir)
	}
	return found
}

// Data flows sources → model → ui, and model does not use disk, network or terminal
// (.github/CONTRIBUTING.md#limits).
func TestImportsPointOneWay(t *testing.T) {
	forbidden := map[string][]string{
		"model": {
			"darkroom/sources", "darkroom/ui", "darkroom/examples", "github.com/charmbracelet", "github.com/tidwall",
			"github.com/goccy", "go.yaml.in", "os", "net", "net/http", "encoding/json", "encoding/xml", "io/fs", "path/filepath", "syscall", "log",
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
		// The readers of BI tools are known to tools alone.
		"sources/project/tools": {
			"darkroom/sources/project/config", "darkroom/sources/project/decisions", "darkroom/sources/project/workspace",
			"darkroom/sources/project/export", "darkroom/sources/tableau/fetch", "darkroom/sources/dbt", "darkroom/model/lineage",
		},
		"sources/project/workspace": {
			"darkroom/sources/project/export", "darkroom/model/exposure", "darkroom/sources/tableau",
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
		// Only syncjob decides what is fetched, and by which rules.
		"ui":                      {"darkroom/sources/tableau/fetch"},
		"model/exposure/yamledit": {"darkroom"},
		"model/exposure":          {"darkroom/model/exposure/merge", "darkroom/model/curate", "darkroom/model/ledger", "darkroom/model/lineage"},
		"model/selector":          {"darkroom/model/lineage", "darkroom/model/match", "darkroom/model/walk", "darkroom/model/curate", "darkroom/model/exposure"},
		"model/warehouse":         {"darkroom"}, // data on its own, which every other room may read
		"sources":                 {"darkroom/ui", "darkroom/examples", "github.com/charmbracelet"},
		"ui/cli/output":           {"darkroom/model", "darkroom/sources/project", "darkroom/sources/tableau", "os"},
		"ui/cli/records":          {"github.com/spf13", "darkroom/sources/tableau", "darkroom/ui/cli/terminal", "os"},
		"ui/cli/terminal":         {"darkroom"},
		"ui/explain":              {"darkroom/sources", "darkroom/ui", "os"},
		"ui/explorer":             {"darkroom/sources", "os", "net", "net/http", "encoding/json"},
		"ui/input":                {"darkroom/model", "darkroom/sources", "os"},
		"ui/scope":                {"darkroom/sources", "os", "net", "net/http", "encoding/json"},
		"ui/tree":                 {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer", "github.com/charmbracelet", "os"},
		"ui/table":                {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer", "github.com/charmbracelet", "os"},
		"ui/affected":             {"darkroom/sources", "darkroom/ui/explorer", "os"},
		"ui/graph":                {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer", "os"},
		"ui/diagram":              {"darkroom/sources", "darkroom/ui/explorer", "darkroom/ui/cli", "os"},
		"ui/theme":                {"darkroom/model", "darkroom/sources", "darkroom/ui/explorer"},
		"ui/text":                 {"darkroom/model", "darkroom/sources", "os"},
	}
	// Parsing YAML text is what yamltree and dbtyaml are for: the one says where in memory to edit it, the other checks
	// it. The window knows nothing of dbt.
	allowed := map[string]string{
		"model/exposure/yamledit": "darkroom/model/exposure/yamledit", "model/exposure/yamledit/yamltext": "darkroom/model/exposure/yamledit/yamltree",
		"model/exposure/yamledit/yamltree": "github.com/goccy", "model/exposure/dbtyaml": "go.yaml.in",
		"sources/tableau/document": "darkroom/sources/dbt/jsonwindow", "ui/text": "darkroom/model/visible",
	}
	for dir, bad := range forbidden {
		for file, paths := range imports(t, dir) {
			for _, path := range paths {
				if path == "darkroom/model/pattern" { // for every room: it knows nothing of any
					continue
				}
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
// to change. One-word codes are not checked, because they are also ordinary words.
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

// A view depends on what all views share, never on the explorer or on another view.
// In the explorer, only the list of views imports them.
func TestViewsKnowNeitherTheExplorerNorEachOther(t *testing.T) {
	const explorer, view = "darkroom/ui/explorer", "darkroom/ui/explorer/view"
	bases := []string{view + "/treeview", view + "/tableview", view + "/flat"}
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

// Commands share ui/cli/app and know nothing of each other; only the list of commands
// imports their rooms.
func TestRoomsOfCommandsAreApart(t *testing.T) {
	rooms := []string{"about", "ask", "decide", "explore", "operate", "setup", "write"}
	for file, paths := range imports(t, "ui/cli") {
		for _, other := range paths {
			room, ok := strings.CutPrefix(other, "darkroom/ui/cli/")
			if ok && slices.Contains(rooms, room) && filepath.ToSlash(file) != "ui/cli/commands.go" {
				t.Errorf("%s imports %s", file, other)
			}
		}
	}
}

// Files are small and have one concern (.github/CONTRIBUTING.md#limits).
func TestFilesStaySmall(t *testing.T) {
	const most = 350
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

// Assembly has one place, and what the compiler cannot check has none.
func TestNoUnsafeCode(t *testing.T) {
	const assembly = "sources/dbt/jsonwindow/quote"
	for _, dir := range []string{"model", "sources", "ui", "examples"} {
		for file, paths := range imports(t, dir) {
			if slices.Contains(paths, "unsafe") {
				t.Errorf("%s imports unsafe", file)
			}
		}
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if filepath.Ext(path) == ".s" && filepath.ToSlash(filepath.Dir(path)) != assembly {
				t.Errorf("%s is assembly outside of %s", path, assembly)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// The top level of the repository does not change.
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

// In a layered folder, packages import only those that are listed before them. The
// list has all packages of the folder, so a new one must be added to it.
func TestLayersPointDown(t *testing.T) {
	for folder, packages := range map[string][]string{
		"sources/dbt": {"jsonwindow/quote", "jsonwindow", "artifact", "manifest", "nodes", "dbttest", "."},
		"sources/tableau": {
			"tool", "formula", "sitetest", "document", "snapshot", "answer/schema", "answer/objects", "answer/completeness", "answer", "joinfiles", ".",
			"workbook", "workbooktest", "api/redact", "api", "fetch/canonical", "fetch/pages", "fetch/ask", "fetch/plan", "fetch/gathered", "fetch/session",
			"fetch/fetchtest", "fetch/lists", "fetch/details", "fetch/files", "fetch/offline", "fetch/assemble", "fetch",
			"survey", "doctor", "tableautest/sitedata", "tableautest/graphql", "tableautest/element", "tableautest/site",
			"tableautest/bigsite", "tableautest",
		},
	} {
		level := map[string]int{}
		for i, name := range packages {
			level[path.Join("darkroom", folder, name)] = i + 1
		}
		for file, paths := range imports(t, folder) {
			here := path.Join("darkroom", filepath.ToSlash(filepath.Dir(file)))
			if level[here] == 0 {
				t.Errorf("%s is in a package that the layers of %s do not list", file, folder)
			}
			for _, other := range paths {
				if strings.HasPrefix(other+"/", "darkroom/"+folder+"/") && level[other] > level[here] {
					t.Errorf("%s imports %s, which is above it", file, other)
				}
			}
		}
	}
}

// The name of a BI tool is in the tool's value, not in sentences. The files listed are
// about Tableau alone, or still name it although they are about any tool.
func TestToolIsNotSpeltOut(t *testing.T) {
	allowed := map[string]string{
		"model/exposure/exposuretest/fixtures.go":        "the tool of fixtures",
		"model/exposure/merge/last_export.go":            "comments in a file that people have",
		"sources/project/decisions/file.go":              "comments in a file that people have",
		"sources/project/config/address.go":              "darkroom init is for Tableau",
		"sources/project/syncjob/run.go":                 "darkroom sync is for Tableau",
		"sources/project/workspace/open.go":              "the flag --tableau",
		"sources/project/workspace/notes_collections.go": "collections are Tableau's",
		"ui/cli/backend/sync.go":                         "darkroom sync is for Tableau",
		"ui/cli/setup/init_write.go":                     "darkroom init is for Tableau",
		"ui/cli/setup/init.go":                           "darkroom init is for Tableau",
		"ui/cli/setup/sync.go":                           "darkroom sync is for Tableau",
		"ui/cli/operate/refresh.go":                      "darkroom refresh is for Tableau",
		"ui/cli/setup/doctor.go":                         "darkroom doctor is for Tableau",
		"ui/cli/app/app.go":                              "the flag --tableau",
		"ui/cli/explore/explore.go":                      "what darkroom reads",
		"ui/explorer/view/host.go":                       "the flag --tableau",
	}
	named := map[string]bool{}
	for _, dir := range []string{"model", "ui", "sources/project", "sources/dbt", "sources/disk", "sources/secrets"} {
		for path := range imports(t, dir) {
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.Contains(lit.Value, "Tableau") {
					here := filepath.ToSlash(path)
					named[here] = true
					if allowed[here] == "" {
						t.Errorf("%s names Tableau: %s", here, lit.Value)
					}
				}
				return true
			})
		}
	}
	for path := range allowed {
		if !named[path] {
			t.Errorf("%s no longer names Tableau: take it off the list", path)
		}
	}
}
