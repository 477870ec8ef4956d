package tableau

import (
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/warehouse"
)

// Want is a workbook or a published data source whose file may tell what the
// metadata does not.
type Want struct {
	Kind       string // "workbooks" or "datasources", as in REST
	LUID, Name string
	UpdatedAt  string // Tableau's, "" when it does not tell: a file is good for as long as this is the same
	Sources    int    // data sources in it of which too little is known
}

// Wanted lists the workbooks and published data sources that are worth a look
// into their file, and no others, in the order of their LUIDs.
func Wanted(s *model.Site) []Want {
	l := newLookout(s)
	byBook := map[string]*Want{}
	var all []*Want
	for i := range s.Datasources {
		d := &s.Datasources[i]
		w := l.index.Workbook[d.WorkbookID]
		switch {
		case d.Published && d.LUID == "", !d.Published && (w == nil || w.LUID == ""), l.lack(d) == lacksNothing:
		case d.Published:
			all = append(all, &Want{Kind: "datasources", LUID: d.LUID, Name: d.Name, UpdatedAt: stamp(d.UpdatedAt), Sources: 1})
		case byBook[w.ID] != nil:
			byBook[w.ID].Sources++
		default:
			byBook[w.ID] = &Want{Kind: "workbooks", LUID: w.LUID, Name: w.Name, UpdatedAt: stamp(w.UpdatedAt), Sources: 1}
			all = append(all, byBook[w.ID])
		}
	}
	slices.SortFunc(all, func(a, b *Want) int { return strings.Compare(a.Kind+a.LUID, b.Kind+b.LUID) })
	out := make([]Want, len(all))
	for i, w := range all {
		out[i] = *w
	}
	return out
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// lack is what the metadata does not tell of a data source.
type lack uint8

const (
	lacksNothing lack = iota
	lacksAll          // neither a table nor anything that leads to one
	lacksNames        // every table of its own is hidden by permissions
	lacksSQL          // it has custom SQL, and no text of that is known
)

// lookout judges data sources. The one rule decides both what sync downloads and
// what the reader fills from a file: where the metadata says something, that
// stands.
type lookout struct {
	index *model.SiteIndex
	mine  map[*model.Datasource][]string
}

func newLookout(s *model.Site) *lookout {
	return &lookout{index: model.NewSiteIndex(s), mine: map[*model.Datasource][]string{}}
}

func (l *lookout) lack(d *model.Datasource) lack {
	own := l.own(d)
	switch {
	case len(own) > 0 && !slices.ContainsFunc(own, l.telling):
		return lacksNames
	case len(own) > 0 && len(d.ParentIDs) == 0 && l.lacksSQL(d, own):
		return lacksSQL
	case len(own)+len(d.ParentIDs)+len(d.FlowIDs) > 0 || proxied(d):
		return lacksNothing
	}
	return lacksAll
}

func (l *lookout) telling(id string) bool {
	t := l.index.Table[id]
	return t != nil && !mute(t)
}

// lacksSQL reports that d has custom SQL and that no text of it is known.
func (l *lookout) lacksSQL(d *model.Datasource, own []string) bool {
	lost := d.UnsupportedCustomSQL
	for _, id := range own {
		t := l.index.Table[id]
		if t == nil || t.Kind != model.CustomSQLTable {
			continue
		}
		if !silentSQL(t) {
			return false
		}
		lost = true
	}
	return lost
}

// mute reports a table of which neither a name nor what it reads is known.
func mute(t *model.Table) bool {
	return t.Name == "" && t.FullName == "" && t.Query == "" && len(t.UpstreamTableIDs) == 0
}

// silentSQL reports custom SQL without its text and without the tables in it.
func silentSQL(t *model.Table) bool {
	return t.Kind == model.CustomSQLTable && t.Query == "" && len(t.UpstreamTableIDs) == 0
}

// proxied reports that REST names a published data source behind d.
func proxied(d *model.Datasource) bool {
	return slices.ContainsFunc(d.Connections, func(c model.Connection) bool { return warehouse.KindOf(c.Type) == warehouse.ClassPublished })
}

// own are the tables that d has and the published data sources behind it do not:
// the API lists those of its parents under d again (facts/matching.md §1.3).
func (l *lookout) own(d *model.Datasource) []string {
	if own, known := l.mine[d]; known {
		return own
	}
	own := d.TableIDs
	if len(d.ParentIDs) > 0 {
		inherited := map[string]bool{}
		for _, p := range l.behind(d)[1:] {
			for _, id := range p.TableIDs {
				inherited[id] = true
			}
		}
		own = slices.DeleteFunc(slices.Clone(own), func(id string) bool { return inherited[id] })
	}
	l.mine[d] = own
	return own
}

// behind is d and all data sources that it builds on.
func (l *lookout) behind(d *model.Datasource) []*model.Datasource {
	all := []*model.Datasource{d}
	seen := map[*model.Datasource]bool{d: true}
	for i := 0; i < len(all); i++ {
		for _, id := range all[i].ParentIDs {
			if p := l.index.Datasource[id]; p != nil && !seen[p] {
				seen[p] = true
				all = append(all, p)
			}
		}
	}
	return all
}
