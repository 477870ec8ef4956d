package health

import (
	"context"
	"slices"

	"darkroom/model/lineage"
)

// reportsOver gives what ReportOver gives for each of many sets of parents, without a walk
// from each: what strata of the graph hold is counted once, and joined where they begin.
func (h *Health) reportsOver(ctx context.Context, parents [][]lineage.ID) ([]*Report, error) {
	reports, sets := make([]*Report, len(parents)), make([][]lineage.ID, len(parents))
	for i, ids := range parents {
		reports[i] = &Report{State: h.Over(ids...)}
		sets[i] = slices.DeleteFunc(slices.Clone(ids), func(id lineage.ID) bool { return h.graph.Node(id).Resource == nil })
	}
	each := make([]Tally, h.graph.Resources())
	for id := range each {
		each[id] = h.tally(lineage.ID(id))
	}
	notable := make([][]lineage.ID, len(parents))
	err := h.graph.EachStrata(ctx, sets, func(s *lineage.Strata) {
		sums, ids := h.sumUp(s, each)
		for at, more := range s.More {
			for _, set := range more {
				reports[set].join(&sums[at])
				notable[set] = append(notable[set], ids[at]...)
			}
		}
		h.noteAll(reports, notable, each)
	})
	return reports, err
}

// sumUp gives what each stratum, and those based on it, hold: counts, and what is notable.
func (h *Health) sumUp(s *lineage.Strata, each []Tally) (sums []Tally, notable [][]lineage.ID) {
	sums, notable = make([]Tally, len(s.Base)), make([][]lineage.ID, len(s.Base))
	for id, at := range s.Of {
		if at == 0 {
			continue
		}
		sums[at].join(&each[id])
		if h.isNotable(lineage.ID(id)) {
			notable[at] = append(notable[at], lineage.ID(id))
		}
	}
	for at := len(s.Base) - 1; at > 0; at-- {
		if base := s.Base[at]; base > 0 {
			sums[base].join(&sums[at])
			notable[base] = append(notable[base], notable[at]...)
		}
	}
	return sums, notable
}

// noteAll takes in what is notable, in the order of the graph, and forgets it.
func (h *Health) noteAll(reports []*Report, notable [][]lineage.ID, each []Tally) {
	for i, ids := range notable {
		slices.Sort(ids)
		for _, id := range ids {
			h.note(reports[i], id, &each[id], func(r *Rule) State { return r.Exposure })
		}
		if len(ids) > 0 {
			reports[i].sort()
		}
		notable[i] = nil
	}
}
