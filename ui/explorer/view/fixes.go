package view

import (
	"darkroom/model/ledger"
	"darkroom/model/lineage"
)

// What can be decided about one row is bounded, and so are the tables that are
// asked for it: a group can hold thousands, and this is asked for every frame.
const (
	mostFixes = 40
	// MostLinks is how many links are asked for their fixes.
	MostLinks = 200
)

// fixList collects fixes, each once.
type fixList struct {
	seen map[string]bool
	out  []ledger.Fix
}

func (f *fixList) add(fixes ...ledger.Fix) {
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	for _, one := range fixes {
		if key := one.Key(); !f.seen[key] && len(f.out) < mostFixes {
			f.seen[key] = true
			f.out = append(f.out, one)
		}
	}
}

// Fixes lists what can be decided about a row: its own fixes, then those of its
// links, the suggested ones first.
func Fixes(g *lineage.Graph, s Subject, links []*lineage.Link) []ledger.Fix {
	var f fixList
	f.add(s.Fixes...)
	for _, l := range links {
		if fix, ok := ledger.SuggestedFix(g, ledger.GapRow{Link: l}); ok {
			f.add(fix)
		}
	}
	for _, l := range links {
		f.add(ledger.Fixes(g, l)...)
	}
	return f.out
}

// SuggestedFixes lists the fixes that the tables' names speak for, each once.
func SuggestedFixes(g *lineage.Graph, in []ledger.GapDashboard) []ledger.Fix {
	var f fixList
	asked := 0
	for _, d := range in {
		for _, row := range d.Rows {
			if asked++; asked > MostLinks {
				return f.out
			}
			if fix, ok := ledger.SuggestedFix(g, row); ok {
				f.add(fix)
			}
		}
	}
	return f.out
}
