package scope

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/project/config"
	"darkroom/ui/tree"
)

// written is the scope that init writes into darkroom.yml for a choice, read back.
func written(t *testing.T, c Choice) config.Scope {
	t.Helper()
	var b strings.Builder
	b.WriteString("scope:\n")
	for key, patterns := range map[string][]string{"projects": c.Projects, "exclude_projects": c.Exclude} {
		fmt.Fprintf(&b, "  %s:\n", key)
		for _, p := range patterns {
			b.WriteString("    - " + strconv.Quote(p) + "\n")
		}
	}
	config, err := config.Parse(config.Name, "", []byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return config.Scope
}

// site makes random projects: few names, so that some are equal, with characters
// that mean something in a pattern, in YAML or on a terminal.
func site(rng *rand.Rand) []Project {
	names := []string{"Sales", "sales", "Sales*", "[old]", `a\b`, "a/b", "a-b", "a?b", "?", "*", "**", "日本", "İ", "\x1b[31m", "\u202e", " x ", "#", `"`, "\xff", "\x00", "\n", ""}
	var projects []Project
	for range rng.IntN(25) {
		var path []string
		if len(projects) > 0 && rng.IntN(4) > 0 {
			path = append(path, projects[rng.IntN(len(projects))].Path...)
		}
		projects = append(projects, Project{Path: append(path, names[rng.IntN(len(names))]), Workbooks: rng.IntN(4)})
	}
	return projects
}

// Whatever is ticked in whatever order, the scope that is written allows the
// workbooks of ticked projects and no others, and the numbers say so.
func TestScopeIsWhatWasTicked(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 13))
	for round := range 3000 {
		projects := site(rng)
		ticks := newTicks("site", projects, round%2 == 0)
		for range rng.IntN(8) {
			var ids []tree.ID
			for range 1 + rng.IntN(2) {
				ids = append(ids, tree.ID(rng.IntN(len(ticks.rows))))
			}
			ticks.toggle(ids)
		}
		choice := ticks.choice()
		scope := written(t, choice)
		in, of := 0, 0
		for _, p := range projects {
			allowed := scope.Allows(curate.Subject{Project: p.Path})
			if want := tickedAt(ticks, p.Path) || !ticks.rows[root].some; allowed != want {
				t.Fatalf("%q: allowed %v, ticked %v\n%+v\n%+v", p.Path, allowed, want, choice, projects)
			}
			if of += p.Workbooks; allowed && ticks.rows[root].some {
				in += p.Workbooks
			}
		}
		if r := ticks.rows[root]; r.in != in || r.all != of {
			t.Fatalf("%d of %d, shown as %d of %d", in, of, r.in, r.all)
		}
	}
}

// tickedAt finds a project's row by its path, in another way than newTicks.
func tickedAt(t *ticks, path []string) bool {
	at := root
	for _, name := range path {
		next := slices.IndexFunc(t.rows[at].children, func(c tree.ID) bool {
			own := t.rows[c].path
			return curate.FoldProject(own[len(own)-1]) == curate.FoldProject(name)
		})
		if name == "" || next < 0 {
			break
		}
		at = t.rows[at].children[next]
	}
	return t.rows[at].ticked
}

// No pattern of the scope can be left out: it is the smallest set.
func TestScopeIsSmall(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 34))
	for range 1000 {
		projects := site(rng)
		projects = slices.DeleteFunc(projects, func(p Project) bool { return slices.Contains(p.Path, "") })
		ticks := newTicks("site", projects, true)
		for range rng.IntN(8) {
			ticks.toggle([]tree.ID{tree.ID(rng.IntN(len(ticks.rows)))})
		}
		c := ticks.choice()
		without := func(list []string, i int) []string { return slices.Delete(slices.Clone(list), i, i+1) }
		same := func(d Choice) bool {
			a, b := written(t, c), written(t, d)
			return !slices.ContainsFunc(ticks.rows[1:], func(r row) bool {
				return a.Allows(curate.Subject{Project: r.path}) != b.Allows(curate.Subject{Project: r.path})
			})
		}
		for i := range c.Projects {
			if d := (Choice{Projects: without(c.Projects, i), Exclude: c.Exclude}); len(c.Projects) > 1 && same(d) {
				t.Fatalf("%q is not needed in %+v", c.Projects[i], c)
			}
		}
		for i := range c.Exclude {
			if d := (Choice{Projects: c.Projects, Exclude: without(c.Exclude, i)}); same(d) {
				t.Fatalf("%q is not needed in %+v", c.Exclude[i], c)
			}
		}
	}
}

func TestPatternsOfTicks(t *testing.T) {
	projects := []Project{
		{[]string{"Sales"}, 2},
		{[]string{"Sales", "EMEA"}, 0},
		{[]string{"Sales", "EMEA", "North"}, 1},
		{[]string{"Sales", "EMEA", "South"}, 1},
		{[]string{"Sales", "APAC"}, 1},
		{[]string{"A/B [x]"}, 3},
	}
	for _, c := range []struct{ tick, want string }{
		{"", "[] []"},
		{"Sales", "[Sales] []"},
		{"Sales>EMEA>North", "[Sales/EMEA/North] []"},
		{"Sales, Sales>APAC", "[Sales] [Sales/APAC]"},
		{"Sales, Sales>EMEA, Sales>EMEA>North", "[Sales] [Sales/EMEA/South]"}, // EMEA is ticked, too
		{"Sales>EMEA, Sales>EMEA>North, Sales>EMEA>South", "[] []"},           // nothing is left in EMEA
		{"Sales>EMEA, Sales>EMEA>North", "[Sales/EMEA] [Sales/EMEA/North]"},
		{"Sales>EMEA>North, Sales>EMEA>South", "[Sales/EMEA/North Sales/EMEA/South] []"},
		{"A/B [x]", `[A\/B \[x]] []`},
		{"site, Sales", "[] [Sales]"},
		{"site, Sales>APAC", "[] [Sales/APAC]"},
		{"site, Sales, A/B [x]", "[] []"},
		{"Sales, A/B [x]", `[A\/B \[x] Sales] []`},
	} {
		ticks := newTicks("site", projects, true)
		for name := range strings.SplitSeq(c.tick, ", ") {
			for i := range ticks.rows {
				if strings.Join(ticks.rows[i].path, ">") == name || name == "site" && i == 0 {
					ticks.toggle([]tree.ID{tree.ID(i)})
				}
			}
		}
		if got := ticks.choice(); fmt.Sprint(got.Projects, got.Exclude) != c.want {
			t.Errorf("%s: %v, want %s", c.tick, got, c.want)
		}
	}
}
