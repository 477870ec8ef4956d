package intent

import (
	"bytes"
	"strings"
)

// Recovered is what was found of an interrupted export.
type Recovered struct {
	// Found reports that there was one.
	Found bool
	// Undone are the files that are again as they were before it, Finished those that
	// it had not come to and that are written now, and Edited those that were changed
	// by hand since and stay as they are.
	Undone, Finished, Edited []string
}

// Pending reports a record: an export that is running, or was interrupted.
func Pending(files Files) bool {
	data, err := files.Read(Name)
	return data != nil && err == nil
}

// side is which state of a change a file is in.
type side int

const (
	before side = iota
	after
	edited // by hand, before the file was written
	kept   // edited by hand after the file was written
)

// Recover ends an interrupted export. Files that hold what it wrote get back what
// they had before, so that the next export starts from a whole state. A file that was
// edited by hand since stays as it is; if the edit is one of what was written, the
// others follow it instead: an entry that moved into it would otherwise be in two files.
// Only one process at a time may call it.
func Recover(files Files) (Recovered, error) {
	files.Sweep(Name)
	files.Sweep(LastExport)
	changes, err := read(files)
	if changes == nil || err != nil {
		return Recovered{}, err
	}
	out := Recovered{Found: true}
	now := make([][]byte, len(changes))
	at := make([]side, len(changes))
	done, follow := true, false
	for i := range changes {
		c := &changes[i]
		files.Sweep(c.Name)
		if now[i], err = files.Read(c.Name); err != nil {
			return out, err
		}
		at[i] = c.sideOf(now[i])
		done = done && (at[i] == after || at[i] == kept)
		follow = follow || at[i] == kept
		if at[i] == edited || at[i] == kept {
			out.Edited = append(out.Edited, c.Name)
		}
	}
	if last := len(at) - 1; !done && !(changes[last].Name == LastExport && at[last] == after) {
		if err := out.settle(files, changes, at, follow); err != nil {
			return out, err
		}
	}
	return out, files.Remove(Name)
}

// settle brings the files that were not edited to one side.
func (out *Recovered) settle(files Files, changes []Change, at []side, forward bool) error {
	if forward {
		for i := range changes {
			if at[i] == before {
				if err := carryOut(files, &changes[i]); err != nil {
					return err
				}
				out.Finished = append(out.Finished, changes[i].Name)
			}
		}
		return nil
	}
	for i := len(changes) - 1; i >= 0; i-- { // what was lost comes back before what was got goes
		c := &changes[i]
		if at[i] != after {
			continue
		}
		if err := carryOut(files, &Change{c.Name, c.New, c.Old}); err != nil {
			return err
		}
		out.Undone = append(out.Undone, c.Name)
	}
	return nil
}

// sideOf says which side a text is on. What is neither was edited; by which lines it
// has, it was edited before or after it was written.
func (c *Change) sideOf(now []byte) side {
	same := func(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }
	switch {
	case same(now, c.Old):
		return before
	case same(now, c.New):
		return after
	case like(now, c.New, c.Old) > like(now, c.Old, c.New):
		return kept
	}
	return edited
}

// like is the share of the lines of a that b does not have and the text has.
func like(text, a, b []byte) float64 {
	lines := func(t []byte) map[string]bool {
		set := map[string]bool{}
		for line := range strings.Lines(string(t)) {
			set[strings.TrimSpace(line)] = true
		}
		return set
	}
	have, other := lines(text), lines(b)
	only, found := 0, 0
	for line := range lines(a) {
		if !other[line] {
			only++
			if have[line] {
				found++
			}
		}
	}
	if only == 0 {
		return 0.5
	}
	return float64(found) / float64(only)
}
