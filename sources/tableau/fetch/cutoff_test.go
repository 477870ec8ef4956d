package fetch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/reason"
	"darkroom/sources/dbt"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
)

// known is what lineage says of one dashboard.
type known struct {
	tables, nodes, gaps []string
	status              lineage.Status
	cut                 bool
}

func roastery(t testing.TB) *model.Project {
	t.Helper()
	p, err := dbt.LoadProject(context.Background(), filepath.Join("..", "..", "..", "examples", "roastery", "target", "manifest.json.gz"), dbt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// knownOf is what lineage says of every dashboard, by key.
func knownOf(t testing.TB, p *model.Project, s *model.Site) map[string]known {
	t.Helper()
	var projects []*model.Project
	if p != nil {
		projects = append(projects, p)
	}
	g, err := lineage.Build(t.Context(), projects, []*model.Site{s}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]known{}
	for _, d := range g.Dashboards() {
		k := known{status: d.Status}
		for i := range d.Links {
			l := &d.Links[i]
			name := l.TableName() + " " + l.Read.Table.ID
			k.tables = append(k.tables, fmt.Sprint(name, " ", l.Verdict.Reason, " ", l.Read.Used))
			if l.Resource != lineage.None {
				k.nodes = append(k.nodes, g.Node(l.Resource).Resource.ID)
			}
		}
		for _, gap := range d.Gaps {
			if gap.Reason == reason.CutOff {
				k.cut = true
				continue
			}
			k.gaps = append(k.gaps, fmt.Sprint(gap.Reason, " ", gap.ID))
		}
		for _, list := range [][]string{k.tables, k.nodes, k.gaps} {
			slices.Sort(list)
		}
		out[d.Key] = k
	}
	return out
}

// wrongs lists what a partial reading claims that the full one does not, unmarked:
// a dashboard is as it is in truth, or it has the gap and is not complete; and
// even then there is no edge and no reason that the truth does not have.
func wrongs(truth, got map[string]known) []string {
	var out []string
	for key, g := range got {
		w, there := truth[key]
		say := func(format string, args ...any) { out = append(out, key+": "+fmt.Sprintf(format, args...)) }
		switch {
		case !there:
			say("is no dashboard")
		case g.cut && g.status == lineage.StatusLinked:
			say("complete and cut off")
		case !g.cut && !slices.Equal(g.tables, w.tables):
			say("%v, tables %q for %q", g.status, g.tables, w.tables)
		case !g.cut && !slices.Equal(g.gaps, w.gaps):
			say("%v, gaps %q for %q", g.status, g.gaps, w.gaps)
		}
		if more := beyond(g.nodes, w.nodes); len(more) > 0 {
			say("false edges %q", more)
		}
		if more := beyond(g.gaps, w.gaps); len(more) > 0 {
			say("false reasons %q", more)
		}
	}
	return out
}

func beyond(list, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(gone, s) })
}

// The example sites, from a server that answers with partial data: see wrongs.
func TestCutOffIsMarked(t *testing.T) {
	var limits []tableautest.Switches
	for n := 3; n <= 60; n++ {
		limits = append(limits, tableautest.Switches{NodeLimit: n, NullInNonNull: n%2 == 0, Duplicates: n%3 == 0, EmptyPages: n%5 == 0})
	}
	for _, n := range []int{3, 4, 6, 9, 14, 25, 60} {
		limits = append(limits, tableautest.Switches{TimeLimitNodes: n}, tableautest.Switches{TimeoutNodes: n})
	}
	limits = append(limits, tableautest.Switches{BackfillRunning: true}, tableautest.Switches{StuckCursor: true})
	truth := newTruth(t)
	for i, sw := range limits {
		if file := examplesInTurn[i%4]; !(testing.Short() || raced) || i%8 == 0 {
			t.Run(fmt.Sprintf("%s/%d-%d-%d", file, sw.NodeLimit, sw.TimeLimitNodes, sw.TimeoutNodes), func(t *testing.T) {
				t.Parallel()
				got := truth.check(t, file, sw)
				if cut := countCut(got); sw.NodeLimit == 3 && cut == 0 || sw.NodeLimit > 30 && cut > len(got)/4 {
					t.Errorf("%d of %d dashboards are marked", cut, len(got))
				}
			})
		}
	}
}

// Other things that go wrong now and then.
func TestCutOffByFaults(t *testing.T) {
	truth := newTruth(t)
	for seed := range 60 {
		if (testing.Short() || raced) && seed%8 > 0 {
			continue
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(uint64(seed), 11))
			sw := randomSwitches(rng)
			var faults []tableautest.Fault
			for range rng.IntN(5) {
				faults = append(faults, randomFault(rng))
			}
			for range 1 + rng.IntN(3) {
				faults = append(faults, lastingFault(rng))
			}
			truth.check(t, examplesInTurn[seed%4], sw, faults...)
		})
	}
}

// Tableau's report that the site is not yet indexed marks the site, a report of missing
// links marks all that the answer has; details that are refused are marked one by one.
func TestEachIsMarked(t *testing.T) {
	r := newRig(t, example(t, "server.json.gz"), tableautest.Options{})
	r.opt.Parallel = 1
	r.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = true })
	if _, data := r.fetch(t); !gjson.GetBytes(plain(t, data), "incomplete.lists.site").Exists() {
		t.Error("not indexed: the site is not marked")
	}
	r.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = false })
	total := func() (n int) {
		_, data := r.fetch(t)
		for _, marks := range gjson.GetBytes(plain(t, data), "incomplete").Map() {
			n += len(marks.Map())
		}
		return n
	}
	before := r.Stats().Requests[tableautest.GraphQL]
	if n := total(); n > 0 {
		t.Errorf("whole: %d are marked", n)
	}
	last := r.Stats().Requests[tableautest.GraphQL] - before - 1
	r.Inject(tableautest.Fault{On: tableautest.GraphQL, Metadata: "LINKED_RESULTS_INCOMPLETE", Skip: 5})
	if n := total(); n == 0 {
		t.Error("links missing: nothing is marked")
	}
	r.Inject(tableautest.Fault{On: tableautest.GraphQL, Metadata: "SOMETHING_NEW", Skip: last, Times: -1})
	if n := total(); n == 0 {
		t.Error("the last details refused: nothing is marked")
	}
}

// A fetch that was stopped resumes from pages that lack something, and marks that.
func TestCutOffIsKept(t *testing.T) {
	truth := newTruth(t)
	const file = "server.json.gz"
	for _, steps := range []int{30, 120, 300} {
		r := newRig(t, example(t, file), tableautest.Options{RESTVersion: "3.28", Switches: tableautest.Switches{NodeLimit: 3}})
		r.opt.Scratch, r.opt.Parallel, r.opt.FirstPage = filepath.Join(t.TempDir(), "x.partial"), 2, 4
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		r.opt.Progress = func(fetch.Progress) {
			if n++; n > steps {
				cancel()
			}
		}
		if _, err := fetch.Fetch(ctx, r.client, r.opt); !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d steps: %v", steps, err)
		}
		r.Set(func(sw *tableautest.Switches) { sw.NodeLimit = 0 })
		r.opt.Progress = nil
		s, data := r.fetch(t)
		got := knownOf(t, truth.project, load(t, data))
		for _, wrong := range wrongs(truth.known[file], got) {
			t.Error(wrong)
		}
		t.Logf("after %d steps: resumed %t, %d of %d are marked", steps, s.Resumed, countCut(got), len(got))
		if !s.Resumed || steps > 30 && countCut(got) == 0 {
			t.Error("nothing was kept")
		}
	}
}

// lastingFault outlives the client's patience.
func lastingFault(rng *rand.Rand) tableautest.Fault {
	faults := []tableautest.Fault{
		tableautest.MetadataError("SOMETHING_NEW"), tableautest.MetadataError("SOMETHING_NEW"), tableautest.MetadataError("TIMEOUT"),
		tableautest.Gateway(tableautest.GraphQL, 502), tableautest.EmptyBody(tableautest.GraphQL), tableautest.Gateway(tableautest.Connections, 502),
	}
	f := faults[rng.IntN(len(faults))]
	f.Skip, f.Times = rng.IntN(60), 7*(1+rng.IntN(4))
	if f.On == tableautest.Connections {
		f.Skip, f.Times = 0, -1
	}
	return f
}

// examplesInTurn has the larger one less often.
var examplesInTurn = [...]string{"cloud.json.gz", "server.json.gz", "server.json.gz", "server.json.gz"}

// truth is what a sync without trouble says of the example sites, by file.
type truth struct {
	project *model.Project
	known   map[string]map[string]known
}

func newTruth(t *testing.T) truth {
	t.Helper()
	out := truth{roastery(t), map[string]map[string]known{}}
	for _, file := range examplesInTurn[:2] {
		_, data := newRig(t, example(t, file), tableautest.Options{RESTVersion: "3.28"}).fetch(t)
		out.known[file] = knownOf(t, out.project, load(t, data))
	}
	return out
}

// check syncs in spite of trouble and says what is wrong with the answer; a sync
// that fails says nothing.
func (tr truth) check(t *testing.T, file string, sw tableautest.Switches, faults ...tableautest.Fault) map[string]known {
	t.Helper()
	r := newRig(t, example(t, file), tableautest.Options{RESTVersion: "3.28", Switches: sw})
	r.Inject(faults...)
	s, err := fetch.Fetch(context.Background(), r.client, r.opt)
	if err != nil {
		t.Log(err)
		return nil
	}
	var b bytes.Buffer
	if _, err := s.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	got := knownOf(t, tr.project, load(t, b.Bytes()))
	for _, wrong := range wrongs(tr.known[file], got) {
		t.Error(wrong)
	}
	if cut := countCut(got); cut > 0 && len(s.Partial) == 0 {
		t.Errorf("%d dashboards are marked, and the snapshot passes for complete", cut)
	}
	return got
}

func countCut(of map[string]known) (n int) {
	for _, k := range of {
		if k.cut {
			n++
		}
	}
	return n
}
