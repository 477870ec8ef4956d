package fetch_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/dbt"
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

// knownOf is lineage's word on every dashboard, by key.
func knownOf(t testing.TB, p *model.Project, s *model.Site) map[string]known {
	t.Helper()
	g, err := lineage.Build([]*model.Project{p}, []*model.Site{s}, lineage.Options{})
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
			if string(gap.Reason) == "cut_off" {
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

// wrongs says what of a partial look is no part of the whole one and not marked:
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
		case g.cut && g.status == lineage.StatusComplete:
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

// example sites, synced from a server that answers with partial data: see wrongs.
func TestCutOffIsMarked(t *testing.T) {
	p := roastery(t)
	limits := []tableautest.Switches{}
	for n := 3; n <= 60; n += 1 + n/12 {
		limits = append(limits, tableautest.Switches{NodeLimit: n, NullInNonNull: n%2 == 0, Duplicates: n%3 == 0})
	}
	for _, n := range []int{3, 4, 6, 9, 14, 25, 60} {
		limits = append(limits, tableautest.Switches{TimeLimitNodes: n}, tableautest.Switches{TimeoutNodes: n, EmptyPages: n%2 == 0})
	}
	limits = append(limits, tableautest.Switches{BackfillRunning: true}, tableautest.Switches{StuckCursor: true})
	for _, file := range []string{"cloud.json.gz", "server.json.gz"} {
		_, data := newRig(t, example(t, file), tableautest.Options{RESTVersion: "3.28"}).fetch(t)
		truth := knownOf(t, p, load(t, data))
		for _, sw := range limits {
			name := fmt.Sprintf("%s/nodes %d, time %d, timeout %d, backfill %t", file, sw.NodeLimit, sw.TimeLimitNodes, sw.TimeoutNodes, sw.BackfillRunning)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, example(t, file), tableautest.Options{RESTVersion: "3.28", Switches: sw})
				_, data := r.fetch(t)
				got := knownOf(t, p, load(t, data))
				for _, wrong := range wrongs(truth, got) {
					t.Error(wrong)
				}
				if cut := countCut(got); sw.NodeLimit == 3 && cut == 0 || sw.NodeLimit > 30 && cut > len(got)/4 {
					t.Errorf("%d of %d dashboards are marked", cut, len(got))
				}
			})
		}
	}
}

func countCut(of map[string]known) (n int) {
	for _, k := range of {
		if k.cut {
			n++
		}
	}
	return n
}
