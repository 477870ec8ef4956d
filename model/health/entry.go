package health

import (
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

// EntryReports gives the reports of many exposures, one after another: those with the same
// parents, as the dashboards of a workbook have them, have one report.
func (h *Health) EntryReports() func(*outlook.Entry) *Report {
	made := map[string]*Report{}
	return func(e *outlook.Entry) *Report {
		parents := slices.Compact(slices.Sorted(slices.Values(h.parents(e))))
		key := fmt.Sprint(parents)
		if made[key] == nil {
			made[key] = h.ReportOver(parents...)
		}
		return made[key]
	}
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
