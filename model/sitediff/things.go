package sitediff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
)

// ofDashboard is what changed about a dashboard itself and about what it reads.
func (c *comparison) ofDashboard(ctx context.Context, o, n *model.Dashboard) []string {
	var what []string
	switch {
	case (o.LUID == "") == (n.LUID == ""):
	case n.LUID == "":
		what = append(what, "now hidden in its workbook")
	default:
		what = append(what, "no longer hidden in its workbook")
	}
	if bothKnown(o.Name, n.Name, o.Incomplete, n.Incomplete) { // otherwise nothing is known of it
		what = append(what, c.ofHome(o.HomeIn(nil), n.HomeIn(nil), o.Tags, n.Tags)...) // a workbook's home is compared with the workbook
	}
	if o.Path != n.Path && o.Path != "" && n.Path != "" {
		what = append(what, "new address")
	}
	return append(what, c.ofReading(c.old.ofDashboard(ctx, o), c.now.ofDashboard(ctx, n))...)
}

// bothKnown reports that both states of a thing can be compared: each has its name,
// and neither is incomplete.
func bothKnown(old, now, oldIncomplete, nowIncomplete string) bool {
	return model.KnownName(old) && model.KnownName(now) && oldIncomplete == "" && nowIncomplete == ""
}

// ofWorkbook is what changed about a workbook and holds for all its dashboards.
func (c *comparison) ofWorkbook(o, n *model.Workbook) []string {
	if o == nil || n == nil || !bothKnown(o.Name, n.Name, o.Incomplete, n.Incomplete) {
		return nil
	}
	what := c.ofHome(o.Home(), n.Home(), o.Tags, n.Tags)
	if o.PageID != n.PageID {
		what = append(what, "new address")
	}
	return what
}

// ofHome is what changed of owner, tags, description and personal space.
func (c *comparison) ofHome(o, n model.Home, oldTags, newTags []string) []string {
	what := c.ofOwner(o.Owner, n.Owner)
	what = append(what, gainedLost("tags", oldTags, newTags)...)
	if o.Description != n.Description {
		what = append(what, "description "+gainedOrLost(o.Description, n.Description))
	}
	return append(what, flipped(o.PersonalSpace, n.PersonalSpace, "now in a personal space", "no longer in a personal space")...)
}

// workbooks compares what dashboards have from their workbook, and its own data
// sources.
func (c *comparison) workbooks() {
	key := func(w *model.Workbook) string { return cmp.Or(strings.ToLower(w.LUID), w.ID) }
	before, after := firsts(c.old.site.Workbooks, key), firsts(c.now.site.Workbooks, key)
	was, is := c.old.embedded(), c.now.embedded()
	for i := range c.now.site.Workbooks {
		n := &c.now.site.Workbooks[i]
		if o := before[key(n)]; o != nil && after[key(n)] == n {
			what := append(c.ofWorkbook(o, n), c.ofEmbedded(was[o.ID], is[n.ID])...)
			c.alter(Thing{model.PartWorkbook, model.DisplayName(n.Name), c.now.container(n.ContainerLUID, n.ContainerName)}, what)
		}
	}
}

// embedded are the data sources of each workbook by their name in it. Of several
// with one name each has its number, whatever their ids.
func (st *state) embedded() map[string]map[string]*model.Datasource {
	of := map[string][]*model.Datasource{}
	for i := range st.site.Datasources {
		if d := &st.site.Datasources[i]; !d.Published {
			of[d.WorkbookID] = append(of[d.WorkbookID], d)
		}
	}
	out := make(map[string]map[string]*model.Datasource, len(of))
	for workbook, list := range of {
		slices.SortFunc(list, func(a, b *model.Datasource) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), boolean(a.HasExtract)-boolean(b.HasExtract), strings.Compare(a.ID, b.ID))
		})
		named := make(map[string]*model.Datasource, len(list))
		for i, k := 0, 1; i < len(list); i++ {
			name := model.QuotedName(list[i].Name)
			if k++; i == 0 || list[i-1].Name != list[i].Name {
				k = 1
			}
			if k > 1 {
				name += fmt.Sprintf(" (%d)", k)
			}
			named[name] = list[i]
		}
		out[workbook] = named
	}
	return out
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (c *comparison) ofEmbedded(was, is map[string]*model.Datasource) []string {
	var what []string
	if was[model.HiddenName] == nil && is[model.HiddenName] == nil { // otherwise it is unknown which they are
		what = gainedLost(c.Tool.Noun(model.PartEmbedded).Many, keys(was), keys(is))
	}
	for _, name := range keys(is) {
		if o, n := was[name], is[name]; o != nil && o.Incomplete == "" && n.Incomplete == "" {
			c.refreshed(o, n)
			what = append(what, flipped(o.HasExtract, n.HasExtract, name+" is now an extract", name+" is now live")...)
		}
	}
	return what
}

// sources compares published data sources, read by a dashboard or not.
func (c *comparison) sources(ctx context.Context) {
	key := func(d *model.Datasource) string {
		if !d.Published {
			return ""
		}
		return cmp.Or(strings.ToLower(d.LUID), d.ID)
	}
	before, after := firsts(c.old.site.Datasources, key), firsts(c.now.site.Datasources, key)
	thing := func(st *state, d *model.Datasource) Thing {
		return Thing{model.PartPublished, model.DisplayName(d.Name), st.container(d.ContainerLUID, d.ContainerName)}
	}
	for i := range c.now.site.Datasources {
		if ctx.Err() != nil {
			return
		}
		n := &c.now.site.Datasources[i]
		if after[key(n)] != n {
			continue
		}
		o := before[key(n)]
		if o == nil {
			if model.KnownName(n.Name) { // more than an id
				c.Appeared = append(c.Appeared, thing(c.now, n))
			}
			continue
		}
		delete(before, key(n))
		c.refreshed(o, n)
		was, is := thing(c.old, o), thing(c.now, n)
		var what []string
		if bothKnown(o.Name, n.Name, o.Incomplete, n.Incomplete) {
			what = append(from("name", was.Name, is.Name), from(c.Tool.Noun(model.PartContainer).One, was.Place, is.Place)...)
			what = append(what, c.ofOwner(o.Owner, n.Owner)...)
			what = append(what, flipped(o.Certified, n.Certified, "now certified", "no longer certified")...)
			what = append(what, flipped(o.HasExtract, n.HasExtract, "now an extract", "now live")...)
		}
		what = append(what, c.ofReading(c.old.ofSource(ctx, o), c.now.ofSource(ctx, n))...)
		c.alter(is, what)
	}
	for _, o := range before {
		if model.KnownName(o.Name) {
			c.Vanished = append(c.Vanished, thing(c.old, o))
		}
	}
}

// rest compares containers' owners and the site itself.
func (c *comparison) rest() {
	for i := range c.now.site.Containers {
		n := &c.now.site.Containers[i]
		if o := c.old.index.Container[n.LUID]; o != nil {
			c.alter(Thing{Kind: model.PartContainer, Name: c.now.container(n.LUID, n.Name)}, c.ofOwner(o.Owner, n.Owner))
		}
	}
	o, n := c.old.site, c.now.site
	what := from("server", o.Server, n.Server)
	what = append(what, from("site", o.ContentURL, n.ContentURL)...)
	if was, is := called(o), called(n); was != "" && is != "" {
		what = append(what, from("name", was, is)...)
	}
	c.alter(Thing{Kind: model.PartSite, Name: cmp.Or(n.Name, n.ContentURL, n.Server)}, what)
}

// called is a site's name, unless it is only its file's.
func called(s *model.Site) string {
	if s.ContentURL == "" && strings.Contains(s.File, s.Name) {
		return ""
	}
	return s.Name
}

// ofOwner compares what is shown of an owner. Where owners are no longer reported
// that is one line and not one for each.
func (c *comparison) ofOwner(o, n model.User) []string {
	if slices.Contains(c.NoLongerReported, owners) {
		return nil
	}
	was, is := o.Shown(), n.Shown()
	if was == is && o.Email != n.Email {
		was, is = strings.TrimSpace(was+" "+o.Email), strings.TrimSpace(is+" "+n.Email)
	}
	return from("owner", was, is)
}

// from is "owner Ann → Bea".
func from(what, was, is string) []string {
	if was == is {
		return nil
	}
	return []string{fmt.Sprintf("%s %s → %s", what, cmp.Or(was, "none"), cmp.Or(is, "none"))}
}

func flipped(was, is bool, yes, no string) []string {
	switch {
	case was == is:
		return nil
	case is:
		return []string{yes}
	}
	return []string{no}
}

func gainedOrLost(was, is string) string {
	switch {
	case was == "":
		return "added"
	case is == "":
		return "removed"
	}
	return "changed"
}

// gainedLost is "tags added: a, b" and "tags removed: c".
func gainedLost(what string, was, is []string) (out []string) {
	if more := missing(is, was); len(more) > 0 {
		out = append(out, what+" added: "+few(more))
	}
	if fewer := missing(was, is); len(fewer) > 0 {
		out = append(out, what+" removed: "+few(fewer))
	}
	return out
}

// missing are the texts of a that b does not have, sorted, each once.
func missing(a, b []string) []string {
	have := make(map[string]bool, len(b))
	for _, s := range b {
		have[s] = true
	}
	var out []string
	for _, s := range a {
		if !have[s] {
			have[s] = true
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// few names the first of a list and counts the rest.
func few(list []string) string {
	const most = 5
	if n := len(list) - most; n > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), n)
	}
	return strings.Join(list, ", ")
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
