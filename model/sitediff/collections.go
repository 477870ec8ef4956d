package sitediff

import (
	"cmp"
	"slices"

	"darkroom/model"
)

// collections are compared where both states report them; what is in one is listed
// here and not again with each dashboard.
func (c *comparison) collections() {
	if slices.Contains(c.NoLongerReported, collections) {
		return
	}
	key := func(x *model.Collection) string { return cmp.Or(x.LUID, x.Name) }
	before, after := firsts(c.old.site.Collections, key), firsts(c.now.site.Collections, key)
	for i := range c.now.site.Collections {
		n := &c.now.site.Collections[i]
		if after[key(n)] != n {
			continue
		}
		o := before[key(n)]
		if o == nil {
			c.Appeared = append(c.Appeared, Thing{Kind: model.PartCollection, Name: model.DisplayName(n.Name)})
			continue
		}
		delete(before, key(n))
		var what []string
		if differ(o.Name, n.Name) {
			what = from("name", o.Name, n.Name)
		}
		what = append(what, c.ofOwner(o.Owner, n.Owner)...)
		if o.Description != n.Description {
			what = append(what, "description "+gainedOrLost(o.Description, n.Description))
		}
		what = append(what, gainedLost("contents", c.old.within(o, c.now), c.now.within(n, c.old))...)
		c.alter(Thing{Kind: model.PartCollection, Name: model.DisplayName(n.Name)}, what)
	}
	for _, o := range before {
		c.Vanished = append(c.Vanished, Thing{Kind: model.PartCollection, Name: model.DisplayName(o.Name)})
	}
}

// within names what a collection holds, but for things of which one of the states
// hides the name.
func (st *state) within(x *model.Collection, other *state) []string {
	var out []string
	add := func(part model.Part, name string, reported bool) {
		if reported && model.KnownName(name) {
			out = append(out, st.site.Tool.Noun(part).One+" "+model.QuotedName(name))
		}
	}
	for _, id := range x.WorkbookIDs {
		if w := st.index.Workbook[id]; w != nil {
			o := other.index.Workbook[id]
			add(model.PartWorkbook, w.Name, o == nil || model.KnownName(o.Name))
		}
	}
	for _, id := range x.DashboardIDs {
		if d := st.index.Dashboard[id]; d != nil {
			o := other.index.Dashboard[id]
			add(model.PartDashboard, d.Name, o == nil || model.KnownName(o.Name))
		}
	}
	for _, id := range x.DatasourceIDs {
		if d := st.index.Datasource[id]; d != nil {
			o := other.index.Datasource[id]
			add("data source", d.Name, o == nil || model.KnownName(o.Name))
		}
	}
	return out
}

// drift counts what changes by itself.
func (c *comparison) drift(o, n *model.Dashboard) {
	const leap = 10
	if o.Views != n.Views && !slices.Contains(c.NoLongerReported, viewCounts) {
		c.Drift.Views++
		switch most, least := max(o.Views, n.Views), min(o.Views, n.Views); {
		case least < 0, most < leap*max(1, least):
		case n.Views > o.Views:
			c.Drift.Soared = append(c.Drift.Soared, model.DisplayName(n.Name))
		default:
			c.Drift.Sank = append(c.Drift.Sank, model.DisplayName(n.Name))
		}
	}
	if !o.UpdatedAt.Equal(n.UpdatedAt) {
		c.Drift.SavedAgain++
	}
}

func (c *comparison) refreshed(o, n *model.Datasource) {
	if !o.ExtractRefreshedAt.Equal(n.ExtractRefreshedAt) {
		c.Drift.Refreshed++
	}
}
