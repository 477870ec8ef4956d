package workbook

import (
	"cmp"
	"slices"

	"darkroom/model"
	"darkroom/sources/tableau/formula"
)

// columns gives the sheets of a workbook the columns that their fields are, or are made of.
// That they are all is known where every field leads to columns; joins, and filters of a
// data source, are not fields of a sheet (FILES.md#columns).
func (b *builder) columns(d *document, at map[string]int, first int) {
	b.budget = maxLinks
	for i, s := range d.sheets {
		x := &b.site.Sheets[first+i].Columns
		for _, u := range s.uses {
			src := d.byName[u.source]
			if src == nil {
				x.Why = cmp.Or(x.Why, "its data source "+model.QuotedName(clip(u.source))+" is not in the file")
				continue
			}
			if x.Why = cmp.Or(x.Why, u.why); !u.named {
				x.Why = cmp.Or(x.Why, "the file names no field of its data source "+model.QuotedName(clip(cmp.Or(src.caption, src.name))))
			}
			found := b.found(at[u.source], src, u.columns)
			x.Why = cmp.Or(x.Why, found.why)
			if !b.spend(len(found.columns)) {
				x.Why = cmp.Or(x.Why, "the sheets of its workbook name more columns than are kept")
				continue
			}
			for _, c := range found.columns {
				x.At = append(x.At, b.columnAt.Of(b.site, c))
			}
		}
		x.Known = x.Why == ""
		s.uses = nil
	}
}

// found are columns of tables.
type found struct {
	columns []model.TableColumn
	why     string // why they may not be all
}

// found finds the tables of the columns of the data source at index at, and what is behind
// the fields of published ones.
func (b *builder) found(at int, src *source, columns []leafColumn) (out found) {
	for _, c := range columns {
		connection := src.connection
		if c.leaf != nil {
			connection = src.connectionFor(c.leaf.connection)
		}
		switch {
		case connection.class == classPublished || c.leaf != nil && c.leaf.table == "[sqlproxy]":
			behind := b.behindField(at, src, connection, c.name)
			out.columns = append(out.columns, behind.columns...)
			out.why = cmp.Or(out.why, behind.why)
		case c.leaf == nil || c.leaf.at < 0:
			out.why = cmp.Or(out.why, "field "+model.QuotedName(clip(c.name))+" is of a table that has no name")
		default:
			out.columns = append(out.columns, model.TableColumn{TableID: b.site.Tables[c.leaf.at].ID, Name: c.name})
		}
	}
	return out
}

// publishedField is a field of a published data source.
type publishedField struct {
	at   int // index of its data source in the site
	name string
}

// behindField are the columns behind a field of the published data source that a
// connection leads to.
func (b *builder) behindField(at int, src *source, c connection, name string) *found {
	parent, many := b.published.find(wantedBy(src, c, at, !b.site.Datasources[at].Published))
	if parent < 0 {
		why := "the published data source " + model.QuotedName(clip(cmp.Or(c.friendly, c.dbname, src.caption, src.name))) + " is not among the files"
		if many {
			why = "several files can be the published data source " + model.QuotedName(clip(cmp.Or(c.friendly, c.dbname)))
		}
		return &found{why: why}
	}
	key := publishedField{parent, name}
	if f := b.fields[key]; f != nil {
		return f
	}
	f := &found{why: "its published data sources lead back to themselves"} // until more is known
	b.fields[key] = f
	*f = b.publishedField(parent, name)
	return f
}

func (b *builder) publishedField(at int, name string) found {
	src := b.published.sources[at]
	field, ok := src.fields.called(name)
	if !ok {
		return found{why: "field " + model.QuotedName(clip(name)) + " is not, or not for certain, one of the published data source " + model.QuotedName(b.site.Datasources[at].Name)}
	}
	u := &use{source: src.name}
	t := &tracer{sources: map[string]*source{src.name: src}, left: &b.steps, seen: map[step]bool{}}
	t.add(u, field)
	t.run()
	out := b.found(at, src, u.columns)
	out.why = cmp.Or(u.why, out.why)
	return out
}

// called finds a field by its name or its caption: a connection may use either.
func (f *fields) called(name string) (field string, ok bool) {
	quoted := formula.Quote(name)
	_, recorded := f.origin[quoted]
	fits := slices.DeleteFunc(slices.Clone(f.described.captions[name]), func(other string) bool { return other == quoted })
	if recorded || f.described.made[quoted] != nil {
		fits = append(fits, quoted)
	}
	fits = model.Distinct(fits)
	if len(fits) != 1 {
		return "", false
	}
	return fits[0], true
}

// sortColumns brings the columns of each table together.
func (b *builder) sortColumns() {
	slices.SortFunc(b.site.Columns, func(x, y model.TableColumn) int {
		return cmp.Or(cmp.Compare(x.TableID, y.TableID), cmp.Compare(x.Name, y.Name))
	})
	place := make([]int32, len(b.site.Columns))
	for i, c := range b.site.Columns {
		place[b.columnAt[c]] = int32(i)
	}
	for i := range b.site.Sheets {
		at := b.site.Sheets[i].Columns.At
		for n := range at {
			at[n] = place[at[n]]
		}
		slices.Sort(at)
		b.site.Sheets[i].Columns.At = slices.Clip(slices.Compact(at))
	}
}

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
