package curate

import (
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
)

// SubjectOf gathers what rules and scopes look at; links need not be known yet.
func SubjectOf(d *lineage.Dashboard) Subject {
	o := d.Owner()
	return Subject{
		Key:     d.Key,
		Project: d.ContainerPath, Tags: d.Tags(), Owner: []string{o.Name, o.Username, o.Email}, Views: d.Dashboard.Views,
		Collections:   d.Collections,
		PersonalSpace: d.Home().PersonalSpace,
		Hidden:        d.Dashboard.Hidden,
	}
}

// Defaults are what the rules say about each dashboard of the graph.
func Defaults(g *lineage.Graph, rules []Rule) map[string]Default {
	out := map[string]Default{}
	certified := certifiedIn(g, rules)
	for _, d := range g.Dashboards() {
		s := SubjectOf(d)
		s.Certified = certified(d)
		if def, ok := s.Rule(rules); ok {
			out[d.Key] = def
		}
	}
	return out
}

// certifiedIn looks the data sources up only when a rule asks.
func certifiedIn(g *lineage.Graph, rules []Rule) func(*lineage.Dashboard) bool {
	asked := false
	for _, r := range rules {
		asked = asked || r.Certified != nil
	}
	if !asked {
		return func(*lineage.Dashboard) bool { return false }
	}
	return Certified(g)
}

// Certified reports the dashboards of a graph that read published data sources, all of
// them certified.
func Certified(g *lineage.Graph) func(*lineage.Dashboard) bool {
	index := map[*model.Site]*model.SiteIndex{}
	for _, s := range g.Sites {
		index[s] = model.NewSiteIndex(s)
	}
	return func(d *lineage.Dashboard) bool { return certified(index[d.Site], d.Dashboard) }
}

// certified: the published data sources that the dashboard's sheets read, one at
// least, are all certified.
func certified(x *model.SiteIndex, view *model.Dashboard) bool {
	if x == nil {
		return false
	}
	ids := append([]string(nil), view.DatasourceIDs...)
	for _, id := range view.SheetIDs {
		if sheet := x.Sheet[id]; sheet != nil {
			ids = append(ids, sheet.DatasourceIDs...)
		}
	}
	found, seen := false, map[string]bool{}
	for len(ids) > 0 {
		id := ids[len(ids)-1]
		ids = ids[:len(ids)-1]
		ds := x.Datasource[id]
		if ds == nil || seen[id] {
			continue
		}
		seen[id] = true
		if ds.Published {
			if !ds.Certified {
				return false
			}
			found = true
		}
		ids = append(ids, ds.ParentIDs...)
	}
	return found
}

// Take looks at what is loaded, once for each graph; a census is not to be changed. A site that
// was read from several files is complete when each of them is.
func Take(g *lineage.Graph) Census { return *lineage.Derived(g, take) }

func take(g *lineage.Graph) *Census {
	same := interned{}
	c := Census{Places: make(map[string]Place, len(g.Dashboards())), Hidden: map[string]bool{}, Complete: map[string]bool{}}
	for _, d := range g.Dashboards() {
		c.Places[d.Key] = same.place(placeOf(d))
	}
	for _, s := range g.Sites {
		complete, twice := c.Complete[text(s.ID())]
		c.Complete[text(s.ID())] = len(s.Partial) == 0 && (complete || !twice)
		for i := range s.Dashboards {
			key := g.Key(s, &s.Dashboards[i])
			if _, shown := c.Places[key]; !shown {
				c.Hidden[key] = true
			}
		}
	}
	return &c
}

// interned has each text once: many dashboards are of one site, project or workbook, and a
// book keeps their places.
type interned map[string]string

func (t interned) text(s string) string {
	if known, ok := t[s]; ok {
		return known
	}
	t[s] = s
	return s
}

func (t interned) place(p Place) Place {
	p.Site, p.Project, p.Workbook = t.text(p.Site), t.text(p.Project), t.text(p.Workbook)
	return p
}

// text is as it comes back from a file.
func text(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// placeOf has no project where the name of one is missing: an incomplete path would
// look like another one.
func placeOf(d *lineage.Dashboard) Place {
	return placeIn(d.Site, d.Dashboard, d.Workbook, d.ContainerPath)
}

func placeIn(s *model.Site, d *model.Dashboard, w *model.Workbook, containers []string) Place {
	p := Place{Title: text(d.Name), Site: text(s.ID())}
	if model.KnownPath(containers) {
		p.Project = text(strings.Join(containers, " / "))
	}
	if w != nil {
		p.Workbook = text(w.Name)
	}
	return p
}
