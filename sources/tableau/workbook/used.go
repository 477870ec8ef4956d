package workbook

import (
	"slices"

	"darkroom/model"
)

// usedTables gives each sheet of a workbook the tables its fields come from.
// That is known of data sources with several logical tables whose fields are all
// accounted for; of every other data source all tables count as used. Where that
// leaves nothing out on any sheet the lists stay nil: all or nothing, since a
// dashboard takes a table that none of its sheets lists for unused
// (model/walk/RULES.md#used-and-unused-tables).
func (b *builder) usedTables(d *document, at map[string]int, first int) {
	narrow := false
	for _, s := range d.sheets {
		for _, u := range s.uses {
			narrow = narrow || u.narrow(d.byName[u.source])
		}
	}
	if !narrow {
		return
	}
	b.budget = maxLinks
	all := map[string][]string{} // every table behind a source
	for i, s := range d.sheets {
		var ids []string
		for _, u := range s.uses {
			src := d.byName[u.source]
			switch {
			case src == nil:
			case u.narrow(src):
				ids = append(ids, b.groupTables(src, u)...)
			default:
				if all[u.source] == nil {
					all[u.source] = b.behind(at[u.source])
				}
				if b.spend(len(all[u.source])) {
					ids = append(ids, all[u.source]...)
				}
			}
		}
		if b.budget < 0 {
			b.forgetUsed(first)
			return
		}
		b.site.Sheets[first+i].TableIDs = model.Distinct(slices.Clip(ids))
	}
}

// narrow reports a use that is known to leave tables out.
func (u *use) narrow(src *source) bool {
	return src != nil && u.listed && !u.unclear && len(u.groups) > 0 && len(u.groups) < len(src.groups)
}

func (b *builder) groupTables(src *source, u *use) []string {
	var ids []string
	for i := range src.groups {
		if !u.groups[i] {
			continue
		}
		for _, leaf := range src.groups[i].leaves {
			if leaf.at >= 0 && b.spend(1) {
				ids = append(ids, b.site.Tables[leaf.at].ID)
			}
		}
	}
	return ids
}

// behind lists the tables of a data source and of those it builds on.
func (b *builder) behind(at int) []string {
	ids := []string{}
	seen := map[string]bool{}
	todo := []int{at}
	for len(todo) > 0 {
		ds := &b.site.Datasources[todo[0]]
		todo = todo[1:]
		if seen[ds.ID] {
			continue
		}
		seen[ds.ID] = true
		if !b.spend(len(ds.TableIDs) + len(ds.ParentIDs)) {
			break
		}
		ids = append(ids, ds.TableIDs...)
		for _, parent := range ds.ParentIDs {
			if at, ok := b.published.byID[parent]; ok {
				todo = append(todo, at)
			}
		}
	}
	return model.Distinct(ids)
}

// forgetUsed gives up where the lists grow out of proportion.
func (b *builder) forgetUsed(first int) {
	for i := first; i < len(b.site.Sheets); i++ {
		b.site.Sheets[i].TableIDs = nil
	}
}
