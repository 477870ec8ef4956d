package walk

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/reason"
	"darkroom/model/warehouse"
)

// expandDatasource reads both the parents and the own tables of a data source:
// it can have both (P4), and either list can be empty by accident (G3).
func (w *Walker) expandDatasource(d *model.Datasource) *expansion {
	e := &expansion{}
	parents := w.parents(d, e)
	for _, p := range parents {
		e.next = append(e.next, next{p, []Step{stepOf(p)}})
	}
	w.addTables(e, d.TableIDs, w.sqlBySource[d.ID], len(parents) > 0)
	for _, id := range d.FlowIDs {
		w.addFlow(e, id)
	}
	if d.Incomplete != "" {
		e.gaps = append(e.gaps, cutOffCause(sourceNamed(d), d.Incomplete, d.ID))
	}
	if len(e.leaves)+len(e.next)+len(e.gaps) > 0 {
		if d.UnsupportedCustomSQL && d.Incomplete == "" && !w.hasSQL(d) && len(parents) == 0 {
			e.gaps = append(e.gaps, gapCause{reason.UnsupportedSQL, w.site.Tool.Textf(
				"data source %s has custom SQL that {tool} cannot parse and does not show; tables may be missing", model.QuotedName(d.Name)), d.ID})
		}
		return e
	}
	e.gaps = append(e.gaps, w.nothingBehind(d))
	return e
}

// nothingBehind says why a data source names neither tables nor sources.
func (w *Walker) nothingBehind(d *model.Datasource) gapCause {
	switch why := w.site.IncompleteLists[model.EveryList]; {
	case why != "":
		return cutOffCause("nothing is known behind "+sourceNamed(d), why, d.ID)
	case d.UnsupportedCustomSQL:
		return gapCause{reason.UnsupportedSQL, w.site.Tool.Textf("data source %s has custom SQL that {tool} cannot parse and does not show", model.QuotedName(d.Name)), d.ID}
	case d.HasExtract:
		return gapCause{reason.FileOrExtract, fmt.Sprintf(
			"data source %s is an extract whose origin is unknown", model.QuotedName(d.Name)), d.ID}
	}
	return gapCause{reason.NoLineage, w.site.Tool.Textf("data source %s names no table: {tool} has no lineage for its connection, "+
		"or has not indexed it yet, or hides it", model.QuotedName(d.Name)), d.ID}
}

// hasSQL reports whether a custom SQL table of d is known.
func (w *Walker) hasSQL(d *model.Datasource) bool {
	if len(w.sqlBySource[d.ID]) > 0 {
		return true
	}
	for _, id := range d.TableIDs {
		if t := w.index.Table[id]; t != nil && t.Kind == model.CustomSQLTable {
			return true
		}
	}
	return false
}

// stepOf is the step of a data source.
func stepOf(d *model.Datasource) Step {
	kind := StepEmbedded
	if d.Published {
		kind = StepPublished
	}
	return Step{Kind: kind, Name: d.Name, ID: d.ID}
}

// parents finds the published data sources behind d: Tableau's own edges, minus
// those that blending added (P13), or REST's connections where there is none (G4).
func (w *Walker) parents(d *model.Datasource, e *expansion) []*model.Datasource {
	var out []*model.Datasource
	for _, id := range d.ParentIDs {
		p := w.index.Datasource[id]
		switch {
		case p == nil:
			e.gaps = append(e.gaps, notPublishedCause(id, "a published data source"))
		case p == d:
		case isStub(p) && p.Incomplete != "":
			e.gaps = append(e.gaps, cutOffCause(sourceNamed(p), p.Incomplete, p.ID))
		case isStub(p):
			e.gaps = append(e.gaps, notPublishedCause(p.ID, fmt.Sprintf("the published data source %s", model.QuotedName(p.Name))))
		default:
			out = append(out, p)
		}
	}
	if len(d.ParentIDs) == 0 {
		return w.parentsByConnection(d, e)
	}
	return w.withoutBlended(d, out)
}

func notPublishedCause(id, what string) gapCause {
	return gapCause{reason.PublishedSource, what + " behind it is not in the data: it is hidden by permissions or was not fetched", id}
}

// isStub reports a data source of which only the id, perhaps the name, is known.
func isStub(d *model.Datasource) bool {
	return d.LUID == "" && d.ContainerName == "" && len(d.TableIDs)+len(d.ParentIDs)+len(d.FlowIDs) == 0 && !d.HasExtract
}

// proxies are d's REST connections to published data sources.
func proxies(d *model.Datasource) []model.Connection {
	var out []model.Connection
	for _, c := range d.Connections {
		if warehouse.KindOf(c.Type) == warehouse.ClassPublished {
			out = append(out, c)
		}
	}
	return out
}

// parentsByConnection takes the parents from REST's connections, by LUID or by
// name, which is the only key the two worlds share (RULES.md#names-shared-with-rest).
func (w *Walker) parentsByConnection(d *model.Datasource, e *expansion) []*model.Datasource {
	var out []*model.Datasource
	have := map[*model.Datasource]bool{}
	for _, c := range proxies(d) {
		p := w.byLUID[strings.ToLower(c.DatasourceLUID)]
		if c.DatasourceLUID == "" || p == nil {
			if why := w.site.IncompleteLists["publishedDatasources"]; why != "" { // another one may have the name
				e.gaps = append(e.gaps, cutOffCause(fmt.Sprintf("the published data source %q", c.DatasourceName), why, d.ID))
				continue
			}
			same := w.published[strings.ToLower(c.DatasourceName)]
			same = w.inProjectOf(d, same)
			switch len(same) {
			case 0:
				e.gaps = append(e.gaps, notPublishedCause("", fmt.Sprintf("the published data source %q", c.DatasourceName)))
				continue
			case 1:
				p = same[0]
			default:
				e.gaps = append(e.gaps, gapCause{reason.SeveralPublished, fmt.Sprintf(
					"%d published data sources are called %q; cannot tell which one is meant", len(same), c.DatasourceName), d.ID})
				continue
			}
		}
		if !have[p] {
			have[p] = true
			out = append(out, p)
		}
	}
	return out
}

// inProjectOf narrows several sources of one name to those in the project of d's
// workbook, if there are any.
func (w *Walker) inProjectOf(d *model.Datasource, same []*model.Datasource) []*model.Datasource {
	book := w.index.Workbook[d.WorkbookID]
	if len(same) < 2 || book == nil || book.ContainerLUID == "" {
		return same
	}
	var near []*model.Datasource
	for _, p := range same {
		if p.ContainerLUID == book.ContainerLUID {
			near = append(near, p)
		}
	}
	if len(near) > 0 {
		return near
	}
	return same
}

// withoutBlended drops parents that only blending linked to d (P13): REST shows
// fewer published connections than there are parents, another parent has d's
// own connection, and the dropped one has that of another source of the workbook.
func (w *Walker) withoutBlended(d *model.Datasource, parents []*model.Datasource) []*model.Datasource {
	own := proxies(d)
	if d.Published || len(own) == 0 || len(parents) <= len(own) {
		return parents
	}
	sure := 0
	for _, p := range parents {
		if connects(own, p) {
			sure++
		}
	}
	if sure == 0 {
		return parents
	}
	var out []*model.Datasource
	for _, p := range parents {
		if connects(own, p) || !w.proxied[bookKey{d.WorkbookID, strings.ToLower(p.Name)}] {
			out = append(out, p)
		}
	}
	return out
}

// connects reports whether one of the connections leads to p.
func connects(list []model.Connection, p *model.Datasource) bool {
	for _, c := range list {
		if c.DatasourceLUID != "" && strings.EqualFold(c.DatasourceLUID, p.LUID) || strings.EqualFold(c.DatasourceName, p.Name) {
			return true
		}
	}
	return false
}

// addFlow goes on with a flow.
func (w *Walker) addFlow(e *expansion, id string, before ...Step) {
	f := w.index.Flow[id]
	if f == nil {
		e.gaps = append(e.gaps, gapCause{reason.FlowNoLineage, "a flow that feeds it is not in the data", id})
		return
	}
	e.next = append(e.next, next{f, append(before, Step{Kind: StepFlow, Name: f.Name, ID: f.ID})})
}

// expandFlow follows a flow to its inputs and to the flows before it (P7).
func (w *Walker) expandFlow(f *model.Flow) *expansion {
	e := &expansion{}
	w.addTables(e, f.TableIDs, w.sqlBySource[f.ID], true)
	for _, id := range f.DatasourceIDs {
		if d := w.index.Datasource[id]; d != nil {
			e.next = append(e.next, next{d, []Step{stepOf(d)}})
		} else {
			e.gaps = append(e.gaps, notPublishedCause(id, "a data source"))
		}
	}
	for _, id := range f.ParentIDs {
		if id != f.ID {
			w.addFlow(e, id)
		}
	}
	if f.Incomplete != "" {
		e.gaps = append(e.gaps, cutOffCause(kindAndName("flow", f.Name), f.Incomplete, f.ID))
	}
	if len(e.leaves)+len(e.next)+len(e.gaps) == 0 {
		e.gaps = append(e.gaps, gapCause{reason.FlowNoLineage, w.site.Tool.Textf(
			"flow %s names no input: {tool} has no lineage for flows with parameters, nor for some connectors", model.QuotedName(f.Name)), f.ID})
	}
	return e
}
