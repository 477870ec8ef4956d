package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Files are written, removed and locked by package disk, which replaces them whole and
// stays inside of the project. The list names what else may, and why.
func TestOnlyDiskWrites(t *testing.T) {
	allowed := map[string]string{
		"sources/disk":             "the way to write",
		"sources/disk/disktest":    "tests",
		"sources/tableau/sitetest": "tests",
		"ui/cli/demo":              "a new folder of its own among the temporary ones",
		"ui/cli/piped":             "a new folder of its own among the temporary ones",
	}
	writes := map[string][]string{
		"os": {
			"Chmod", "Chtimes", "CopyFS", "Create", "CreateTemp", "Link", "Mkdir", "MkdirAll", "MkdirTemp", "OpenFile", "OpenRoot", "Remove",
			"RemoveAll", "Rename", "Symlink", "Truncate", "WriteFile",
		},
		"ioutil": {"TempDir", "TempFile", "WriteFile"},
		"flock":  {"New"},
	}
	found := map[string]bool{}
	for _, dir := range []string{"main.go", "model", "sources", "ui"} {
		for path, imported := range imports(t, dir) {
			here := filepath.ToSlash(filepath.Dir(path))
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			report := func(what string) {
				found[here] = true
				if allowed[here] == "" {
					t.Errorf("%s calls %s: write through package disk", path, what)
				}
			}
			if slices.ContainsFunc(imported, func(s string) bool { return strings.Contains(s, "renameio") }) {
				report("renameio")
			}
			ast.Inspect(file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if of, ok := sel.X.(*ast.Ident); ok && slices.Contains(writes[of.Name], sel.Sel.Name) {
					report(of.Name + "." + sel.Sel.Name)
				}
				return true
			})
		}
	}
	for dir := range allowed {
		if !found[dir] {
			t.Errorf("%s no longer writes files: take it off the list", dir)
		}
	}
}
