package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"darkroom/model/exposure/exposuretest"
	"darkroom/model/pattern"
	"darkroom/ui/cli/app"
)

// TestRandomExports takes random projects through the commands: hand edits of every
// kind, changed dashboards and layouts. Nothing is lost, dbt reads every file, a second
// export changes no byte, and --check says before an export whether it changes
// something, and after it that nothing is left to do but what was asked. How many
// projects: DARKROOM_EXPORT_PROJECTS.
func TestRandomExports(t *testing.T) {
	projects := 5
	if testing.Short() {
		projects = 2
	}
	if n, err := strconv.Atoi(os.Getenv("DARKROOM_EXPORT_PROJECTS")); err == nil {
		projects = n
	}
	used := map[string]int{}
	for seed := range projects {
		ok := t.Run(fmt.Sprint(seed), func(t *testing.T) {
			p := newRandomExport(t, uint64(seed), used)
			for range 3 {
				p.tableau()
				p.byHand()
				p.export()
			}
			p.takeAll()
		})
		if !ok {
			t.Errorf("seed %d", seed)
		}
	}
	t.Logf("%d projects: %v", projects, used)
}

// randomExport is one project on disk.
type randomExport struct {
	t      *testing.T
	r      *rand.Rand
	dir    string
	boards []map[string]any // workbooks of one dashboard
	absent map[int]bool
	layout string
	hand   exposuretest.Editor
	marks  []string
}

func newRandomExport(t *testing.T, seed uint64, used map[string]int) *randomExport {
	p := &randomExport{t: t, r: rand.New(rand.NewPCG(seed, 77)), dir: t.TempDir(), absent: map[int]bool{}}
	if err := os.CopyFS(p.dir, os.DirFS("testdata/reports/anchor-removed")); err != nil {
		t.Fatal(err)
	}
	p.hand.R, p.hand.Used = p.r, used
	for i := range 3 + p.r.IntN(3) {
		p.boards = append(p.boards, board(i))
	}
	p.write("tableau.json", p.snapshot())
	p.run(app.ExitOK, "export", "--all")
	return p
}

// board is a workbook of one dashboard that reads one model.
func board(i int) map[string]any {
	id := func(kind int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012d", i*7919+1, kind) }
	return map[string]any{
		"id": id(1), "luid": id(2), "name": fmt.Sprintf("Book %c", 'A'+i%26), "projectName": "Sales",
		"owner": map[string]any{"name": "Ann", "email": "ann@example.com"}, "tags": []any{},
		"dashboards": []any{map[string]any{
			"id": id(3), "luid": id(4), "name": fmt.Sprintf("Board %c", 'A'+i%26), "path": fmt.Sprintf("Book%d/Board", i),
			"tags": []any{map[string]any{"name": "hot"}}, "sheets": []any{map[string]any{"id": id(5), "name": "s"}},
		}},
		"sheets": []any{map[string]any{"id": id(5), "name": "s", "parentEmbeddedDatasources": []any{map[string]any{"id": id(6)}}}},
		"embeddedDatasources": []any{map[string]any{
			"id": id(6), "name": "e", "parentPublishedDatasources": []any{}, "upstreamTables": []any{table("FCT_ORDERS")},
		}},
	}
}

func table(name string) map[string]any {
	return map[string]any{
		"id": "a2e6fe36-affa-842c-354f-" + fmt.Sprintf("%012d", len(name)), "name": name, "schema": "MARTS", "fullName": "[MARTS].[" + name + "]",
		"connectionType": "snowflake", "database": map[string]any{"name": "PROD", "connectionType": "snowflake"},
	}
}

func (p *randomExport) snapshot() string {
	var here []any
	for i, b := range p.boards {
		if !p.absent[i] {
			here = append(here, b)
		}
	}
	text, err := json.Marshal(map[string]any{"data": map[string]any{"workbooks": here}})
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// tableau changes dashboards, and sometimes where their entries go.
func (p *randomExport) tableau() {
	for range p.r.IntN(4) {
		i := p.r.IntN(len(p.boards))
		b := p.boards[i]
		view := b["dashboards"].([]any)[0].(map[string]any)
		switch p.r.IntN(8) {
		case 0, 1:
			view["name"] = fmt.Sprintf("Title %d: \"best\"", p.r.IntN(100))
		case 2:
			view["tags"] = []any{}
		case 3:
			view["tags"] = []any{map[string]any{"name": "cold"}, map[string]any{"name": "hot"}}
		case 4:
			b["owner"] = map[string]any{"name": fmt.Sprintf("Owner %d", p.r.IntN(3)), "email": "x@example.com"}
		case 5:
			b["embeddedDatasources"].([]any)[0].(map[string]any)["upstreamTables"] = []any{table("DIM_STORE"), table("FCT_ORDERS")}[:1+p.r.IntN(2)]
		case 6:
			p.absent[i] = !p.absent[i]
		case 7:
			p.boards = append(p.boards, board(len(p.boards)))
		}
	}
	p.write("tableau.json", p.snapshot())
	if p.r.IntN(4) == 0 {
		p.layout = []string{"", "export:\n  layout: workbook\n", "export:\n  layout: project\n"}[p.r.IntN(3)]
	}
	conf, err := os.ReadFile(filepath.Join(p.dir, "darkroom.yml"))
	if err != nil {
		p.t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(conf), "export:\n")
	p.write("darkroom.yml", before+p.layout)
}

func (p *randomExport) byHand() {
	files := p.files()
	p.hand.Files = &files
	for range p.r.IntN(6) {
		p.marks = append(p.marks, p.hand.Edit()...)
	}
	before := p.texts()
	for _, f := range files {
		if string(f.Text) != before[f.Name] {
			p.write(f.Name, string(f.Text))
		}
	}
	all := p.all()
	p.marks = slices.DeleteFunc(p.marks, func(m string) bool { return !strings.Contains(all, m) })
}

func (p *randomExport) write(name, text string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o644)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// files are the YAML files below models, by name.
func (p *randomExport) files() []exposuretest.File {
	var out []exposuretest.File
	err := fs.WalkDir(os.DirFS(p.dir), "models", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var text []byte
			text, err = os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
			out = append(out, exposuretest.File{Name: name, Text: text})
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return out
}

func (p *randomExport) texts() map[string]string {
	out := map[string]string{}
	for _, f := range p.files() {
		out[f.Name] = string(f.Text)
	}
	return out
}

func (p *randomExport) all() string {
	return strings.Join(slices.Collect(maps.Values(p.texts())), "\n")
}

// command runs one, and returns its exit code and all that it printed.
func (p *randomExport) command(args ...string) (int, string) {
	var out, errs bytes.Buffer
	code := Main(append(args, p.dir), strings.NewReader(""), &out, &errs)
	return code, out.String() + errs.String()
}

func (p *randomExport) run(want int, args ...string) string {
	p.t.Helper()
	code, said := p.command(args...)
	if code != want {
		p.t.Fatalf("%v ends with %d, want %d\n%s\n%s", args, code, want, said, p.all())
	}
	return said
}

// export exports, and looks at what comes of it.
func (p *randomExport) export() {
	p.t.Helper()
	flags := []string{"export", "--all", "--accept-removal"}
	if p.r.IntN(2) == 0 {
		flags = append(flags, "--prune")
	}
	before := p.texts()
	checked, report := p.check(flags)
	said := p.run(app.ExitOK, flags...)
	after := p.texts()
	if changes := !maps.Equal(before, after); changes && checked == app.ExitOK {
		p.t.Fatalf("no drift, but the export changes something:\n%s%s", report, said)
	} else if !changes && checked != app.ExitOK && !strings.Contains(report, "conflict ") {
		p.t.Fatalf("drift, but the export changes nothing:\n%s%s", report, said)
	}
	p.settled(flags, said)
	for _, m := range p.marks {
		if !strings.Contains(p.all(), m) {
			p.t.Fatalf("%s is lost:\n%s\n%s\nbefore\n%v", m, said, p.all(), before)
		}
	}
}

// settled: dbt reads every file, a second export changes nothing, and a check agrees.
func (p *randomExport) settled(flags []string, said string) {
	p.t.Helper()
	files := p.files()
	if read := (exposuretest.Editor{Files: &files}); !read.Valid() {
		p.t.Fatalf("dbt cannot read what is there now:\n%s\n%s", said, p.all())
	}
	before := p.texts()
	base, err := os.ReadFile(filepath.Join(p.dir, ".darkroom", "last_export.yml"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.command(flags...)
	again, err := os.ReadFile(filepath.Join(p.dir, ".darkroom", "last_export.yml"))
	if err != nil || !maps.Equal(before, p.texts()) || !bytes.Equal(base, again) {
		p.t.Fatalf("a second export changes something: %v\n%s", err, p.all())
	}
	if code, report := p.check(flags); code != app.ExitOK && !strings.HasPrefix(lastDrift(report), "drift: ") {
		p.t.Fatalf("a check says %d after an export\n%s", code, report)
	}
}

// check looks what an export with these flags would do.
func (p *randomExport) check(flags []string) (code int, report string) {
	p.t.Helper()
	flags = slices.DeleteFunc(slices.Clone(flags), func(s string) bool { return s == "--accept-removal" })
	if code, report = p.command(append(flags, "--check")...); code > app.ExitFindings {
		p.t.Fatalf("the check ends with %d\n%s", code, report)
	}
	return code, report
}

var writes = pattern.Of(`\d (new|changed|moved|removed|renamed)\b`)

// lastDrift is the sentence of a check about what is left, when that is conflicts alone.
func lastDrift(report string) string {
	_, last, found := strings.Cut(report, "drift: ")
	if what, _, _ := strings.Cut(last, ";"); found && strings.Contains(what, "conflict") && !writes().MatchString(what) {
		return "drift: " + last
	}
	return ""
}

// takeAll answers every conflict: what cannot be taken is said, with exit code 1.
func (p *randomExport) takeAll() {
	flags := []string{"export", "--all", "--accept-removal", "--prune", "--take", "all"}
	code, said := p.command(flags...)
	if (code == app.ExitFindings) != strings.Contains(said, "--take could not be done") || code != app.ExitOK && code != app.ExitFindings {
		p.t.Fatalf("it ends with %d\n%s\n%s", code, said, p.all())
	}
	p.settled(flags, said)
}
