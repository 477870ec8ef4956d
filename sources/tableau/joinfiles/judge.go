package joinfiles

import (
	"slices"

	"darkroom/model"
	"darkroom/model/warehouse"
)

// missing is what the metadata does not say of a data source.
type missing uint8

const (
	lacksNothing missing = iota
	lacksAll             // neither a table nor anything that leads to one
	lacksNames           // every table of its own is hidden by permissions
	lacksSQL             // it has custom SQL, and no text of that is known
)

// judge judges data sources. The one rule decides both what sync downloads and
// what the reader fills from a file: what the metadata says is
// kept.
type judge struct {
	index *model.SiteIndex
	own   map[*model.Datasource][]string
}

func newJudge(s *model.Site) *judge {
	return &judge{index: model.NewSiteIndex(s), own: map[*model.Datasource][]string{}}
}

func (j *judge) missing(d *model.Datasource) missing {
	own := j.ownTables(d)
	switch {
	case len(own) > 0 && !slices.ContainsFunc(own, j.hasName):
		return lacksNames
	case len(own) > 0 && len(d.ParentIDs) == 0 && j.lacksSQL(d, own):
		return lacksSQL
	case len(own)+len(d.ParentIDs)+len(d.FlowIDs) > 0 || hasProxy(d):
		return lacksNothing
	}
	return lacksAll
}

func (j *judge) hasName(id string) bool {
	t := j.index.Table[id]
	return t != nil && !isNameless(t)
}

// lacksSQL reports that d has custom SQL and that no text of it is known.
func (j *judge) lacksSQL(d *model.Datasource, own []string) bool {
	lacking := d.UnsupportedCustomSQL
	for _, id := range own {
		t := j.index.Table[id]
		if t == nil || t.Kind != model.CustomSQLTable {
			continue
		}
		if !lacksText(t) {
			return false
		}
		lacking = true
	}
	return lacking
}

// isNameless reports a table that is known neither by a name nor by what it reads.
func isNameless(t *model.Table) bool {
	return t.Name == "" && t.FullName == "" && t.Query() == "" && len(t.UpstreamTableIDs()) == 0
}

// lacksText reports custom SQL without its text and without the tables in it.
func lacksText(t *model.Table) bool {
	return t.Kind == model.CustomSQLTable && t.Query() == "" && len(t.UpstreamTableIDs()) == 0
}

// hasProxy reports that REST names a published data source behind d.
func hasProxy(d *model.Datasource) bool {
	return slices.ContainsFunc(d.Connections, func(c model.Connection) bool { return warehouse.KindOf(c.Type) == warehouse.ClassPublished })
}

// ownTables are the tables that d has and the published data sources behind it do not:
// the API lists those of its parents under d again (model/walk/RULES.md#embedded-copies).
func (j *judge) ownTables(d *model.Datasource) []string {
	if own, known := j.own[d]; known {
		return own
	}
	own := d.TableIDs
	if len(d.ParentIDs) > 0 {
		inherited := map[string]bool{}
		for _, p := range j.behind(d)[1:] {
			for _, id := range p.TableIDs {
				inherited[id] = true
			}
		}
		own = slices.DeleteFunc(slices.Clone(own), func(id string) bool { return inherited[id] })
	}
	j.own[d] = own
	return own
}

// behind is d and all data sources that it builds on.
func (j *judge) behind(d *model.Datasource) []*model.Datasource {
	all := []*model.Datasource{d}
	seen := map[*model.Datasource]bool{d: true}
	for i := 0; i < len(all); i++ {
		for _, id := range all[i].ParentIDs {
			if p := j.index.Datasource[id]; p != nil && !seen[p] {
				seen[p] = true
				all = append(all, p)
			}
		}
	}
	return all
}
