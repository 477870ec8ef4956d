package plan

import (
	"fmt"
	"io"
	"slices"
)

// bare is asked for where everything is too much; a hidden view is known by the last.
const bare = "id luid name path documentViewId"

// PageQuery writes the question for a page of the list; again each time, since fields
// can turn out not to exist.
func (l *List) PageQuery(known *ServerFields) (func() string, error) { return l.query(l.want, known) }

// BareQuery asks for what a single object can be known by.
func (l *List) BareQuery(known *ServerFields) (func() string, error) { return l.query(bare, known) }

func (l *List) query(want string, known *ServerFields) (func() string, error) {
	sel, err := parseSelection(want)
	root, order := l.Root(), ""
	if known.hasArgument(root, "orderBy") { // without it pages overlap (sources/tableau/API.md#queries)
		order = ",orderBy:{field:NAME,direction:ASC}"
	}
	return func() string {
		return fmt.Sprintf("query($first:Int,$after:String){list:%s(first:$first,after:$after%s){totalCount pageInfo{hasNextPage endCursor} nodes{%s}}}",
			root, order, sel.graphql(l.Type, known, ""))
	}, err
}

// Root is the list's field at the root.
func (l *List) Root() string { return l.Name + "Connection" }

// Details is the second pass over a list.
type Details struct {
	Member string // the list in each object that is asked for, where there is one
	Paged  bool   // the server can page through it, so no object is too large
	Query  func() string
}

// Details writes the question for the details of objects by id; false when there is
// nothing to ask.
func (l *List) Details(known *ServerFields) (d Details, ok bool, err error) {
	sel, err := parseSelection(l.detail)
	if err != nil || l.detail == "" || !known.HasRoot(l.Root()) || sel.graphql(l.Type, known, "") == "" {
		return d, false, err
	}
	inner, vars := "", ""
	if d.Member = sel[0].name; len(sel) == 1 && known.has(l.Type, sel[0].name+"Connection") {
		d.Paged, inner, vars = true, "(first:$inner,after:$in)", ",$inner:Int,$in:String"
	}
	d.Query = func() string {
		return fmt.Sprintf("query($first:Int,$after:String,$ids:[ID]%s){list:%s(first:$first,after:$after,filter:{idWithin:$ids})"+
			"{pageInfo{hasNextPage endCursor} nodes{id %s}}}", vars, l.Root(), sel.graphql(l.Type, known, inner))
	}
	return d, true, nil
}

// everything are all lists that can be asked for, and the columns.
func everything() []List { return append(Lists(), Columns()...) }

func allTypes() []string {
	types := []string{"Query"}
	for _, l := range everything() {
		types = append(types, l.Type)
		for _, sel := range l.selections() {
			types = sel.types(types)
		}
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// WriteQuestions writes all that is asked for, so that a change can be noticed.
func WriteQuestions(w io.Writer, known *ServerFields) {
	for _, l := range everything() {
		for _, sel := range l.selections() {
			fmt.Fprintln(w, l.Name, sel.graphql(l.Type, known, ""))
		}
	}
}

func (l *List) selections() (out []selection) {
	for _, text := range []string{l.want, l.detail} {
		if sel, err := parseSelection(text); err == nil {
			out = append(out, sel)
		}
	}
	return out
}
