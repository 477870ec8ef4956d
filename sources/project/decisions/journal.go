package decisions

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"darkroom/model/curate"
	"darkroom/sources/disk"
)

// journalLine is one change in .darkroom/journal, a line of JSON. Set holds the
// record of each touched key after the change, null where none is left; absolute
// values, so that replaying twice does no harm.
type journalLine struct {
	Session string                `json:"session"`
	N       uint64                `json:"n"` // curate.Change.Version: orders the lines of a session
	Label   string                `json:"label"`
	Set     map[string]*rawRecord `json:"set"`
	// Seen is the same for what was there at the last review.
	Seen map[string]*rawSeen `json:"seen,omitempty"`
}

func newJournalLine(session string, c curate.Change) ([]byte, error) {
	l := journalLine{Session: session, N: c.Version, Label: c.Label, Set: make(map[string]*rawRecord, len(c.Edits))}
	for _, e := range c.Edits {
		l.Set[e.Key] = nil
		if e.After != (curate.Record{}) {
			l.Set[e.Key] = rawOf(e.After)
		}
	}
	if len(c.Seen) > 0 {
		l.Seen = make(map[string]*rawSeen, len(c.Seen))
	}
	for _, e := range c.Seen {
		l.Seen[e.Key] = nil
		if e.After != (curate.Seen{}) {
			l.Seen[e.Key] = rawSeenOf(e.After)
		}
	}
	data, err := json.Marshal(l)
	return append(data, '\n'), err
}

// replayed is what a journal says.
type replayed struct {
	lines    []journalLine
	numbers  []int    // of the lines in the file, from 1
	bad      [][]byte // lines that are not readable
	problems []error  // one for each of them
	size     int64    // up to the end of the last whole line
	unended  bool     // the last line is whole but for its line end
}

// parseJournal reads what was written up to a crash: a torn last line was never
// confirmed and is passed over, a broken line before it is reported.
func parseJournal(file string, data []byte) replayed {
	var out replayed
	for n := 1; len(data) > 0; n++ {
		line, rest, ended := bytes.Cut(data, []byte("\n"))
		l, err := parseJournalLine(line)
		switch {
		case err == nil:
			out.lines, out.numbers = append(out.lines, l), append(out.numbers, n)
		case !ended:
			return out
		case len(bytes.TrimSpace(line)) > 0:
			out.bad = append(out.bad, line)
			out.problems = append(out.problems, &disk.Error{
				Kind: disk.ErrInvalid, File: file, Place: disk.Place{Line: n, Column: 1}, What: "this decision cannot be read: " + err.Error(),
				Fix: "look at the dashboards again that you decided about last; the line goes to " + badJournal,
			})
		}
		out.size += int64(len(line))
		if ended {
			out.size++
		}
		out.unended = !ended
		data = rest
	}
	return out
}

func parseJournalLine(line []byte) (l journalLine, err error) {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return l, err
	}
	if len(bytes.TrimSpace(line[dec.InputOffset():])) > 0 {
		return l, errors.New("more than one value in the line")
	}
	if l.Set == nil {
		return l, errors.New("nothing in it")
	}
	for key, r := range l.Set {
		if r != nil {
			if _, field := r.record(); field != "" {
				return l, fmt.Errorf("%s of %q", field, disk.Clip(key))
			}
		}
	}
	for key, r := range l.Seen {
		if r != nil {
			if _, ok := r.seen(); !ok {
				return l, fmt.Errorf("day of %q", disk.Clip(key))
			}
		}
	}
	return l, nil
}

// replay puts the lines on top of records and of what was seen. Lines of one session may be in
// another order than the changes were made, when they were written by goroutines
// that overtook each other.
func replay(lines []journalLine, records map[string]curate.Record, seen map[string]curate.Seen) {
	for from, to := 0, 0; from < len(lines); from = to {
		for to < len(lines) && lines[to].Session == lines[from].Session {
			to++
		}
		run := slices.Clone(lines[from:to])
		slices.SortStableFunc(run, func(a, b journalLine) int { return cmp.Compare(a.N, b.N) })
		for _, l := range run {
			for key, r := range l.Set {
				if r == nil {
					delete(records, key)
					continue
				}
				records[key], _ = r.record()
			}
			for key, r := range l.Seen {
				if r == nil {
					delete(seen, key)
					continue
				}
				seen[key], _ = r.seen()
			}
		}
	}
}
