package query

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model/lineage"
)

// Value is something that can be behind a field, and how many dashboards have it.
type Value struct {
	Text       string
	Dashboards int
}

// valuesOf are the values of each field, the most frequent ones first.
type valuesOf map[string][]Value

// values are what fields have in a graph. The states change with each decision,
// and health comes with results: their counts are not here.
func (k *Known) values() valuesOf {
	return *lineage.Derived(k.Graph, func(*lineage.Graph) *valuesOf {
		all := valuesOf{}
		for _, f := range fields() {
			if f.values != nil && !f.changes() {
				all[f.name] = k.count(&f)
			}
		}
		return &all
	})
}

// changes reports a field whose values are not those of the graph alone.
func (f *field) changes() bool { return f.name == "state" || f.name == "health" }

func (k *Known) count(f *field) []Value {
	counts := map[string]int{}
	for _, d := range k.Graph.Dashboards() {
		seen := ""
		for _, v := range f.values(k, d) {
			if v != "" && v != seen {
				counts[v]++
				seen = v
			}
		}
	}
	values := make([]Value, 0, len(counts))
	for text, n := range counts {
		values = append(values, Value{text, n})
	}
	slices.SortFunc(values, func(a, b Value) int {
		return cmp.Or(b.Dashboards-a.Dashboards, strings.Compare(a.Text, b.Text))
	})
	return values
}
