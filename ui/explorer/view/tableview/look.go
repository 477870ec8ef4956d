package tableview

import (
	"context"
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/query"
	"darkroom/ui/explorer/view"
)

// Filter implements view.View: a row is shown when its node meets the terms and its
// columns have all words.
func (v *View[R]) Filter(q *query.Bound) {
	if q == nil {
		v.query, v.kept = nil, nil
		v.Table.SetFilter(nil)
		return
	}
	v.Look()(context.Background(), q).Show()
}

func (v *View[R]) Look() func(context.Context, *query.Bound) view.Answer {
	g, rows, before, among := v.Graph, v.rows, v.query, v.kept
	return func(ctx context.Context, q *query.Bound) view.Answer {
		if among == nil || !q.Narrows(before) {
			among = all(rows)
		}
		kept := make([]int, 0, len(among))
		for n, i := range among {
			if n&0xff == 0 && ctx.Err() != nil {
				break // the answer is not wanted any more
			}
			if v.matches(g, q, rows[i]) {
				kept = append(kept, i)
			}
		}
		show := func() {
			if g != v.Graph || !same(rows, v.rows) { // rows came meanwhile
				v.Filter(q)
				return
			}
			v.query, v.kept = q, kept
			v.Table.Keep(kept, func(row R) bool { return v.matches(v.Graph, q, row) })
		}
		return view.Answer{Hits: len(kept), Show: show, Shown: func() []string {
			below := make([][]*lineage.Dashboard, len(kept))
			for n, i := range kept {
				below[n] = v.Subject(g, rows[i]).Below
			}
			return view.Keys(below...)
		}}
	}
}

// all are the indices of rows.
func all[R any](rows []R) []int {
	indices := make([]int, len(rows))
	for i := range indices {
		indices[i] = i
	}
	return indices
}

// same reports that two lists of rows are one.
func same[R any](a, b []R) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// matches looks at what the view does not change, so that it can be asked in the background.
func (v *View[R]) matches(g *lineage.Graph, q *query.Bound, row R) bool {
	s := v.Subject(g, row)
	if q.Problem != "" || q.HasTerms() && !v.meets(q, row, &s) {
		return false
	}
	var found uint64
	for i := range v.Columns {
		if v.Columns[i].Silent {
			continue
		}
		value := v.Columns[i].Value(row)
		lower := strings.ToLower(value)
		if q.Unwanted(lower, value) {
			return false
		}
		found |= q.Found(lower, value)
	}
	if d := s.Dashboard(g); d != nil && !q.IsSimilar() {
		lower, value := q.Reads(d.ID)
		if q.Unwanted(lower, value) {
			return false
		}
		found |= q.Found(lower, value)
	}
	return found == q.AllWords()
}

func (v *View[R]) meets(q *query.Bound, row R, s *view.Subject) bool {
	if v.Meets != nil {
		return v.Meets(row, q)
	}
	return s.Node != lineage.None && q.Meets(s.Node, true)
}
