package sitediff

import (
	"context"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/walk"
)

// state is a site with what it takes to look things up in it.
type state struct {
	site  *model.Site
	index *model.SiteIndex
	walk  *walk.Walker
	names map[nameKey]string // of tables, as they are shown

	dashboards map[string]*model.Dashboard // by key
}

func look(s *model.Site) *state {
	w := walk.New(s)
	st := &state{
		site: s, index: w.Index(), walk: w, names: map[nameKey]string{},
		dashboards: make(map[string]*model.Dashboard, len(s.Dashboards)),
	}
	for i := range s.Dashboards {
		st.dashboards[keyOf(&s.Dashboards[i])] = &s.Dashboards[i]
	}
	return st
}

// describe is a dashboard with its place.
func (st *state) describe(key string, d *model.Dashboard) Dashboard {
	out := Dashboard{Key: key, Name: d.Name}
	w := st.index.Workbook[d.WorkbookID]
	home := d.HomeIn(w)
	path := model.DisplayPath(st.index.ContainerPath(home.ContainerLUID, home.ContainerName))
	if w != nil {
		path = append(path, model.DisplayName(w.Name))
	}
	out.Place = strings.Join(path, " / ")
	return out
}

// differ compares two names: a missing one is not a different one.
func differ(old, now string) bool { return old != now && model.KnownName(old) && model.KnownName(now) }

// moved reports another container or workbook, as far as both are known.
func (c *comparison) moved(o, n *model.Dashboard) bool {
	was, is := c.old.index.Workbook[o.WorkbookID], c.now.index.Workbook[n.WorkbookID]
	if (was == nil) != (is == nil) {
		return true
	}
	from, to := o.HomeIn(was), n.HomeIn(is)
	old, now := c.old.index.ContainerPath(from.ContainerLUID, from.ContainerName), c.now.index.ContainerPath(to.ContainerLUID, to.ContainerName)
	known := model.KnownPath(old) && model.KnownPath(now)
	if was == nil {
		return known && !slices.Equal(old, now)
	}
	// A workbook with a name and without a container is in none.
	known = known || model.KnownName(was.Name) && model.KnownName(is.Name)
	hidden := func(name string) bool { return !model.KnownName(name) }
	return differ(was.Name, is.Name) || known && !slices.Equal(old, now) && !slices.ContainsFunc(append(old, now...), hidden)
}

func (st *state) container(luid, name string) string {
	return strings.Join(model.DisplayPath(st.index.ContainerPath(luid, name)), " / ")
}

// comparison fills a Diff.
type comparison struct {
	*Diff
	old, now *state
	together map[string]int // Altered by kind and what
}

// alter notes what changed in a thing, with others of which the same is true.
func (c *comparison) alter(t Thing, what []string) {
	if len(what) == 0 {
		return
	}
	key := string(t.Kind) + "\x00" + strings.Join(what, "\x00")
	at, ok := c.together[key]
	if !ok {
		at = len(c.Altered)
		c.together[key] = at
		c.Altered = append(c.Altered, Altered{What: what})
	}
	c.Altered[at].Things = append(c.Altered[at].Things, t)
}

// dashboards goes through those of both states. What belongs to a workbook is
// listed with the workbook, and counts for its dashboards here.
func (c *comparison) dashboards(ctx context.Context) {
	was := c.pairs()
	for i := range c.now.site.Dashboards {
		if ctx.Err() != nil {
			return
		}
		d := &c.now.site.Dashboards[i]
		key := keyOf(d)
		if c.now.dashboards[key] != d {
			continue // the same dashboard again
		}
		n, before := c.now.describe(key, d), was[d]
		if before == nil {
			c.New = append(c.New, n)
			continue
		}
		o := c.old.describe(keyOf(before), before)
		if differ(o.Name, n.Name) {
			c.Renamed = append(c.Renamed, Change{o, n})
		}
		if c.moved(before, d) {
			c.Moved = append(c.Moved, Change{o, n})
		}
		c.drift(before, d)
		what := c.ofDashboard(ctx, before, d)
		c.alter(Thing{model.PartDashboard, model.DisplayName(n.Name), n.Place}, what)
		if len(what)+len(c.ofWorkbook(c.old.index.Workbook[before.WorkbookID], c.now.index.Workbook[d.WorkbookID])) > 0 {
			c.AlteredDashboards++
		}
	}
}

// firsts are the things of a list by their key. A second one with a key is a damaged
// answer, and not a change; one without a key is not compared.
func firsts[T any](list []T, key func(*T) string) map[string]*T {
	out := make(map[string]*T, len(list))
	for i := range list {
		if k := key(&list[i]); k != "" && out[k] == nil {
			out[k] = &list[i]
		}
	}
	return out
}

// keyOf is model.Site.Key without the server's address, which may move.
func keyOf(d *model.Dashboard) string {
	nameless := model.Site{ContentURL: "-"}
	return nameless.Key(d)
}

// pairs finds for each dashboard what it was before, and notes what is gone. One
// that was hidden in its workbook since, or is hidden no longer, has another key
// and the same document.
func (c *comparison) pairs() map[*model.Dashboard]*model.Dashboard {
	was := make(map[*model.Dashboard]*model.Dashboard, len(c.now.dashboards))
	documents := map[string]*model.Dashboard{} // of dashboards whose key is new
	for key, d := range c.now.dashboards {
		if was[d] = c.old.dashboards[key]; was[d] != nil {
			continue
		}
		for _, id := range []string{d.ID, d.DocumentViewID} {
			if id != "" {
				documents[id] = d
			}
		}
	}
	for key, o := range c.old.dashboards {
		if c.now.dashboards[key] != nil {
			continue
		}
		d := documents[o.DocumentViewID]
		if d == nil {
			d = documents[o.ID]
		}
		if d != nil && was[d] == nil && (d.LUID == "") != (o.LUID == "") {
			was[d] = o
			continue
		}
		c.Gone = append(c.Gone, c.old.describe(key, o))
	}
	return was
}

func (c *comparison) sort() {
	for _, list := range [][]Dashboard{c.New, c.Gone} {
		slices.SortFunc(list, compareDashboards)
	}
	for _, list := range [][]Change{c.Renamed, c.Moved} {
		slices.SortFunc(list, func(a, b Change) int { return compareDashboards(a.New, b.New) })
	}
	for _, list := range [][]Thing{c.Appeared, c.Vanished} {
		slices.SortFunc(list, compareThings)
	}
	for _, a := range c.Altered {
		slices.SortFunc(a.Things, compareThings)
	}
	slices.SortFunc(c.Altered, func(a, b Altered) int {
		if by := compareThings(a.Things[0], b.Things[0]); by != 0 {
			return by
		}
		return slices.Compare(a.What, b.What)
	})
	slices.Sort(c.Drift.Soared)
	slices.Sort(c.Drift.Sank)
}
