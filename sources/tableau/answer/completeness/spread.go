package completeness

import (
	"maps"
	"slices"
	"strings"

	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
)

// Spread marks what lacks something because something else was cut off: what is
// linked to and missing from a list that was cut off, and what names nothing itself
// where a list was cut off whose objects could name it. An object that is complete
// and names something itself is relied on. It returns the lists that lack objects.
func Spread(all *objects.Objects, gaps *Gaps, reasons *Reasons) map[string]string {
	ended := gaps.IncompleteLists()
	for _, name := range slices.Sorted(maps.Keys(ended)) {
		reasons.List(name, ended[name])
	}
	s := spread{all, reasons}
	if len(reasons.lists) > 0 {
		for k := schema.Workbook; k <= schema.Flow; k++ {
			s.markLinkedOnly(k)
		}
	}
	if len(reasons.lists)+len(reasons.some)+len(reasons.connections) > 0 {
		s.markDashboards()
		s.markSheets()
		s.markDatasources()
	}
	return reasons.lists
}

type spread struct {
	all     *objects.Objects
	reasons *Reasons
}

func (s spread) head(k schema.Kind, at int32) *objects.Head {
	return s.all.Head(objects.Ref{Kind: k, At: at})
}

func (s spread) mark(k schema.Kind, at int32, why string) { s.head(k, at).MarkIncomplete(why) }

// markLinkedOnly is for what is known by its id only.
func (s spread) markLinkedOnly(k schema.Kind) {
	for at, h := range s.all.Heads(k) {
		if linkedOnly(s.all, k, at, h) {
			h.MarkIncomplete(s.reasons.missingFrom(schema.ListsOf(k, h.Variant)))
		}
	}
}

// markDashboards: sheets name their dashboards, too.
func (s spread) markDashboards() {
	why := s.reasons.linksMissing("sheets", "views")
	for at, d := range s.all.Dashboards.All() {
		if !d.ListsSheets {
			s.mark(schema.Dashboard, at, why)
		}
	}
}

// markSheets: data sources name their sheets, too.
func (s spread) markSheets() {
	why := s.reasons.linksMissing("embeddedDatasources", "datasources")
	for at, sheet := range s.all.Sheets.All() {
		if !sheet.NamesDatasource {
			s.mark(schema.Sheet, at, why)
		}
	}
}

// markDatasources: of what a data source reads, its own lists have the database
// tables; custom SQL and the tables of virtual connections are in its fields, or
// name it themselves (model/walk/RULES.md#objects).
func (s spread) markDatasources() {
	sql := s.reasons.linksMissing("customSQLTables", "virtualConnectionTables", "tables")
	flows := s.reasons.linksMissing("flows")
	for at, d := range s.all.Datasources.All() {
		if !d.FieldsNameTables {
			s.mark(schema.Datasource, at, sql)
		}
		if d.ReadsNothing() {
			s.mark(schema.Datasource, at, flows)
		}
		s.markByConnections(at)
	}
}

// markByConnections: REST's connections serve where an embedded data source names
// nothing, and say which of several parents come from blending; that takes them, the
// workbook's LUID, and the other data sources of the workbook (model/walk/RULES.md, G4 and
// P13).
func (s spread) markByConnections(at int32) {
	d := s.all.Datasources.At(at)
	if s.head(schema.Datasource, at).Variant == schema.Published || !d.ReadsNothing() && len(d.Parents) < 2 {
		return
	}
	if d.Workbook < 0 {
		s.mark(schema.Datasource, at, aboutWorkbook(s.reasons.linksMissing("workbooks")))
	} else {
		w := s.all.Workbooks.At(d.Workbook)
		s.mark(schema.Datasource, at, s.reasons.connections[strings.ToLower(w.LUID)])
		if w.LUID == "" {
			s.mark(schema.Datasource, at, aboutWorkbook(s.head(schema.Workbook, d.Workbook).Incomplete()))
		}
	}
	if len(d.Parents) > 1 {
		s.mark(schema.Datasource, at, s.reasons.linksMissing("embeddedDatasources", "datasources"))
	}
}

func aboutWorkbook(why string) string {
	if why == "" {
		return ""
	}
	return "its workbook is incomplete, so its connections could not be asked for"
}
