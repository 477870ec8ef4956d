// Package pages keeps what a fetch has learned on disk, record by record, so that an
// interrupted fetch can resume. What the records mean is package gathered's.
package pages

import (
	"bytes"
	"encoding/json"
)

// Record is one thing learned: a page, details, a file, or a gap.
type Record struct {
	List       string            `json:"list,omitempty"`
	Nodes      []json.RawMessage `json:"nodes,omitempty"`
	Total      int               `json:"total"`
	Cursor     string            `json:"cursor,omitempty"`
	End        bool              `json:"end,omitempty"`
	Detail     []string          `json:"detail,omitempty"` // ids whose details Nodes are
	Gap        string            `json:"hole,omitempty"`
	Incomplete *Incomplete       `json:"cut,omitempty"`
	// Refused is why this account does not get a file.
	Refused string `json:"refused,omitempty"`

	at int64 // where the first of Nodes is in the file; 0 is nowhere
}

// EachNode calls fn with every node and the place of its text, for File.Text; 0 is none.
func (r *Record) EachNode(fn func(node []byte, at int64)) {
	at := r.at
	for _, n := range r.Nodes {
		fn(n, at)
		if r.at > 0 {
			at += int64(len(n)) + 1 // and a comma
		}
	}
}

// place finds the nodes in the record's line, which begins at a byte of the file.
func (r *Record) place(line []byte, from int64) {
	before, rest, ok := bytes.Cut(line, []byte(`"nodes":[`))
	if !ok {
		return
	}
	for i, n := range r.Nodes {
		if i > 0 && len(rest) > 0 {
			rest = rest[1:]
		}
		if !bytes.HasPrefix(rest, n) {
			return // not as it was given
		}
		rest = rest[len(n):]
	}
	r.at = from + int64(len(before)+len(`"nodes":[`))
}

// Incomplete says what was cut off: objects of a list, or without ids the list itself.
type Incomplete struct {
	List string   `json:"list"`
	IDs  []string `json:"ids,omitempty"`
	Why  string   `json:"why"`
}

// IsOf reports that it is about a list; of nil it is about none.
func (i *Incomplete) IsOf(list string) bool { return i != nil && i.List == list }

// Raw makes nodes of JSON texts.
func Raw(texts []string) []json.RawMessage {
	out := make([]json.RawMessage, len(texts))
	for i, t := range texts {
		out[i] = json.RawMessage(t)
	}
	return out
}
