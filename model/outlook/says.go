package outlook

import (
	"strconv"
	"strings"

	"darkroom/model"
)

// Says is what an export does with a dashboard and why, in one sentence; empty when it does
// nothing. Adopt is how an exposure that is written by hand is adopted: "A adopts it".
func (d *Dashboard) Says(adopt func(name string) string) string {
	hand := ""
	if e := d.hand(); e != nil {
		hand = "already " + e.Name + " in " + e.Place() + ": " + adopt(e.Name)
	}
	switch {
	case d.State == Refused && hand != "":
		return "refused: " + hand
	case d.State == Refused:
		return "refused: " + because(d.Why, d.Fix)
	case d.State == None:
		return ""
	case d.State == Manual:
		return hand
	}
	return entriesSay(d.Entries)
}

// entriesSay is what an export does with each of darkroom's entries. What it does alike in
// several projects is said once, with their names.
func entriesSay(entries []*Entry) string {
	var says []string
	in := map[string][]string{}
	for _, e := range entries {
		if !e.Auto {
			continue
		}
		s := e.Says()
		if len(in[s]) == 0 {
			says = append(says, s)
		}
		in[s] = append(in[s], e.Project)
	}
	for i, s := range says {
		if projects := in[s]; len(projects) > 1 {
			says[i] += ", in " + model.Listed(projects)
		}
	}
	return strings.Join(says, "; ")
}

// hand is the entry of the dashboard that is written by hand, or nil.
func (d *Dashboard) hand() *Entry {
	for _, e := range d.Entries {
		if d.ByHand && !e.Auto {
			return e
		}
	}
	return nil
}

// Place is where an entry is, or will be: "models/exposures.yml:12".
func (e *Entry) Place() string {
	if e.Line == 0 {
		return e.Path
	}
	return e.Path + ":" + strconv.Itoa(e.Line)
}

// Says is what an export does with an entry.
func (e *Entry) Says() string {
	at := e.Name + " in " + e.Place()
	switch e.State {
	case Written:
		return because("written: "+at+" stays as it is", because(e.Why, e.Fix))
	case New:
		return "new: will be added to " + e.Path + " as " + e.Name
	case Changed:
		return "changes: " + at + with(": ", e.fields())
	case Removed:
		return "goes: " + at + " will be taken out"
	case Refused:
		return "refused: " + because(e.Why, e.Fix)
	case Yours:
		return "yours: " + at + " stays as you edited it" + with(": ", e.differing())
	case Manual:
		return "by hand: " + at
	case Gone:
		return "gone: " + at + with(": ", because(e.Why, e.Fix))
	}
	return ""
}

// fields are those that will change.
func (e *Entry) fields() string {
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Field)
	}
	return strings.Join(names, ", ")
}

// differing says which values differ from the BI tool's.
func (e *Entry) differing() string {
	var out []string
	for _, c := range e.Conflicts {
		switch {
		case c.Field == "" || c.Problem != "":
			out = append(out, c.Problem)
		default:
			out = append(out, c.Field+" of "+c.Tool+" is "+quoted(c.Ours))
		}
	}
	return strings.Join(out, "; ")
}

func quoted(s string) string {
	if s == "" {
		return "empty"
	}
	return "“" + s + "”"
}

// because joins what is, and what to do.
func because(why, fix string) string { return why + with("; ", fix) }

// with puts a separator before a text; an empty one stays empty.
func with(separator, s string) string {
	if s == "" {
		return ""
	}
	return separator + s
}
