package change

import (
	"strings"
	"testing"

	"darkroom/model/selector"
)

// said are the changes of files: "a file; b macros".
func said(packages []Package, in Sources) string {
	var out []string
	set := FromFiles(packages, in)
	for i := range set.Changes {
		out = append(out, set.Changes[i].Name+" "+strings.Join(set.Changes[i].What, ","))
	}
	return strings.Join(out, "; ")
}

func shop() Sources {
	in := Sources{Root: "shop", Foreign: func(name string) bool { return name == "dbt" }, Macros: map[string]selector.Macro{
		"macro.shop.a": {Package: "shop", Path: "macros/ab.sql", Macros: []string{"macro.shop.b"}}, "macro.shop.b": {Package: "shop", Path: "macros/ab.sql", Macros: []string{"macro.shop.a"}},
		"macro.lib.a": {Package: "lib", Path: "macros/a.sql"}, "macro.dbt.run": {Package: "dbt", Path: "macros/run.sql"},
	}}
	for _, n := range []struct{ name, pkg, path, macro string }{
		{"one", "shop", "models/one.sql", "macro.shop.a"}, {"two", "shop", "models/marts/two.sql", "macro.lib.a"}, {"three", "shop", "models/three.sql", "macro.dbt.run"}, {"four", "lib", "models/one.sql", ""},
	} {
		in.Nodes = append(in.Nodes, selector.Node{
			ID: "model." + n.pkg + "." + n.name, Type: "model", Name: n.name, Package: n.pkg, Path: n.path, PatchPath: "models/all.yml", Macros: []string{n.macro},
			FQN: append([]string{n.pkg}, strings.Split(strings.TrimSuffix(strings.TrimPrefix(n.path, "models/"), ".sql"), "/")...),
		})
	}
	return in
}

// Macros that call each other are found from either; of equal names those of the package
// that changed count, and of one that came or went all.
func TestFilesOfMacros(t *testing.T) {
	for want, pkg := range map[string]Package{
		"one macros":             {Name: "shop", Macros: map[string]bool{"b": false}},
		"two macros":             {Name: "lib", Macros: map[string]bool{"a": false}},
		"one macros; two macros": {Name: "shop", Macros: map[string]bool{"a": true}},
		"":                       {Name: "shop", Files: []File{{Path: "macros/new.sql", HasMacros: true, Added: true}}, Macros: map[string]bool{"new": true}},
		"four macros; one macros; three macros; two macros": {Name: "shop", Macros: map[string]bool{"generate_alias_name": true}},
	} {
		if got := said([]Package{pkg}, shop()); got != want {
			t.Errorf("%+v: %q, want %q", pkg, got, want)
		}
	}
}

// A file that cannot be read as YAML is all that it describes; one of another package is
// not this one's.
func TestFilesOfPackages(t *testing.T) {
	for _, c := range []struct {
		want string
		pkg  string
		file File
	}{
		{"four file", "lib", File{Path: "models/one.sql"}},
		{"one file", "shop", File{Path: "models/one.sql"}},
		{"four properties", "lib", File{Path: "models/all.yml", Unreadable: true}},
		{"four dbt_project.yml", "lib", File{Path: "dbt_project.yml", Unreadable: true}},
		{"four packages; two packages", "shop", File{Path: "packages.yml", Added: true, After: map[string]any{"packages": 1}}},
		{"two dbt_project.yml", "shop", File{Path: "dbt_project.yml", Before: map[string]any{}, After: map[string]any{"models": map[string]any{"shop": map[string]any{"marts": map[string]any{"+enabled": true, "+tags": "x"}}}}}},
		{"", "shop", File{Path: "dbt_project.yml", Before: map[string]any{"models": nil}, After: map[string]any{"models": map[string]any{"shop": map[string]any{"+tags": "x"}}}}},
		{"", "shop", File{Path: "selectors.yml"}},
		{"", "shop", File{Path: "README.md"}},
	} {
		if got := said([]Package{{Name: c.pkg, Files: []File{c.file}}}, shop()); got != c.want {
			t.Errorf("%+v: %q, want %q", c.file, got, c.want)
		}
	}
}

// Odd values of YAML are no change, and no end of the program.
func TestFilesOfOddYAML(t *testing.T) {
	odd := []any{nil, "x", 1, true, []any{nil, 1, []any{}}, map[string]any{"name": 1}, []any{map[string]any{"name": nil, "columns": "x", "tables": 1, "versions": []any{1, map[string]any{"v": nil}}, "tests": 1}}}
	for _, a := range odd {
		for _, b := range odd {
			file := func(name string) File {
				return File{Path: name, Before: map[string]any{"models": a, "sources": a}, After: map[string]any{"models": b, "sources": b}}
			}
			if got := said([]Package{{Name: "shop", Files: []File{file("models/all.yml")}}}, shop()); got != "" {
				t.Errorf("%v and %v: %q", a, b, got)
			}
			said([]Package{{Name: "shop", Files: []File{file("dbt_project.yml")}}}, shop())
		}
	}
}
