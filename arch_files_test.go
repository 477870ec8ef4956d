package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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

// Regular expressions are compiled when they are first used (package pattern): all commands
// would wait for those of all others. Here each of them is compiled.
func TestPatternsAreCompiledLate(t *testing.T) {
	t.Parallel()
	calls := func(n ast.Node, pkg, name string) []ast.Expr {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return nil
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != name {
			return nil
		}
		if of, ok := sel.X.(*ast.Ident); !ok || of.Name != pkg {
			return nil
		}
		return call.Args
	}
	seen := 0
	for _, dir := range []string{"model", "sources", "ui"} {
		for path := range imports(t, dir) {
			if strings.HasSuffix(filepath.Dir(path), "test") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				gen, ok := decl.(*ast.GenDecl)
				if !ok {
					continue
				}
				ast.Inspect(gen, func(n ast.Node) bool {
					if calls(n, "regexp", "MustCompile") != nil {
						t.Errorf("%s compiles a regular expression at the start: use package pattern", path)
					}
					if args := calls(n, "pattern", "Of"); args != nil {
						seen++
						if lit, ok := args[0].(*ast.BasicLit); ok {
							if text, err := strconv.Unquote(lit.Value); err != nil {
								t.Error(err)
							} else if _, err := regexp.Compile(text); err != nil {
								t.Errorf("%s: %v", path, err)
							}
						}
					}
					return true
				})
			}
		}
	}
	if seen == 0 {
		t.Error("no pattern is found: the test looks for them in the wrong way")
	}
}
