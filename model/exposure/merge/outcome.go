package merge

import (
	"cmp"
	"slices"
)

// Outcome is what a merge makes of all files.
type Outcome struct {
	Files []Result // those that darkroom writes into, by name
	// Base is what to keep as the last export: the base of the next merge.
	Base      []byte
	Items     []Item // what is different, by name
	Conflicts []Conflict
}

// Result is one file brought up to date.
type Result struct {
	Name    string
	Old     []byte // as it is on disk; nil when there is none
	Text    []byte // what to write; nil when the file is to go
	Names   []string
	Changes Changes
	// Before and After are its entries, of [Disk.Foresee] alone.
	Before, After []InFile
	// OldLines and NewLines are where the entries begin in Old and Text, in the order of
	// lines; empty where Text is Old.
	OldLines, NewLines []EntryLine
}

// EntryLine is the line, from 1, in which an entry begins.
type EntryLine struct {
	Name string
	Line int
}

// Changes are names of exposures, sorted. Kept holds every entry whose bytes
// stay as they are, hand-written ones included.
type Changes struct {
	Added, Changed, Removed, Kept []string
}

func (c *Changes) sort() {
	for _, list := range [][]string{c.Added, c.Changed, c.Removed, c.Kept} {
		slices.Sort(list)
	}
}

// What says how an entry differs from what the BI tool and the decisions ask for.
type What string

// The kinds of difference. Item.Drift says which are drift: writing
// changes a file, or a conflict needs an answer.
const (
	Add     What = "add"
	Change  What = "change"
	Rename  What = "rename" // label or name
	Move    What = "move"   // into another file
	Remove  What = "remove"
	Clash   What = "conflict" // both sides changed a value; see Conflict
	Gone    What = "gone"     // not in the BI tool; the entry waits for the end of the grace period
	Yours   What = "yours"    // a value that was chosen by hand and differs in the BI tool
	Refused What = "refused"  // included, but dbt would not accept it; see exposure.Refusal
	SameAs  What = "same"     // gone, and a new dashboard looks the same
	ByHand  What = "declared" // written by hand; could be adopted
	Unread  What = "unread"   // in a file that dbt does not read
	Stays   What = "stays"    // the layout has another file for it; Note says why it does not move
	// Unreadable is a file that dbt cannot read, which stops all of its project.
	Unreadable What = "unreadable"
)

// Item is one difference of one exposure.
type Item struct {
	What   What
	Key    string
	Name   string
	Title  string
	File   string // where the entry is afterwards, or was
	From   string // of a move: where it is now
	Tool   string // of a conflict or a value of yours: the name of the BI tool
	Fields []FieldChange
	Note   string // in words, with the fix; may be empty
}

// Drift reports whether a check has to fail for it.
func (i *Item) Drift() bool {
	switch i.What {
	case Gone, Yours, Refused, SameAs, ByHand, Stays:
		return false
	}
	return true
}

// FieldChange is one value before and after; lists are joined by ", ".
type FieldChange struct{ Field, From, To string }

// Conflict is a value, or a whole entry, that was edited in the file and that
// darkroom would write otherwise. The edit stays until Settle says otherwise.
type Conflict struct {
	Key, Name, File string
	Tool            string // the name of the BI tool
	Field           string // "label", "config.tags"; empty when the whole entry is meant
	Ours            string // what darkroom would write; empty when it would remove it
	Theirs          string // what the file says; empty when it was removed by hand
	// NeedsAnswer: the tool's side changed as well since the last export, so that one
	// of the two has to be chosen. Without it the difference is a deliberate edit,
	// known since the last export.
	NeedsAnswer bool
	Problem     string // why darkroom's value could not be put in, when that is why
	NotTaken    bool   // Settle.Take asked for darkroom's value, and Problem prevented it
}

func (m *merger) addItem(i Item) { m.out.Items = append(m.out.Items, i) }

func (m *merger) addConflict(c Conflict) {
	c.Tool = m.toolOf(c.Key)
	m.out.Conflicts = append(m.out.Conflicts, c)
	what := Yours
	if c.NeedsAnswer {
		what = Clash
	}
	i := Item{What: what, Key: c.Key, Name: c.Name, File: c.File, Tool: c.Tool, Note: c.Problem}
	if c.Field != "" {
		i.Fields = []FieldChange{{Field: c.Field, From: c.Theirs, To: c.Ours}}
	}
	if e := m.planned[c.Key]; e != nil {
		i.Title = e.Title
	}
	m.addItem(i)
}

func (o *Outcome) sort() {
	slices.SortStableFunc(o.Items, func(a, b Item) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key)) })
	slices.SortStableFunc(o.Conflicts, func(a, b Conflict) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(o.Files, func(a, b Result) int { return cmp.Compare(a.Name, b.Name) })
	for i := range o.Files {
		o.Files[i].Changes.sort()
		slices.Sort(o.Files[i].Names)
	}
}
