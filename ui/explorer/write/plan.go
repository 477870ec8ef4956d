// Package write shows what writing the YAML would change, as an overlay: what is left out
// and why, conflicts with their answers, then the diff, one exposure after another. It
// writes nothing itself: how a plan is made and carried out is given to it.
package write

// Plan is what writing the YAML would do.
type Plan struct {
	Title    string   // what is shown; empty is an export
	Include  []string // keys of dashboards to include with it
	Files    []FilePlan
	Written  int       // exposures that darkroom will have in the files
	Refusals []Refusal // dashboards that cannot be written, and what to do
	Notes    []string  // worth knowing
	// Conflicts are values that were changed in the file and differ in the BI
	// tool, those that the tool changed too first.
	Conflicts []Conflict
	// Removals say which entries would go although they were not excluded: that is asked
	// before it is written.
	Removals []string
	About    []string // sentences to know first
	Payload  any      // the backend's own

	rows [][]line // of the files, once read
}

// Conflict is one value with two sides. Yours is in the file.
type Conflict struct {
	Name, Field   string // of the exposure; Field is empty when all of it is meant
	Tool          string // the name of the BI tool
	Yours, Theirs string // Theirs is the value of the tool
	Moved         bool   // the tool changed it since the last export, too
	Why           string // why the tool's value cannot be put in, or what would go with it
}

// ID is how answers name the conflict: "sales.label", "sales".
func (c Conflict) ID() string {
	if c.Field == "" {
		return c.Name
	}
	return c.Name + "." + c.Field
}

// Answers say for conflicts, by ID, whose value is written.
type Answers struct{ Take, Keep []string }

// FilePlan is one file of a plan.
type FilePlan struct {
	Path string // as shown: relative to the project
	Diff string // unified; empty when nothing changes
	// Names of exposures.
	Added, Changed, Removed []string
	// Old and New are where entries begin in the file as it is and as it will be, in the
	// order of lines.
	Old, New []EntryLine
}

// EntryLine is the line, from 1, in which an entry begins.
type EntryLine struct {
	Name string
	Line int
}

// Refusal is one dashboard that was left out of a plan.
type Refusal struct{ Key, Title, Rule, Fix string }

// Empty reports a plan that changes nothing.
func (p Plan) Empty() bool { return p.changed() == 0 }

// changed counts the files that change.
func (p Plan) changed() int {
	n := 0
	for i := range p.Files {
		if p.Files[i].Diff != "" {
			n++
		}
	}
	return n
}

// Read takes the diffs apart. That is done in the background; a plan that was not read is
// read when it is shown.
func (p *Plan) Read() {
	if p.rows != nil {
		return
	}
	p.rows = make([][]line, len(p.Files))
	for i := range p.Files {
		p.rows[i] = p.Files[i].read()
	}
}
