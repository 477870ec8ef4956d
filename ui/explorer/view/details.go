package view

import "darkroom/model/lineage"

// Details are the lines about what is under the cursor.
type Details struct {
	Lines []string
	Head  int    // lines of the title, which stay when the rest scrolls
	Links []Link // in the order in which they are read
}

// Link is a name in details that can be followed: some cells of a line.
type Link struct {
	Line, From, To int // From and To count cells; To is the first one behind
	Target
}

// Target is what a link leads to: a resource or dashboard or, with Node None, the rest of
// a list that is shown shortened.
type Target struct {
	Node lineage.ID
	List string
}

// Detailed is a view whose details have links.
type Detailed interface {
	// Describe is what Details gives, with links. rows says how much of a list is
	// shown; nil shows its beginning.
	Describe(width int, rows ListRows) Details
}

// ListRows is the number of rows of a list that are shown.
type ListRows func(list string) int

// Describe gives the details of a view, with links where it has them.
func Describe(v View, width int, rows ListRows) Details {
	if d, ok := As[Detailed](v); ok {
		return d.Describe(width, rows)
	}
	return Details{Lines: v.Details(width)}
}
