package merge

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
	"darkroom/sources/dbt/dbttest"
)

// projectsVariable is how many projects TestRandomProjects makes.
const projectsVariable = "DARKROOM_MERGE_PROJECTS"

// Random projects: dashboards come, go, are renamed and read other models, layouts and
// dbt versions change, and the files are edited by hand in every way of edits. After
// each export nothing that was written by hand is lost, dbt reads every file, a second
// export changes no byte, and a check says what an export does.
func TestRandomProjects(t *testing.T) {
	projects := 50
	if testing.Short() {
		projects = 10
	}
	if n, err := strconv.Atoi(os.Getenv(projectsVariable)); err == nil {
		projects = n
	}
	used, counts := map[string]int{}, map[string]int{}
	var texts [][]byte
	for seed := range projects {
		w := newRandomProject(t, uint64(seed))
		w.counts, w.used = counts, used
		for w.round = range 4 {
			w.tableau()
			w.byHand()
			w.export()
			if w.failed {
				t.Errorf("seed %d, round %d fails", seed, w.round)
				break
			}
			for _, f := range w.files {
				texts = append(texts, f.Text)
			}
		}
		if w.failed {
			continue
		}
		w.takeAll()
		for _, f := range w.files {
			texts = append(texts, f.Text)
		}
	}
	t.Logf("%d projects, %d files; edits by hand: %v; %v", projects, len(texts), used, counts)
	for _, name := range exposuretest.Kinds() {
		if used[name] == 0 && projects >= 50 {
			t.Errorf("no edit of the kind %q was made", name)
		}
	}
	t.Run("PyYAML", func(t *testing.T) {
		if projects <= 50 {
			texts = texts[:min(len(texts), 120)] // the pure Python reader is slow
		}
		for i, refused := range dbttest.PyYAML(t, texts) {
			if refused != "" {
				t.Errorf("%s\n%s", refused, texts[i])
			}
		}
	})
}

// randomProject is one project and all that happens to it.
type randomProject struct {
	t      *testing.T
	r      *rand.Rand
	round  int
	failed bool

	cands   []exposure.Candidate
	absent  map[string]bool   // not in the plan
	gone    map[string]string // absent for a while
	partial bool              // nothing goes
	version string
	pattern exposure.Pattern

	files []File
	base  []byte
	hand  exposuretest.Editor
	marks []string

	used, counts map[string]int
}

func newRandomProject(t *testing.T, seed uint64) *randomProject {
	r := rand.New(rand.NewPCG(seed, 55))
	w := &randomProject{t: t, r: r, absent: map[string]bool{}, gone: map[string]string{}, version: "1.12.6", pattern: exposuretest.OurFile, counts: map[string]int{}}
	if r.IntN(4) == 0 {
		w.version = "1.9.10"
	}
	for i := range 2 + r.IntN(4) {
		w.cands = append(w.cands, w.dashboard(i))
	}
	if r.IntN(3) == 0 {
		w.pattern = "models/{workbook}.yml"
	}
	w.merge(Settle{})
	if r.IntN(5) == 0 {
		for i := range w.files {
			w.files[i].Text = append([]byte("\uFEFF"), bytes.ReplaceAll(w.files[i].Text, []byte("\n"), []byte("\r\n"))...)
		}
	}
	return w
}

func (w *randomProject) dashboard(i int) exposure.Candidate {
	c := exposuretest.Candidate(exposuretest.Shop(w.version), fmt.Sprintf("%08x-0000-4000-8000-00000000000a", i*7919+1), fmt.Sprintf("Board %c%d", 'A'+i%26, i), orders, calendar)
	c.URL = fmt.Sprintf("https://bi.example.com/#/site/acme/views/W/%d", i)
	c.Workbook.Name, c.Workbook.LUID = fmt.Sprintf("W%d", i%3), fmt.Sprintf("11112222-0000-4000-8000-00000000000%d", i%3)
	if w.r.IntN(2) == 0 {
		c.Dashboard.Tags = []string{"hot", "b"}
	}
	return c
}

// tableau changes what is to be exported.
func (w *randomProject) tableau() {
	p := exposuretest.Shop(w.version)
	pool := []string{orders, calendar, "seed.shop.countries", "snapshot.shop.history", "source.lib.geo.cities"}
	for range w.r.IntN(4) {
		c := &w.cands[w.r.IntN(len(w.cands))]
		d, wb := *c.Dashboard, *c.Workbook
		c.Dashboard, c.Workbook = &d, &wb
		switch w.r.IntN(12) {
		case 0, 1:
			c.Dashboard.Name = fmt.Sprintf("Title %d's \"best\"", w.r.IntN(100))
		case 2:
			c.URL += "x"
		case 3:
			c.Workbook.Description = strings.Repeat("long words and more ", w.r.IntN(9))
		case 4, 5:
			c.Parents = []exposure.Parent{exposuretest.Parent(p, pool[w.r.IntN(len(pool))])}
			for _, id := range pool {
				if w.r.IntN(3) == 0 {
					c.Parents = append(c.Parents, exposuretest.Parent(p, id))
				}
			}
		case 6, 7:
			c.Dashboard.Tags = []string{"hot", "b", "a"}[:w.r.IntN(4)]
		case 8:
			c.Unmatched, c.Incomplete = w.r.IntN(2), []string{"redacted", "sql"}[:w.r.IntN(3)]
		case 9:
			c.Workbook.Owner = model.User{Name: "Owner " + fmt.Sprint(w.r.IntN(3)), Email: []string{"", "x@y.z"}[w.r.IntN(2)]}
		case 10:
			w.cands = append(w.cands, w.dashboard(len(w.cands)))
		case 11:
			w.absent[c.Key] = !w.absent[c.Key]
			if w.gone[c.Key] == "" && w.r.IntN(3) == 0 {
				w.gone[c.Key] = "2026-11-23"
			} else {
				delete(w.gone, c.Key)
			}
		}
	}
	w.partial = w.r.IntN(5) == 0
	if w.r.IntN(6) == 0 {
		w.pattern = []exposure.Pattern{exposuretest.OurFile, "models/{workbook}.yml", "models/{project}/{workbook}.yml"}[w.r.IntN(3)]
	}
	if w.r.IntN(10) == 0 {
		w.version = []string{"1.12.6", "1.9.10"}[w.r.IntN(2)]
	}
}

// byHand edits the files.
func (w *randomProject) byHand() {
	files := w.plainFiles()
	w.hand.R, w.hand.Files, w.hand.Used = w.r, &files, w.used
	for range w.r.IntN(6) {
		w.marks = append(w.marks, w.hand.Edit()...)
	}
	w.files = nil
	for _, f := range files {
		w.files = append(w.files, File(f))
	}
	all := w.all()
	w.marks = slices.DeleteFunc(w.marks, func(m string) bool { return !strings.Contains(all, m) }) // by a later edit
}

func (w *randomProject) plainFiles() []exposuretest.File {
	var files []exposuretest.File
	for _, f := range w.files {
		files = append(files, exposuretest.File(f))
	}
	return files
}

func (w *randomProject) all() string {
	var b strings.Builder
	for _, f := range w.files {
		b.Write(f.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// merge exports and takes the outcome over.
func (w *randomProject) merge(settle Settle) Outcome {
	disk, err := ReadDisk(w.t.Context(), slices.Clone(w.files), w.base)
	if err != nil {
		w.fail("%v", err)
		return Outcome{}
	}
	var here []exposure.Candidate
	for _, c := range w.cands {
		if !w.absent[c.Key] {
			here = append(here, c)
		}
	}
	gone := maps.Clone(w.gone)
	maps.DeleteFunc(gone, func(key, _ string) bool { return !w.absent[key] })
	opt := exposure.Options{
		Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop(w.version), Place: w.pattern.File, WasRead: disk.WasRead, GoneSince: gone,
	}
	if w.partial {
		opt.KeepKeys = disk.KeysExcept()
	}
	plan := exposuretest.Plan(here, disk.Known(), opt)
	out, err := disk.Merge(w.t.Context(), plan, settle)
	if err != nil {
		w.fail("%v", err)
		return Outcome{}
	}
	w.files = slices.Clone(w.files)
	for _, f := range out.Files {
		at := slices.IndexFunc(w.files, func(g File) bool { return g.Name == f.Name })
		if at < 0 {
			w.files, at = append(w.files, File{Name: f.Name}), len(w.files)
		}
		w.files[at].Text = f.Text
	}
	w.files = slices.DeleteFunc(w.files, func(f File) bool { return f.Text == nil })
	w.base = out.Base
	return out
}

func (w *randomProject) fail(format string, args ...any) {
	w.t.Helper()
	w.failed = true
	w.t.Errorf(format, args...)
}

// export merges twice and looks at what comes of it.
func (w *randomProject) export() {
	before, oldBase := slices.Clone(w.files), string(w.base)
	settle := Settle{}
	if w.r.IntN(6) == 0 {
		settle.Keep = []string{"all"}
	}
	out := w.merge(settle)
	if w.failed {
		return
	}
	all := w.all()
	for _, m := range w.marks {
		if !strings.Contains(all, m) {
			w.fail("%s is lost\n%s\n%v", m, w.diff(before), out.Items)
			return
		}
	}
	if line, lost := lostLine(before, all, oldBase, out.Items); lost {
		w.fail("the line %q is lost\n%s\n%+v", line, w.diff(before), out.Items)
	}
	w.readable()
	changes := w.diff(before) != ""
	drift := slices.ContainsFunc(out.Items, func(i Item) bool { return i.Drift() && i.What != Clash })
	if drift != changes {
		w.fail("a check says drift = %t, and the export changes = %t\n%+v\n%s", drift, changes, out.Items, w.diff(before))
	}
	w.again(settle, out)
	for i := range out.Items {
		w.counts[string(out.Items[i].What)]++
	}
}

// again exports a second time: nothing changes, and the same is said.
func (w *randomProject) again(settle Settle, first Outcome) {
	before, oldBase := slices.Clone(w.files), w.base
	out := w.merge(settle)
	if w.failed {
		return
	}
	if d := w.diff(before); d != "" || !bytes.Equal(oldBase, w.base) {
		w.fail("a second export changes\n%s%s", d, Diff(oldBase, w.base, "base"))
	}
	for _, i := range out.Items {
		if i.Drift() && i.What != Clash {
			w.fail("a second export has still to do: %+v", i)
		}
		same := func(o Item) bool { return o.Key == i.Key && o.What == i.What }
		if i.What == Clash && !slices.ContainsFunc(first.Items, same) {
			w.fail("only the second export asks: %+v", i)
		}
	}
}

// takeAll answers all conflicts with Tableau's values. What it cannot take is said.
func (w *randomProject) takeAll() {
	before := slices.Clone(w.files)
	settle := Settle{Take: []string{"all"}}
	out := w.merge(settle)
	if w.failed {
		w.fail("%s", w.diff(before))
		return
	}
	w.readable()
	for _, c := range out.Conflicts {
		if c.NeedsAnswer && !c.NotTaken {
			w.fail("take does not answer %+v", c)
		}
		if c.NotTaken {
			w.counts["not taken"]++
		}
	}
	w.again(settle, out)
}
