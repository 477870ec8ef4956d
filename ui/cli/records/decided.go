package records

import (
	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/sources/project/workspace"
)

// Decided is what holds for a dashboard after a decision.
type Decided struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	Site    string `json:"site"`
	Place   string `json:"place"`
	Before  string `json:"before"`
	Now     string `json:"now"` // included, excluded or undecided
	Rule    string `json:"rule,omitempty"`
	Why     string `json:"why,omitempty"`
	Changed bool   `json:"changed"`
}

// Deciding remembers what held for dashboards before a decision.
func Deciding(w *workspace.Workspace, of []*lineage.Dashboard) []Decided {
	out := make([]Decided, 0, len(of))
	for _, d := range of {
		out = append(out, Decided{Key: d.Key, Title: d.Title(), Site: d.Site.ID(), Place: Place(d), Before: w.Book.Effective(d.Key).State()})
	}
	return out
}

// Follow adds what a decision made of them.
func Follow(w *workspace.Workspace, all []Decided, change curate.Change) {
	changed := make(map[string]bool, len(change.Edits))
	for _, e := range change.Edits {
		changed[e.Key] = true
	}
	for i := range all {
		d := &all[i]
		d.Now, d.Why, d.Changed = w.Book.Effective(d.Key).State(), w.Book.Get(d.Key).Why, changed[d.Key]
		if rule, ruled := w.Book.RuledBy(d.Key); ruled {
			d.Rule = rule.String()
		}
	}
}

// Fixed is a map, pin or ignore that was kept or taken away.
type Fixed struct {
	Fix        string `json:"fix"` // map, pin or ignore
	What       string `json:"what"`
	Removed    bool   `json:"removed"`
	Effect     string `json:"effect,omitempty"` // in words
	Linked     int    `json:"linked_tables"`
	Ignored    int    `json:"ignored_tables"`
	Lost       int    `json:"lost_tables"`
	Dashboards int    `json:"dashboards"`
}

// FixedOf says what a fix did. Of one that was taken away that is not counted.
func FixedOf(fix ledger.Fix, e ledger.Effect, removed bool) Fixed {
	f := Fixed{Fix: fix.Word(), What: fix.String(), Removed: removed}
	if !removed {
		f.Effect, f.Linked, f.Ignored, f.Lost, f.Dashboards = e.String(), e.Tables, e.Ignored, e.Lost, e.Dashboards
	}
	return f
}
