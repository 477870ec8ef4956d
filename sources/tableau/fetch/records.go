package fetch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// record is one thing learned: a page, details, a file, or a hole.
type record struct {
	List   string            `json:"list,omitempty"`
	Nodes  []json.RawMessage `json:"nodes,omitempty"`
	Total  int               `json:"total"`
	Cursor string            `json:"cursor,omitempty"`
	End    bool              `json:"end,omitempty"`
	Detail []string          `json:"detail,omitempty"` // ids whose details Nodes are
	Hole   string            `json:"hole,omitempty"`
	Cut    *cut              `json:"cut,omitempty"`
	// Refused is why this account does not get a file.
	Refused string `json:"refused,omitempty"`
}

func raw(texts []string) []json.RawMessage {
	out := make([]json.RawMessage, len(texts))
	for i, t := range texts {
		out[i] = json.RawMessage(t)
	}
	return out
}

// apply takes a record in: one just learned, or one of an interrupted fetch.
func (f *fetcher) apply(r record) {
	f.mu.Lock()
	defer f.mu.Unlock()
	kind, isFile := strings.CutPrefix(r.List, filesList)
	if isFile && !f.opt.Download {
		return // left by a sync that asked for files, and what belongs to them, too
	}
	if r.Hole != "" {
		f.holes = appendNew(f.holes, r.Hole)
	}
	if r.Cut != nil {
		f.marks.take(r.Cut)
	}
	switch {
	case isFile:
		f.files.take(kind, r)
	case r.List == "connections":
		if len(r.Detail) == 1 && len(r.Nodes) == 1 {
			f.connected[r.Detail[0]] = string(r.Nodes[0])
		}
	default:
		l := f.lists[r.List]
		if name, ok := strings.CutPrefix(r.List, "rest/"); ok {
			l = f.rest[name]
		}
		if l != nil {
			l.take(r)
		}
	}
}

// take is apply for a list.
func (l *list) take(r record) {
	if r.Detail != nil {
		for _, n := range r.Nodes {
			l.extend(gjson.GetBytes(n, "id").String(), string(n))
		}
		for _, id := range r.Detail {
			l.detailed[id] = true
		}
		return
	}
	for _, n := range r.Nodes {
		l.add(string(n))
	}
	l.total, l.cursor, l.ended = max(l.total, r.Total), r.Cursor, r.End
	l.pages++
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// hole is a sentence for Partial about what is kept: a later fetch does not ask for
// it again.
func (f *fetcher) hole(text string) {
	r := record{Hole: text}
	f.apply(r)
	_ = f.scratch.add(r) // the next page meets the same error and reports it
}

// gap is a hole that the next fetch may not have: it asks again.
func (f *fetcher) gap(text string) { f.apply(record{Hole: text}) }

// note is a sentence for people: nothing that makes the snapshot partial.
func (f *fetcher) note(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.notes = appendNew(f.notes, text)
}

// withheld tells what this account does not get. Where the last snapshot has it,
// something is lost.
func (f *fetcher) withheld(had bool, text string) {
	if had {
		f.gap(text)
	} else {
		f.note(text)
	}
}

// had reports whether the last snapshot has something from a path of REST.
func (f *fetcher) had(path string) bool { return f.opt.Earlier.Known[strings.ToLower(path)] }

// firstFew shortens a list of names for a sentence.
func firstFew(names []string) string {
	const most = 10
	if n := len(names) - most; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n)
	}
	return strings.Join(names, ", ")
}
