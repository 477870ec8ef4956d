// Package outlook says what an export would do with each dashboard, and which
// exposures the projects have: those that darkroom writes, those that are written by
// hand, and those whose dashboard is gone.
//
// Not here: how it is computed (sources/project/exposures, from the plan of an
// export), and how it is drawn (ui).
package outlook

import (
	"cmp"
	"slices"

	"darkroom/model"
	"darkroom/model/exposure/merge"
)

// State is what an export does with a dashboard or an exposure.
type State string

// The states. Their texts are the values of state: in filters.
const (
	None    State = ""        // not included, and nothing is in a file
	Written State = "written" // in its file, and it stays as it is
	New     State = "new"     // will be added
	Changed State = "changed" // in its file, and its text will change
	Removed State = "removed" // in its file, and will be taken out
	Refused State = "refused" // included, and an export leaves it out or as it is
	Yours   State = "yours"   // in its file, and a value that was edited by hand differs from the BI tool's
	Manual  State = "manual"  // written by hand
	Gone    State = "gone"    // in its file, and not in the BI tool
)

// States are all that a filter can ask for, in the order in which they are listed.
func States() []State {
	return []State{Written, New, Changed, Removed, Refused, Yours, Manual, Gone}
}

// Word is a state in a table: "by hand".
func (s State) Word() string {
	switch s {
	case Changed:
		return "changes"
	case Removed:
		return "goes"
	case Manual:
		return "by hand"
	}
	return string(s)
}

// Rank orders states: the more it matters, the higher.
func (s State) Rank() int {
	return slices.Index([]State{None, Manual, Written, Gone, Yours, New, Changed, Removed, Refused}, s)
}

// Entry is one exposure: one that is, or will be, in a file of a project.
type Entry struct {
	ID, Name string // ID is the unique_id; empty of one that is refused and has no entry
	// Key is the dashboard's, or the workbook's where whole workbooks are exported; empty
	// when it is written by hand.
	Key   string
	In    *model.Project // that it belongs to; nil of one that is refused and has no entry
	State State
	// Auto is true of those that darkroom writes, false of those written by hand.
	Auto bool
	// Disabled: by hand, with enabled: false.
	Disabled bool
	// Unparsed: in its file and not yet in the manifest: dbt has not parsed the project
	// since.
	Unparsed bool

	Project     string // its title
	Integration string // the BI tool's name, or its key in meta when the tool is not loaded
	Site        string // as model.Site.ID, "" when it is not known
	Label, Type string
	Maturity    string
	Description string
	Owner       string
	OwnerEmails []string
	Tags        []string
	URL, LUID   string
	DependsOn   []string // unique_ids, sorted; never nil

	// Path is the file with slashes, inside the project; Line where the entry begins in
	// the file as it is now, from 1; 0 when that is not known or it is not there yet.
	Path string
	Line int
	// YAML is its text as it will be.
	YAML string
	// Dashboards are the keys of those that it is about, as far as they are known.
	Dashboards []string

	Fields    []merge.FieldChange // that will change
	Conflicts []merge.Conflict    // values that were edited by hand and differ
	Why, Fix  string              // of what is refused, gone or kept
}

func (e *Entry) root() string {
	if e.In == nil {
		return ""
	}
	return e.In.Root
}

// Is reports whether an entry has a state. A value that differs counts besides the state.
func (e *Entry) Is(s State) bool {
	return e.State == s || s == Yours && len(e.Conflicts) > 0
}

// Dashboard is what an export does with one dashboard.
type Dashboard struct {
	State State
	// Entries are those of the dashboard: in each project that has some of its models,
	// or written by hand.
	Entries  []*Entry
	Why, Fix string // of a refusal
	// ByHand: it is declared in an entry that is written by hand, which is among Entries.
	ByHand bool
}

// Is reports whether a dashboard has a state, by itself or in one of its entries.
func (d *Dashboard) Is(s State) bool {
	return d.State == s || s == Manual && d.ByHand ||
		slices.ContainsFunc(d.Entries, func(e *Entry) bool { return e.Auto && e.Is(s) })
}

// Entry is the first of its entries, or nil.
func (d *Dashboard) Entry() *Entry {
	if len(d.Entries) == 0 {
		return nil
	}
	return d.Entries[0]
}

// Outlook is what an export would do. The zero value knows nothing.
type Outlook struct {
	// Entries are all exposures, by project and name; Named the same by name first.
	Entries, Named []*Entry
	// Stops says why nothing at all can be written now; empty when it can.
	Stops string

	of     map[string]*Dashboard
	counts map[State]int
}

// Make is an outlook of entries and of what is done with dashboards by key.
func Make(entries []*Entry, of map[string]*Dashboard, stops string) *Outlook {
	o := &Outlook{Entries: entries, of: of, Stops: stops, counts: map[State]int{}}
	slices.SortFunc(o.Entries, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Name, b.Name), cmp.Compare(a.root(), b.root()))
	})
	o.Named = slices.SortedStableFunc(slices.Values(o.Entries), func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	for _, e := range entries {
		if e.State != Refused {
			o.counts[e.State]++
		}
	}
	for _, d := range of {
		if d.State == Refused {
			o.counts[Refused]++
		}
	}
	return o
}

// Of is what an export does with a dashboard; never nil.
func (o *Outlook) Of(key string) *Dashboard {
	if o != nil && o.of[key] != nil {
		return o.of[key]
	}
	return &Dashboard{}
}

// Count is the number of exposures of a state; of those refused, of dashboards.
func (o *Outlook) Count(s State) int {
	if o == nil {
		return 0
	}
	return o.counts[s]
}
