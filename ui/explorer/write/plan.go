// Package write shows what writing the YAML would change: the plan, its conflicts
// with their answers, and the diff, as an overlay. It writes nothing itself: how a
// plan is made and carried out is given to it.
package write

// Plan is what writing the YAML would do.
type Plan struct {
	Files    []FilePlan
	Refusals []Refusal // dashboards that cannot be written, and what to do
	Notes    []string  // worth knowing
	// Conflicts are values that were changed in the file and differ in the BI
	// tool, those that the tool changed too first.
	Conflicts []Conflict
	// Removals say which entries would go although they were not excluded: that is asked
	// before it is written.
	Removals []string
	Payload  any // the backend's own
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
	Path                    string // as shown: relative to the project
	Diff                    string // unified; empty when nothing changes
	Added, Changed, Removed int
}

// Refusal is one dashboard that was left out of a plan.
type Refusal struct{ Title, Rule, Fix string }

// Empty reports a plan that changes nothing.
func (p Plan) Empty() bool {
	for _, f := range p.Files {
		if f.Diff != "" {
			return false
		}
	}
	return true
}
