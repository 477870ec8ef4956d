package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darkroom/model/growth"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
)

// Words of a line that are replaced: the LUID of the project's last dashboard, the LUIDs
// of all, the model that the last one reads, and the exposure that it is exported as.
const (
	lastDashboard = "LAST"
	allDashboards = "ALL"
	lastModel     = "MODEL"
	lastExposure  = "NAME"
	address       = "URL" // of the site of a project that is served
)

// grownLines are command lines for each command, by its path below darkroom. Before a
// colon is what happened to the project: all is exported, or has other titles since.
func grownLines() map[string][]string {
	return map[string][]string{
		"": {"."},
		"export": {
			"export --all", "export --all --diff", "export --all --stdout", "export --check",
			"exported: export", "exported: export --check", "exported: export --check --output markdown", "exported: export --stdout",
			"renamed: export --check", "renamed: export --diff", "renamed: export",
		},
		"decide": {"decide include ALL", "decide exclude --select m00000+ --why many --output json", "exported: decide undecide ALL"},
		"pin":    {"pin shop.marts.MODEL m00001"},
		"map":    {"map shop shop"},
		"ignore": {"ignore shop.marts.MODEL"},
		"adopt":  {"adopt", "adopt --all", "adopt --all --diff"},
		"rename": {"exported: rename NAME other"},
		"list": {
			"list models", "list models --select +m00190+", "list models --sort dashboards:desc --output json", "list models --unused",
			"list dashboards", "list dashboards --sort views:desc --output csv",
			"list exposures", "exported: list exposures", "exported: list exposures --select state:written --output json",
			"list gaps", "list advice", "list inbox", "list inbox --mark-reviewed", "list rules", "list columns MODEL",
		},
		"explain":    {"explain LAST"},
		"lineage":    {"lineage model.shop.m00000", "lineage model.shop.m00000 --output mermaid", "lineage --select m00000+ --collapse --output json"},
		"impact":     {"impact --select m00000+1", "impact --state before --output json"},
		"gaps":       {"gaps", "gaps --output json"},
		"health":     {"health", "exported: health --output json", "health --of models --of sources", "health --tile tiles"},
		"refresh":    {"served: refresh --dry-run", "served: refresh"},
		"completion": {"completion --help"},
		"init":       {"served: init --url URL"},
		"sync":       {"sync --diff tower.json tower.json", "sync --fail-if-older 1000d", "served: sync"},
		"schema":     {"schema darkroom.yml"},
		"man":        {"man pages"},
		"doctor":     {"served: doctor"},
		"trust":      {"trust"},
		"version":    {"version"},
	}
}

// What a command does grows with the size of the project, not with the square of it.
func TestCommandsGrowWithTheProject(t *testing.T) {
	all := grownLines()
	for _, word := range wordsOfCommands() {
		own := all[word[0]]
		if !slices.ContainsFunc(own, func(line string) bool { return strings.Contains(line+" ", strings.Join(word, " ")+" ") }) {
			t.Errorf("no line here for darkroom %s", strings.Join(word, " "))
		}
	}
	templates := t.TempDir()
	for i, s := range shapes() {
		if i > 0 && testing.Short() {
			break
		}
		for command, lines := range all {
			if i > 0 && slices.Contains(unaware(), command) {
				continue
			}
			for _, line := range lines {
				if i > 0 && strings.HasPrefix(line, "served") {
					continue // the server grows, too
				}
				t.Run(s.name+", "+line, func(t *testing.T) { commandGrows(t, s, line, templates) })
			}
		}
	}
}

// unaware are the commands that know nothing of the project.
func unaware() []string { return []string{"completion", "schema", "man", "trust", "version"} }

// wordsOfCommands are the commands, each with the words of which its first argument is one.
func wordsOfCommands() (words [][]string) {
	for _, cmd := range tree(&app.App{}).Commands() {
		words = append(words, []string{cmd.Name()})
		for _, arg := range cmd.ValidArgs {
			words = append(words, []string{cmd.Name(), arg})
		}
	}
	return words
}

// commandGrows runs a line in projects that templates has copies of.
func commandGrows(t *testing.T, s shape, line string, templates string) {
	growth.Check(t, s.size, func(n int) growth.Run {
		before, line, ok := strings.Cut(line, ": ")
		if !ok {
			before, line = "", before
		}
		template := filepath.Join(templates, fmt.Sprint(s.name, n, before))
		if _, err := os.Stat(template); err != nil {
			disktest.Must(t, os.CopyFS(template, os.DirFS(s.before(t, before, n))))
		}
		dir := t.TempDir()
		disktest.Must(t, os.CopyFS(dir, os.DirFS(template)))
		args := s.words(line, n)
		if before == "served" {
			args = serve(t, dir, args)
		}
		return func() int {
			atHome(t, dir, args...)
			return 0
		}
	})
}

// before is a project to which something has happened.
func (s shape) before(t *testing.T, what string, n int) string {
	dir := t.TempDir()
	s.project(t, dir, n)
	if what == "exported" || what == "renamed" {
		atHome(t, dir, "export", "--all")
	}
	if what == "renamed" {
		renameAll(t, dir)
	}
	return dir
}

// words are those of a line in a project with n models.
func (s shape) words(line string, n int) []string {
	var all []string
	for i := n - n/4; i < n; i++ {
		all = append(all, dashboardLUID(i))
	}
	return strings.Fields(strings.NewReplacer(lastDashboard, dashboardLUID(n-1), lastModel, modelName(n-1), lastExposure, s.exposure(n-1), allDashboards, strings.Join(all, " ")).Replace(line))
}

// serve starts a server with the first site of a project, and gives args its address.
func serve(t *testing.T, dir string, args []string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "tower.json"))
	disktest.Must(t, err)
	s := listen(t, tableautest.Options{Snapshots: [][]byte{data}})
	yml := "sites: [{name: tower, server: " + s.url + ", site: tower, snapshot: fetched.json.gz, public_url: \"https://tower.example.com\"}]\n"
	disktest.Must(t, os.WriteFile(filepath.Join(dir, "darkroom.yml"), []byte(yml), 0o600))
	t.Setenv("TABLEAU_TOKEN_NAME", tableautest.DefaultPATName)
	t.Setenv("TABLEAU_TOKEN_SECRET", tableautest.DefaultPATSecret)
	trustConfig(t, dir)
	if args[0] == "refresh" || args[0] == "doctor" {
		atHome(t, dir, "sync")
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], address, pageOf(s.url, "tower"))
	}
	return args
}

// renameAll gives all dashboards other titles.
func renameAll(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "tower.json")
	text, err := os.ReadFile(file)
	disktest.Must(t, err)
	disktest.Must(t, os.WriteFile(file, bytes.ReplaceAll(text, []byte(`"On `), []byte(`"About `)), 0o600))
}

// atHome runs a command in a folder.
func atHome(t *testing.T, dir string, args ...string) {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	if code := Main(args, strings.NewReader(""), &out, &errs); code > app.ExitFindings {
		t.Fatalf("%v ends with %d\n%s", args, code, errs.String())
	}
}
