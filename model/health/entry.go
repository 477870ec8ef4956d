package health

import (
	"context"
	"fmt"
	"slices"
	"time"

	"darkroom/model/lineage"
	"darkroom/model/outlook"
)

// HasResults reports that there are results of a run or check at all. Without any, a
// state says nothing. A nil Health has none.
func (h *Health) HasResults() bool {
	if h == nil {
		return false
	}
	for _, p := range h.graph.Projects {
		if len(p.Runs)+len(p.Freshness) > 0 {
			return true
		}
	}
	return false
}

// Now is when it was judged.
func (h *Health) Now() time.Time { return h.opt.Now }

// Entry is the health of an exposure that is, or will be, in a file.
func (h *Health) Entry(e *outlook.Entry) State { return h.Over(h.parents(e)...) }

// EntryReport is likewise with what is behind it.
func (h *Health) EntryReport(e *outlook.Entry) *Report { return h.ReportOver(h.parents(e)...) }

// EntryReports gives the reports of many exposures: those with the same parents, as the
// dashboards of a workbook have them, have one report. The only error is that of ctx.
func (h *Health) EntryReports(ctx context.Context, entries []*outlook.Entry) ([]*Report, error) {
	var sets [][]lineage.ID
	place, at := map[string]int{}, make([]int, len(entries))
	for i, e := range entries {
		parents := slices.Compact(slices.Sorted(slices.Values(h.parents(e))))
		key := fmt.Sprint(parents)
		n, ok := place[key]
		if !ok {
			n = len(sets)
			place[key], sets = n, append(sets, parents)
		}
		at[i] = n
	}
	made, err := h.reportsOver(ctx, sets)
	if err != nil {
		return nil, err
	}
	out := make([]*Report, len(entries))
	for i, n := range at {
		out[i] = made[n]
	}
	return out, nil
}

// parents are what an exposure depends on; of one that is refused, what its dashboards read.
func (h *Health) parents(e *outlook.Entry) (parents []lineage.ID) {
	for _, id := range e.DependsOn {
		if node, ok := h.graph.ResourceIn(e.In, id); ok {
			parents = append(parents, node)
		}
	}
	if len(e.DependsOn) > 0 {
		return parents
	}
	for _, key := range e.Dashboards {
		if d, ok := h.graph.Dashboard(key); ok {
			parents = append(parents, h.graph.Upstream(d.ID)...)
		}
	}
	return parents
}
