package decisions

import (
	"strings"

	"darkroom/model/curate"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions/flowline"
)

// decisionsHead begins a decisions.yml that did not exist before.
const decisionsHead = `# What was decided about Tableau dashboards: which become dbt exposures ("include"),
# which do not ("exclude"), by whom and why. Written by darkroom, sorted, one line
# per dashboard; commit it. You may edit it: a comment above a line stays with it.
version: 1
decisions:
`

// decisionsVersion is the newest format that this darkroom reads.
const decisionsVersion = 1

// decisionsFile is .darkroom/decisions.yml taken apart. What was not changed goes
// back as it came: everything outside of the section decisions, and in it each
// line whose record is the same.
type decisionsFile struct {
	before, after string // the latter from the last decision on
	indent        string
	entries       map[string]entry
	crlf          bool
	matches       config.Matches // what was learnt in the explorer
}

// entry is one decision of the file.
type entry struct {
	above string // comments and blank lines right above, with line ends
	raw   string // its own lines, with line ends; empty when it has to be written again
	notes string // comments inside raw, put above when raw cannot be kept
	rec   curate.Record
	line  int
}

func newDecisions() *decisionsFile {
	return &decisionsFile{before: decisionsHead, indent: "  ", entries: map[string]entry{}}
}

// records are the decisions as a book keeps them.
func (d *decisionsFile) records() map[string]curate.Record {
	m := make(map[string]curate.Record, len(d.entries))
	for key, e := range d.entries {
		if e.rec != (curate.Record{}) {
			m[key] = e.rec
		}
	}
	return m
}

// render writes the file for the records of a book. The same file and records
// give the same bytes.
func (d *decisionsFile) render(b *curate.Book) []byte {
	var w strings.Builder
	w.Grow(len(d.before) + len(d.after) + 240*b.Len())
	w.WriteString(d.before)
	for key, rec := range b.All() {
		e := d.entries[key]
		w.WriteString(e.above)
		if e.raw != "" && e.rec == rec {
			w.WriteString(e.raw)
			continue
		}
		w.WriteString(e.notes)
		w.WriteString(d.indent)
		flowline.Write(&w, key, rawOf(rec).fields())
	}
	w.WriteString(d.after)
	if d.crlf {
		return []byte(strings.ReplaceAll(w.String(), "\n", "\r\n"))
	}
	return []byte(w.String())
}

// isSection reports the top-level keys of the file.
func isSection(key string) bool {
	switch key {
	case "version", "decisions", "maps", "pins", "ignore":
		return true
	}
	return false
}

// newer is the fix for anything that an older darkroom does not know: dropping
// it silently would lose what a newer one wrote.
const newer = "if a newer darkroom wrote it, use that one; nothing was changed"
