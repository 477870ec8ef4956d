package gathered

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/pages"
)

// List gathers the objects of one kind, each id once.
type List struct {
	at       map[string]int
	Entries  []string // canonical
	Total    int      // what the server counts; -1 while unknown
	Cursor   string   // where paging goes on
	Pages    int
	Ended    bool
	Detailed map[string]bool // ids that the second pass has seen
}

// NewList is an empty list of unknown length.
func NewList() *List { return &List{at: map[string]int{}, Total: -1, Detailed: map[string]bool{}} }

// Add keeps the richer of two entries with the same id
// (model/walk/RULES.md#fetch-flat-join-locally). What has no id cannot be linked
// to and is left out.
func (l *List) Add(entry string) {
	id := gjson.Get(entry, "id").String()
	if id == "" {
		return
	}
	if i, ok := l.at[id]; !ok {
		l.at[id] = len(l.Entries)
		l.Entries = append(l.Entries, entry)
	} else if len(entry) > len(l.Entries[i]) {
		l.Entries[i] = entry
	}
}

// Extend adds members to the entry with that id.
func (l *List) Extend(id, more string) {
	if i, ok := l.at[id]; ok {
		l.Entries[i] = canonical.Merge(l.Entries[i], more)
	}
}

// Sorted are the entries by id.
func (l *List) Sorted() []string {
	out := make([]string, 0, len(l.Entries))
	for _, id := range slices.Sorted(maps.Keys(l.at)) {
		out = append(out, l.Entries[l.at[id]])
	}
	return out
}

// Entry is the object with that id, {} when there is none.
func (l *List) Entry(id string) string {
	if i, ok := l.at[id]; ok {
		return l.Entries[i]
	}
	return "{}"
}

// Count is how much of the list is here, in words.
func (l *List) Count() string {
	if l.Total < 0 {
		return fmt.Sprint(len(l.Entries))
	}
	return fmt.Sprintf("%d of %d", len(l.Entries), l.Total)
}

// take is Site.Apply for a list.
func (l *List) take(r pages.Record) {
	if r.Detail != nil {
		for _, n := range r.Nodes {
			l.Extend(gjson.GetBytes(n, "id").String(), string(n))
		}
		for _, id := range r.Detail {
			l.Detailed[id] = true
		}
		return
	}
	for _, n := range r.Nodes {
		l.Add(string(n))
	}
	l.Total, l.Cursor, l.Ended = max(l.Total, r.Total), r.Cursor, r.End
	l.Pages++
}
