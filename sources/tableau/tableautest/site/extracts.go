package site

import (
	"slices"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// Extracted reports whether there is an extract to refresh.
func (st *Site) Extracted(o *sitedata.Object) bool {
	if o.Def.Name == "PublishedDatasource" {
		return o.Text("hasExtracts") == "true"
	}
	for _, d := range st.Store.Links(o, "embeddedDatasources") {
		if d.Text("hasExtracts") == "true" {
			return true
		}
	}
	return false
}

// ExtractsOf are the data sources whose extracts are new after a refresh of a workbook or data
// source, or a run of a flow.
func (st *Site) ExtractsOf(kind, luid string) (all []*sitedata.Object) {
	of := st.Find(kind, luid)
	switch kind {
	case "workbook":
		return st.Store.Links(of, "embeddedDatasources")
	case "datasource":
		return []*sitedata.Object{of}
	}
	for _, o := range st.Store.All["PublishedDatasource"] {
		if slices.Contains(st.Store.Links(o, "upstreamFlows"), of) {
			all = append(all, o)
		}
	}
	return all
}
