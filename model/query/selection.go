package query

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/selector"
)

// Selection is what --select and --exclude say: texts in the grammar of filters, in which
// a bare word is a name, as in dbt. What several texts select is joined.
type Selection struct {
	in, out     []Query
	texts, less []string
}

// Found is what a selection means. The zero value means everything.
type Found struct {
	lineage.Selection
	// Entries are the exposures that there are, selected or not, for whoever lists them; nil
	// when they have not been looked for.
	Entries []*outlook.Entry

	entry func(*outlook.Entry) bool
}

// HasEntry reports whether an exposure is in a narrowed selection: by what its entry says,
// or by one of its dashboards.
func (f Found) HasEntry(e *outlook.Entry) bool { return f.entry(e) }

// ReadSelection reads what is selected and what is excluded; nil when neither is said.
func ReadSelection(selects, excludes []string) (*Selection, error) {
	s := &Selection{texts: selects, less: excludes}
	for _, list := range []struct {
		texts []string
		to    *[]Query
	}{{selects, &s.in}, {excludes, &s.out}} {
		for _, text := range list.texts {
			q := read(text, true).Kept()
			if q.Problem != "" {
				return nil, errors.New(q.Problem)
			}
			if q.HasTerms() {
				*list.to = append(*list.to, q)
			}
		}
	}
	if len(s.in)+len(s.out) == 0 {
		return nil, nil
	}
	return s, nil
}

// OfDashboards names a field that only dashboards have, and by which they are selected;
// empty where there is none.
func (s *Selection) OfDashboards(earlier bool) string {
	if s == nil {
		return ""
	}
	for _, q := range s.in {
		for i := range q.terms {
			if t := &q.terms[i]; t.isDashboards() && !(earlier && t.spec != nil) {
				return t.field.name
			}
		}
	}
	return ""
}

// NeedsOutlook reports that what an export does is asked for.
func (s *Selection) NeedsOutlook() bool { return s.asks("state") }

// NeedsHealth reports that the health of what is selected is asked for.
func (s *Selection) NeedsHealth() bool { return s.asks("health") }

func (s *Selection) asks(field string) bool {
	asks := func(t term) bool { return t.isAbout(field) }
	return slices.ContainsFunc(slices.Concat(s.in, s.out), func(q Query) bool { return slices.ContainsFunc(q.terms, asks) })
}

// isDbts reports a selection that dbt could read: every word is one of its selectors.
func (s *Selection) isDbts() bool {
	own := func(t term) bool { return t.field != nil || t.not }
	return !slices.ContainsFunc(slices.Concat(s.in, s.out), func(q Query) bool { return slices.ContainsFunc(q.terms, own) })
}

// Find gives what is selected. Notes say which words select nothing: that is no error, as
// in dbt (model/selector/SELECTORS.md#nothing-selected). It stops with the error of ctx.
func (s *Selection) Find(ctx context.Context, k Known) (in Found, notes []string, err error) {
	var all [2][]*Bound
	for i, queries := range [2][]Query{s.in, s.out} {
		for _, q := range queries {
			b, problem := q.Bind(k)
			if problem != "" && len(b.nothing) == 0 {
				return in, nil, errors.New(problem)
			}
			notes = append(notes, b.notes()...)
			all[i] = append(all[i], b)
		}
	}
	found, err := s.dbts(k)
	if err != nil {
		return in, nil, err
	}
	among := func(has func(*Bound) bool) bool {
		return (len(all[0]) == 0 || slices.ContainsFunc(all[0], has)) && !slices.ContainsFunc(all[1], has)
	}
	meets := func(id lineage.ID) bool {
		return ctx.Err() == nil && among(func(b *Bound) bool { return b.Meets(id, false) })
	}
	in = Found{Selection: k.Graph.SelectedBy(meets, found), entry: func(e *outlook.Entry) bool {
		return among(func(b *Bound) bool { return b.meetsEntry(e, false) })
	}}
	if (found == nil || found.Empty()) && !anyOf(k, meets, in.entry) {
		notes = append(notes, "no nodes selected")
	}
	return in, notes, ctx.Err()
}

// dbts is what dbt finds; nil when the selection is not one of dbt's.
func (s *Selection) dbts(k Known) (*selector.Found, error) {
	if !s.isDbts() {
		return nil, nil
	}
	spec, err := selector.Read(strings.Join(s.texts, " "), strings.Join(s.less, " "))
	if err != nil {
		return nil, err
	}
	return k.Nodes.Find(spec)
}

// anyOf reports whether a node or an exposure is selected.
func anyOf(k Known, meets func(lineage.ID) bool, entry func(*outlook.Entry) bool) bool {
	for id := range lineage.ID(k.Graph.Len()) {
		if meets(id) {
			return true
		}
	}
	return k.Outlook != nil && slices.ContainsFunc(k.Outlook.Entries, entry)
}

// Help lists the fields for the help of a command, in lines of a width.
func Help(width int) string {
	line, out := "Fields of dashboards:", ""
	for name := range strings.FieldsSeq(fieldNames()) {
		if len(line)+len(name) > width {
			out, line = fmt.Sprintln(out+line), " "
		}
		line += " " + name
	}
	return out + line
}
