package query

import (
	"slices"
	"strings"
	"time"

	"darkroom/model/columns"
	"darkroom/model/curate"
	"darkroom/model/health"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/selector"
)

// Known is what a query is asked about.
type Known struct {
	Graph *lineage.Graph
	Book  *curate.Book
	// Nodes are what selectors choose from; while they are nil, no selector chooses anything.
	Nodes *selector.Universe
	// Outlook is what an export does with dashboards.
	Outlook *outlook.Outlook
	// Health may be nil where a query does not ask for it (NeedsHealth).
	Health *health.Health
	Now    time.Time
}

// lacks says why a term cannot be asked; empty when it can.
func (k *Known) lacks(t *term) string {
	switch {
	case t.isAbout("health") && !k.Health.HasResults():
		return noResults
	case t.isAbout("column") && !columns.Of(k.Graph).Fetched():
		return "column: the snapshots have no columns: darkroom sync --columns fetches them"
	case !t.number.window.IsZero() && !k.countsFor(t.number.window):
		return k.tooShort(t.number.window)
	}
	return ""
}

// columns are those that a dashboard uses, "fct_orders.discount".
func (k *Known) columns(d *lineage.Dashboard) []string {
	var out []string
	for _, c := range columns.Of(k.Graph).OfDashboard(d) {
		out = append(out, k.Graph.Node(c.Relation).Resource.FullName()+"."+c.Name)
	}
	return out
}

// noResults is why health cannot be asked for.
const noResults = "health: there are no run results: dbt run writes target/run_results.json"

func healthWords() (words []string) {
	for s := health.Degraded; s > health.Unknown; s-- {
		words = append(words, s.String())
	}
	return append(words, health.Unknown.String())
}

func meetsHealth(s health.State, t *term) bool { return strings.HasPrefix(s.String(), t.value) }

func (k *Known) health(d *lineage.Dashboard) []string {
	if !k.Health.HasResults() {
		return nil
	}
	return []string{k.Health.State(d.ID).String()}
}

// stateWords are the states of a decision, and then what an export does.
func stateWords() []string {
	words := []string{"included", "excluded", "undecided"}
	for _, s := range outlook.States() {
		words = append(words, string(s))
	}
	return words
}

func (k *Known) states(d *lineage.Dashboard) []string {
	states := []string{k.Book.Effective(d.Key).State()}
	of := k.Outlook.Of(d.Key)
	for _, s := range outlook.States() {
		if of.Is(s) {
			states = append(states, string(s))
		}
	}
	return states
}

// isDecided reports whether a decision is what a term asks for.
func (b *Bound) isDecided(d *lineage.Dashboard, t *term) bool {
	word := b.known.Book.Effective(d.Key).String()
	return strings.HasPrefix(word, t.value) || strings.HasPrefix(t.value, word) // include, included
}

func (b *Bound) hasState(d *lineage.Dashboard, t *term) bool {
	if b.isDecided(d, t) {
		return true
	}
	of := b.known.Outlook.Of(d.Key)
	return slices.ContainsFunc(outlook.States(), func(s outlook.State) bool {
		return strings.HasPrefix(string(s), t.value) && of.Is(s)
	})
}

// kinds are those of what a dashboard reads itself.
func (k *Known) kinds(d *lineage.Dashboard) []string {
	kinds := []string{dashboardKind}
	for _, id := range k.Graph.Upstream(d.ID) {
		if r := k.Graph.Node(id).Resource; r != nil {
			kinds = append(kinds, r.Kind.String())
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// certifiedOnes are the dashboards of a graph that curate.Certified finds.
type certifiedOnes map[lineage.ID]bool

func (k *Known) certified(d *lineage.Dashboard) bool {
	all := lineage.Derived(k.Graph, func(g *lineage.Graph) *certifiedOnes {
		found, is := certifiedOnes{}, curate.Certified(g)
		for _, d := range g.Dashboards() {
			if is(d) {
				found[d.ID] = true
			}
		}
		return &found
	})
	return (*all)[d.ID]
}

// readTexts is what the dashboards of a graph read: names of resources and of tables, in
// one text for each dashboard.
type readTexts struct{ text, lower map[lineage.ID]string }

// Prepare computes what filters ask of a whole graph. Call it where the graph was built,
// so that no key waits for it.
func Prepare(g *lineage.Graph) {
	k := &Known{Graph: g, Book: curate.New(nil)}
	k.reads()
	k.values()
	LowerTitles(g)
	for _, d := range g.Dashboards()[:min(1, len(g.Dashboards()))] {
		k.certified(d)
	}
}

func (k *Known) reads() *readTexts {
	return lineage.Derived(k.Graph, func(g *lineage.Graph) *readTexts {
		r := &readTexts{map[lineage.ID]string{}, map[lineage.ID]string{}}
		for _, d := range g.Dashboards() {
			var names []string
			for _, id := range g.Upstream(d.ID) {
				names = append(names, g.Node(id).Resource.VersionedName())
			}
			for i := range d.Links {
				names = append(names, d.Links[i].TableName())
			}
			text := strings.Join(names, "\n")
			r.text[d.ID], r.lower[d.ID] = text, strings.ToLower(text)
		}
		return r
	})
}

// titles are those of the dashboards of a graph, in lower case.
type titles []string

// LowerTitles are the titles of the dashboards of a graph, in their order and in lower case.
func LowerTitles(g *lineage.Graph) []string {
	return *lineage.Derived(g, func(g *lineage.Graph) *titles {
		all := make(titles, 0, len(g.Dashboards()))
		for _, d := range g.Dashboards() {
			all = append(all, strings.ToLower(d.Title()))
		}
		return &all
	})
}
