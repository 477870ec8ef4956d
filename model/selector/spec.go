package selector

// Spec is a selector that has been read: one word, or a group of specs.
type Spec interface{ isSpec() }

// Word is one method with its value, and how far around what it means.
type Word struct {
	Raw       string   // as written, for messages
	Method    string   // one of the table of methods
	Arguments []string // "materialized" of config.materialized:
	Value     any      // a text; of selectors.yml also a boolean or a number

	Family   bool // @: the node, all below it and all above those
	Up, Down int  // steps; 0 none, -1 all
	below    bool // there is a + at the end, if only of 0 steps
	Tests    Tests
}

// Group is a union, an intersection, or a difference of specs.
type Group struct {
	Op    Op
	Parts []Spec
	Raw   string
	Tests Tests
	// Named marks what was written by hand: that it selects nothing is worth a note.
	Named bool
}

// Op is what a group does with its parts.
type Op uint8

// The operations on sets.
const (
	Union Op = iota
	Intersection
	Difference // the first part without all others
)

// Tests says which tests of a selected node come with it, dbt's indirect_selection.
type Tests uint8

// Eager is dbt's default.
const (
	Eager     Tests = iota // each test that reads a selected node
	Cautious               // only tests that read nothing that is not selected
	Buildable              // cautious, and what they read may be above a selected node
	Empty                  // none
)

var testsWords = [...]string{"eager", "cautious", "buildable", "empty"}

func (*Word) isSpec()  {}
func (*Group) isSpec() {}
