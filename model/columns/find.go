package columns

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"darkroom/model/lineage"
)

// OfDashboard are the columns that a dashboard's sheets use, by relation and then in the
// order of the relation's columns.
func (x *Index) OfDashboard(d *lineage.Dashboard) []Column {
	at := int(d.ID) - x.g.Resources()
	out := make([]Column, 0, len(x.of[at]))
	for _, c := range x.of[at] {
		out = append(out, x.columns[c])
	}
	rank := map[Column]int{}
	for _, c := range out {
		rank[c] = x.namesOf(c.Relation).rank(c.Name)
	}
	slices.SortFunc(out, func(a, b Column) int {
		switch {
		case a.Relation != b.Relation:
			return int(a.Relation - b.Relation)
		case rank[a] != rank[b]:
			return rank[a] - rank[b]
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// rank is the place of a name in the list, its length where it is not there.
func (x *names) rank(name string) int {
	for _, i := range x.byKey[key(name)] {
		if x.list[i].Name == name {
			return int(i)
		}
	}
	return len(x.list)
}

// Unknown is why a dashboard's columns of a resource are not all known, "" when they are.
func (x *Index) Unknown(d *lineage.Dashboard, id lineage.ID) string {
	s := x.sites[d.Site]
	if s == nil {
		return NotFetched
	}
	r := s.readerOf(d)
	return x.whyUnknown(&r, id)
}

// Listed reports whether dbt lists columns of a resource.
func (x *Index) Listed(id lineage.ID) bool {
	n := x.g.Node(id)
	return len(n.Resource.Columns())+len(n.Project.Catalog[n.Resource.ID]) > 0
}

// Listing are the names of the columns of a resource: those that the warehouse has, or
// otherwise those that YAML files describe, and those that only fields of dashboards name.
func (x *Index) Listing(id lineage.ID) iter.Seq[string] {
	n := x.g.Node(id)
	list := n.Project.Catalog[n.Resource.ID]
	if len(list) == 0 {
		list = n.Resource.Columns()
	}
	return func(yield func(string) bool) {
		for i := range list {
			if !yield(list[i].Name) {
				return
			}
		}
		for _, name := range x.extra[id] {
			if !yield(name) {
				return
			}
		}
	}
}

// Count is how many dashboards use a column.
func (x *Index) Count(c Column) int {
	place, used := x.places[c]
	if !used {
		return 0
	}
	return len(x.users[place])
}

// Named are the dashboards that use a column that is written like fct_orders.discount,
// raw.orders.id or, of any resource, discount.
func (x *Index) Named(text string) map[lineage.ID]bool {
	found := x.ByName("", text)
	for i := range text {
		if text[i] == '.' && i > 0 {
			maps.Copy(found, x.ByName(text[:i], text[i+1:]))
		}
	}
	return found
}

// ByName are the dashboards that use a column of this name, in any letters' case, of a
// resource that is called so; "" takes every resource.
func (x *Index) ByName(relation, column string) map[lineage.ID]bool {
	found := map[lineage.ID]bool{}
	for _, place := range x.byName[strings.ToLower(column)] {
		if relation != "" && !x.isCalled(x.columns[place].Relation, relation) {
			continue
		}
		for _, id := range x.users[place] {
			found[id] = true
		}
	}
	return found
}

// isCalled reports one of a resource's names, in any letters' case.
func (x *Index) isCalled(id lineage.ID, name string) bool {
	r := x.g.Node(id).Resource
	return strings.EqualFold(r.Name, name) || strings.EqualFold(r.FullName(), name)
}

// OfColumn says which dashboards use a column of a resource, in any letters' case, and
// which may; ok is false where the resource has no such column.
func (x *Index) OfColumn(id lineage.ID, column string) (c Known, unknown []Unknown, ok bool) {
	r := x.Relation(id)
	is := func(same func(string) bool) int {
		return slices.IndexFunc(r.Columns, func(c Known) bool { return same(c.Name) })
	}
	at := is(func(name string) bool { return name == column })
	if at < 0 {
		at = is(func(name string) bool { return strings.EqualFold(name, column) })
	}
	if at < 0 {
		return c, r.Unknown, false
	}
	return r.Columns[at], r.Unknown, true
}
