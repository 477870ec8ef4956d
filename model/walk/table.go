package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/warehouse"
)

// addTables adds the tables of a data source or a flow. Tables that Tableau's
// parser saw in one of its custom SQL texts are left to that text's expansion
// (model/sql/RULES.md#joining-with-tableaus-list), as they are in both lists.
func (w *Walker) addTables(e *expansion, ids []string, sql []*model.Table, hasParents bool) {
	queries := make([]*model.Table, 0, len(sql))
	have := map[*model.Table]bool{}
	addQuery := func(t *model.Table) {
		if !have[t] {
			have[t] = true
			queries = append(queries, t)
		}
	}
	for _, t := range sql {
		addQuery(t)
	}
	var others []*model.Table
	for _, id := range ids {
		t := w.index.Table[id]
		switch {
		case t == nil:
			e.gaps = append(e.gaps, gapCause{reason.NotLoaded, "a table behind it is not in the data", id})
		case t.Kind == model.CustomSQLTable:
			addQuery(t)
		default:
			others = append(others, t)
		}
	}
	claimed := map[*model.Table]claim{}
	for _, q := range queries {
		e.next = append(e.next, next{q, []Step{sqlStep(q)}})
		for t, c := range w.query(q).claims {
			claimed[t] = max(claimed[t], c)
		}
	}
	for _, t := range others {
		switch claimed[t] {
		case claimKnown, claimKept:
			continue // the custom SQL brings it
		case claimRefused:
			if !isQualified(t) {
				continue // a CTE or an alias that Tableau reports as a table (G11)
			}
		}
		w.addTable(e, t, hasParents)
	}
}

// addTable adds one database table or virtual connection table.
func (w *Walker) addTable(e *expansion, t *model.Table, hasParents bool) {
	if t.Kind == model.VirtualConnectionTable {
		e.next = append(e.next, next{t, []Step{virtualStep(t)}})
		return
	}
	if kind := warehouse.KindOf(t.ConnectionType()); kind == warehouse.ClassPublished || kind == warehouse.ClassVirtual {
		e.seen = append(e.seen, t)
		if !hasParents {
			e.gaps = append(e.gaps, notPublishedCause(t.ID, fmt.Sprintf("the published data source %s", model.QuotedName(t.Name))))
		}
		return
	}
	if t.Incomplete() != "" {
		e.gaps = append(e.gaps, cutOffCause(tableNamed(t), t.Incomplete(), t.ID))
	}
	if isIdentified(t) {
		l := &leaf{table: t, ids: []string{t.ID}}
		e.leaves = append(e.leaves, l)
		w.noteTable(e, t)
		w.addInitialSQL(e, l)
	} else {
		e.seen = append(e.seen, t)
	}
	for _, id := range t.FlowIDs() {
		// What a flow writes is usually a source of dbt; what it reads counts too.
		w.addFlow(e, id, Step{Kind: StepTable, Name: t.Name, ID: t.ID})
	}
}

// noteTable adds the gaps of a leaf itself.
func (w *Walker) noteTable(e *expansion, t *model.Table) {
	switch {
	case t.Redacted:
		e.gaps = append(e.gaps, gapCause{reason.Redacted, w.site.Tool.Text("{Tool} hides the names of a table: the account may not see its database"), t.ID})
	case t.Name == "" && t.FullName == "":
		e.gaps = append(e.gaps, gapCause{reason.NotLoaded, "a table behind it is known by its id only", t.ID})
	case warehouse.KindOf(t.ConnectionType()) == warehouse.ClassFile:
		e.gaps = append(e.gaps, gapCause{reason.FileOrExtract, fmt.Sprintf(
			"%q is read through the connector %s, which is not a warehouse", cmp.Or(t.Name, t.FullName), t.ConnectionType()), t.ID})
	}
}

// expandTable follows a custom SQL table, a virtual connection table, or a table
// that only a shortcut named.
func (w *Walker) expandTable(t *model.Table) *expansion {
	e := &expansion{}
	switch t.Kind {
	case model.CustomSQLTable:
		w.expandSQL(e, t)
	case model.VirtualConnectionTable:
		w.expandVirtual(e, t)
	default:
		w.addTable(e, t, true)
	}
	return e
}

// expandVirtual follows a virtual connection table to the tables behind it (P6).
// Its own name is only a hint, and the last resort.
func (w *Walker) expandVirtual(e *expansion, t *model.Table) {
	w.addTables(e, t.UpstreamTableIDs(), nil, true)
	for _, l := range e.leaves {
		l.ids = append(l.ids, t.ID)
	}
	if t.Incomplete() != "" {
		e.gaps = append(e.gaps, cutOffCause(tableNamed(t), t.Incomplete(), t.ID))
		return
	}
	if len(e.leaves)+len(e.next) > 0 || slices.ContainsFunc(e.gaps, func(g gapCause) bool { return g.reason == reason.CutOff }) {
		return // what is behind it is known, or was not fetched
	}
	e.leaves = append(e.leaves, &leaf{table: t, ids: []string{t.ID}})
	if t.Redacted {
		w.noteTable(e, t)
		return
	}
	e.gaps = append(e.gaps, gapCause{reason.NoLineage, fmt.Sprintf("table %s of the virtual connection %s does not name the table behind it",
		model.QuotedName(t.Name), model.QuotedName(t.VirtualConnection())), t.ID})
}

func virtualStep(t *model.Table) Step {
	return Step{Kind: StepVirtualConnection, Name: cmp.Or(t.VirtualConnection(), t.Name), ID: t.ID}
}

func sqlStep(t *model.Table) Step {
	return Step{Kind: StepCustomSQL, Name: t.Name, ID: t.ID}
}

// flatTableName is a table's best name in lower case, without quotes, its parts joined by
// dots; so names with dots inside quotes still end alike.
func flatTableName(t *model.Table) string {
	s := cmp.Or(t.FullName, t.Name)
	if t.Schema() != "" && !strings.Contains(s, ".") {
		s = t.Schema() + "." + s
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune("[]\"`", r) {
			return -1
		}
		return r
	}, s))
}

// isQualified reports whether a table has more than one part, as no CTE can.
func isQualified(t *model.Table) bool { return strings.Contains(flatTableName(t), ".") }
