package export

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
	"darkroom/sources/project/intent"
	"darkroom/sources/project/workspace"
)

// stage is one state of the BI tool and of darkroom.yml. Every title ends with its number.
type stage struct {
	number int
	export string // the section of darkroom.yml
}

// stages are exported one after another: every entry moves and changes each time.
func stages() []stage {
	return []stage{
		{1, ""},
		{2, "layout: workbook"},
		{3, `file: "models/bi/{project}_team.yml"`},
		{4, ""},
	}
}

// open is a workspace of three workbooks with two dashboards each, all of them included.
func (st stage) open(t *testing.T, root string) *workspace.Workspace {
	t.Helper()
	site := &model.Site{
		Name: "tower", Server: "https://t.example",
		Tables: []model.Table{{ID: "t", Name: "orders", Place: &model.Place{Schema: "marts", Database: "dev", ConnectionType: "postgres"}, FullName: "[marts].[orders]"}},
	}
	for wb := range 3 {
		book := fmt.Sprintf("w%d", wb)
		site.Workbooks = append(site.Workbooks, model.Workbook{ID: book, LUID: book, Name: fmt.Sprintf("Book %d", wb), ContainerName: fmt.Sprintf("Team %d", wb%2)})
		for d := range 2 {
			luid := fmt.Sprintf("%d%d%d", wb, d, wb)
			site.Dashboards = append(site.Dashboards, model.Dashboard{
				ID: luid, LUID: luid, Name: fmt.Sprintf("Sales %d %d, stage %d", wb, d, st.number), WorkbookID: book, TableIDs: []string{"t"},
			})
		}
	}
	return st.with(t, root, site)
}

// with is a workspace of one model and a site on it, whose dashboards are included.
func (st stage) with(t *testing.T, root string, site *model.Site) *workspace.Workspace {
	t.Helper()
	disktest.Write(t, root, "dbt_project.yml", "name: shop\n")
	conf, err := config.Parse("", root, []byte("export:\n  owner: {name: BI, email: bi@example.com}\n  "+st.export+"\n"))
	disktest.Must(t, err)
	disktest.Write(t, root, "dbt_project.yml", "name: shop\n")
	project := &model.Project{Name: "shop", Root: root, Adapter: "postgres", Resources: []model.Resource{{
		ID: "model.shop.orders", Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "shop", Materialized: "table", Database: "dev", Schema: "marts"},
		Extra: &model.ResourceExtra{Identifier: "orders", RelationName: `"dev"."marts"."orders"`},
	}}}
	decided := map[string]curate.Record{}
	for i := range site.Dashboards {
		decided[site.Dashboards[i].LUID] = curate.Record{Decision: curate.Included}
	}
	w := &workspace.Workspace{Root: root, Config: conf, Book: curate.New(decided)}
	w.Graph, err = lineage.Build(t.Context(), []*model.Project{project}, []*model.Site{site}, lineage.Options{})
	disktest.Must(t, err)
	return w
}

// plan is what the stage asks for.
func (st stage) plan(t *testing.T, root string) Plan {
	t.Helper()
	w := st.open(t, root)
	p, err := PlanExport(t.Context(), w, w.Book, Options{})
	disktest.Must(t, err)
	return p
}

// editByHand is what people do between two exports: it has to be there at the end.
func editByHand(t *testing.T, root string) {
	t.Helper()
	const name = "models/exposures/tableau.yml"
	text := strings.Replace(disktest.Read(t, root, name), "    type: dashboard", "    type: dashboard # mine\n    maturity: high", 1)
	disktest.Write(t, root, name, strings.Replace(text, "  - name: sales_1_0", "  # mind this one\n  - name: sales_1_0", 1))
}

var errKilled = errors.New("killed")

// dying are files of a process that is killed at its n-th change: before it, or with a
// temporary file half written.
type dying struct {
	intent.Files
	root  string
	left  *int
	messy bool
}

func (d dying) step(name string) error {
	if *d.left--; *d.left >= 0 {
		return nil
	}
	if *d.left == -1 && d.messy {
		temp := filepath.Join(d.root, filepath.Dir(name), "."+filepath.Base(name)+"5577006791947779410")
		if os.MkdirAll(filepath.Dir(temp), 0o755) == nil {
			_ = os.WriteFile(temp, []byte("half"), 0o644) // the test misses what is not there
		}
	}
	return errKilled
}

func (d dying) Write(name string, data, old []byte) error {
	if err := d.step(name); err != nil {
		return err
	}
	return d.Files.Write(name, data, old)
}

func (d dying) Remove(name string) error {
	if err := d.step(name); err != nil {
		return err
	}
	return d.Files.Remove(name)
}

// writeUntil writes and dies at change n, and reports that it did.
func writeUntil(t *testing.T, p Plan, root string, n int, messy bool) (died bool) {
	t.Helper()
	err := write(t.Context(), p, func(root string) intent.Files { return dying{intent.In(root), root, &n, messy} })
	if err != nil && !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	return err != nil
}

// TestKilledAtEveryStep kills the writing of every layout change before each of its
// changes of a file, and the recovery from that too. The next run heals: the result is that
// of an export that was not cut off, byte for byte, and the one after changes nothing.
func TestKilledAtEveryStep(t *testing.T) {
	kills := 0
	list := stages()
	for i := 1; i < len(list); i++ {
		from := t.TempDir()
		for j, st := range list[:i] {
			disktest.Must(t, Write(t.Context(), st.plan(t, from)))
			if j == 0 {
				editByHand(t, from)
			}
		}
		whole := t.TempDir()
		disktest.Must(t, os.CopyFS(whole, os.DirFS(from)))
		disktest.Must(t, Write(t.Context(), list[i].plan(t, whole)))
		want := disktest.Files(t, whole)
		for n, died := 0, true; died; n++ {
			for _, messy := range []bool{false, true} {
				root := t.TempDir()
				disktest.Must(t, os.CopyFS(root, os.DirFS(from)))
				died = writeUntil(t, list[i].plan(t, root), root, n, messy)
				for again := 0; again < 3; again++ { // the recovery dies as well
					left := again
					_, err := intent.Recover(dying{intent.In(root), root, &left, messy})
					if err != nil && !errors.Is(err, errKilled) {
						t.Fatal(err)
					}
				}
				kills++
				list[i].heals(t, root, want)
			}
		}
	}
	if kills < 30 {
		t.Errorf("only %d kills", kills)
	}
	t.Logf("%d kills", kills)
}

// heals starts again after a kill and compares the files with those that are to be.
func (st stage) heals(t *testing.T, root string, want map[string]string) {
	t.Helper()
	_, err := intent.Recover(intent.In(root))
	disktest.Must(t, err)
	disktest.Must(t, Write(t.Context(), st.plan(t, root)))
	if diff := cmp.Diff(want, disktest.Files(t, root)); diff != "" {
		t.Fatalf("stage %d: %s", st.number, diff)
	}
	p := st.plan(t, root)
	if p.Drift() {
		t.Errorf("stage %d: the second export drifts: %+v", st.number, p.Items)
	}
	disktest.Must(t, Write(t.Context(), p))
	if diff := cmp.Diff(want, disktest.Files(t, root)); diff != "" {
		t.Fatalf("stage %d, second export: %s", st.number, diff)
	}
}

// TestKilledAndChangedSince: after a kill the BI tool and the layout change again, and one
// of the files is edited by hand. Nothing is taken for an edit that is none, no entry is
// there twice, and the edit is kept.
func TestKilledAndChangedSince(t *testing.T) {
	list := stages()
	for i := 1; i < len(list)-1; i++ {
		from := t.TempDir()
		disktest.Must(t, Write(t.Context(), list[i-1].plan(t, from)))
		for n, died := 0, true; died; n++ {
			killed := t.TempDir()
			disktest.Must(t, os.CopyFS(killed, os.DirFS(from)))
			died = writeUntil(t, list[i].plan(t, killed), killed, n, false)
			for name, text := range disktest.Files(t, killed) {
				if strings.HasPrefix(name, "models/") || name == intent.Name {
					root := t.TempDir()
					disktest.Must(t, os.CopyFS(root, os.DirFS(killed)))
					edited := text
					if name != intent.Name {
						edited = strings.ReplaceAll(text, "    type: dashboard\n", "    type: dashboard # by hand\n")
					}
					disktest.Write(t, root, name, edited)
					list[i+1].goesOn(t, root, strings.Count(edited, "# by hand"))
				}
			}
		}
	}
}

// goesOn exports after a kill and looks at what is there.
func (st stage) goesOn(t *testing.T, root string, marks int) {
	t.Helper()
	found, err := intent.Recover(intent.In(root))
	disktest.Must(t, err)
	p := st.plan(t, root)
	if len(p.Conflicts) > 0 {
		t.Errorf("%+v: %+v", found, p.Conflicts)
	}
	disktest.Must(t, Write(t.Context(), p))
	count := map[string]int{}
	for name, text := range disktest.Files(t, root) {
		if strings.HasPrefix(name, "models/") {
			marks -= strings.Count(text, "# by hand")
			for _, m := range regexp.MustCompile(`(?m)^  - name: (\S+)`).FindAllStringSubmatch(text, -1) {
				count[m[1]]++
			}
		}
	}
	for name, times := range count {
		if times != 1 {
			t.Errorf("%+v: %s is there %d times", found, name, times)
		}
	}
	if len(count) != 6 || marks != 0 {
		t.Errorf("%+v: %d entries, %d marks are missing", found, len(count), marks)
	}
}

// TestAForeignRecordIsRefused: a record that another program left is refused, and says what to do.
func TestAForeignRecordIsRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "delete this file"},
		{"{}", "another version"},
		{`{"version":1,"changes":[]}`, "it is empty"},
		{`{"version":1,"changes":[{"name":".git/hooks/x.yml","old":null,"new":"eA=="}]}`, "an export never writes .git/hooks/x.yml"},
		{`{"version":1,"changes":[{"name":"../x.yml","old":null,"new":"eA=="}]}`, "an export never writes ../x.yml"},
		{`{"version":1,"changes":[{"name":"run.sh","old":null,"new":"eA=="}]}`, "an export never writes run.sh"},
		{`{"version":1,"changes":[{"name":"a.yml","old":null,"new":"eA=="}]}x`, "does not have the contents"},
		{`{"version":3,"changes":[{"name":"a.yml"}]}`, "another version"},
		{`{"version":2,"changes":[{"name":".git/x.yml","old_bytes":null,"new_bytes":1}]}` + "\nx", "an export never writes .git/x.yml"},
		{`{"version":2,"changes":[{"name":"a.yml","old_bytes":null,"new_bytes":2}]}` + "\nx", "does not have the contents"},
		{`{"version":2,"changes":[{"name":"a.yml","old_bytes":-1,"new_bytes":1}]}` + "\nx", "does not have the contents"},
		{`{"version":2,"changes":[{"name":"a.yml","old_bytes":9223372036854775807,"new_bytes":9223372036854775807}]}` + "\nx", "does not have the contents"},
		{`{"version":2,"changes":[{"name":"a.yml","old_bytes":null,"new_bytes":1}]}` + "\nxy", "does not have the contents"},
		{`{"version":2,"changes":[{"name":"a.yml","old_bytes":null,"new_bytes":1}]}`, "does not have the contents"},
	} {
		root := t.TempDir()
		disktest.Write(t, root, intent.Name, c.text)
		_, err := intent.Recover(intent.In(root))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), intent.Name) {
			t.Errorf("%s: %v", c.text, err)
		}
		if len(disktest.Files(t, root)) != 1 {
			t.Errorf("%s: %v", c.text, disktest.Files(t, root))
		}
	}
}
