package gathered

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/pages"
)

// List gathers the objects of one kind, each id once. Their texts stay in the pages that
// they came with, as far as these are kept.
type List struct {
	at       map[string]int
	entries  []entry
	pages    *pages.File
	Total    int    // what the server counts; -1 while unknown
	Cursor   string // where paging goes on
	Pages    int
	Ended    bool
	Detailed map[string]bool // ids that the second pass has seen
}

// entry is canonical JSON: a text, or n bytes at a place of the pages.
type entry struct {
	text string
	at   int64
	n    int
}

// NewList is an empty list of unknown length.
func NewList(kept *pages.File) *List {
	return &List{at: map[string]int{}, pages: kept, Total: -1, Detailed: map[string]bool{}}
}

// Len is how many objects are here.
func (l *List) Len() int { return len(l.entries) }

// Add is add for what is in no page.
func (l *List) Add(text string) { l.add([]byte(text), 0) }

// add keeps the richer of two entries with the same id
// (model/walk/RULES.md#fetch-flat-join-locally). What has no id cannot be linked
// to and is left out. at is where the pages have it, 0 is nowhere.
func (l *List) add(text []byte, at int64) {
	id := gjson.GetBytes(text, "id").String()
	if id == "" {
		return
	}
	i, known := l.at[id]
	if known && len(text) <= l.entries[i].n {
		return
	}
	e := entry{at: at, n: len(text)}
	if at == 0 {
		e.text = string(text)
	}
	if known {
		l.entries[i] = e
	} else {
		l.at[strings.Clone(id)] = len(l.entries)
		l.entries = append(l.entries, e)
	}
}

// Extend adds members to the entry with that id.
func (l *List) Extend(id, more string) {
	if i, ok := l.at[id]; ok {
		text := canonical.Merge(l.textOf(i), more)
		l.entries[i] = entry{text: text, n: len(text)}
	}
}

// New counts the objects among nodes that are not here.
func (l *List) New(nodes []json.RawMessage) int {
	found := map[string]bool{}
	for _, n := range nodes {
		id := gjson.GetBytes(n, "id").String()
		if _, ok := l.at[id]; !ok && id != "" {
			found[id] = true
		}
	}
	return len(found)
}

func (l *List) textOf(i int) string {
	if e := &l.entries[i]; e.at > 0 {
		return l.pages.Text(e.at, e.n)
	}
	return l.entries[i].text
}

// Entries are the objects in the order in which they came.
func (l *List) Entries(yield func(text string) bool) {
	for i := range l.entries {
		if !yield(l.textOf(i)) {
			return
		}
	}
}

// Sorted are the entries by id.
func (l *List) Sorted(yield func(text string) bool) {
	for _, id := range slices.Sorted(maps.Keys(l.at)) {
		if !yield(l.textOf(l.at[id])) {
			return
		}
	}
}

// Entry is the object with that id, {} when there is none.
func (l *List) Entry(id string) string {
	if i, ok := l.at[id]; ok {
		return l.textOf(i)
	}
	return "{}"
}

// Count is how much of the list is here, in words.
func (l *List) Count() string {
	if l.Total < 0 {
		return fmt.Sprint(l.Len())
	}
	return fmt.Sprintf("%d of %d", l.Len(), l.Total)
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
	r.EachNode(l.add)
	l.Total, l.Cursor, l.Ended = max(l.Total, r.Total), r.Cursor, r.End
	l.Pages++
}
