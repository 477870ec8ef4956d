package lineage

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/beside"
	"darkroom/model/match"
	"darkroom/model/slab"
	"darkroom/model/walk"
)

// Empty is the graph of nothing, to show before anything is loaded.
func Empty() *Graph {
	g, _ := Build(context.Background(), nil, nil, Options{})
	return g
}

// Options say how to build.
type Options struct {
	Match match.Config
	// InScope reports whether a dashboard is to be shown at all; nil takes all.
	// Links and Status are not known yet when it is asked. It is asked in several goroutines.
	InScope func(*Dashboard) bool
	// Key gives a dashboard its key; nil is model.Site.Key.
	Key func(*model.Site, *model.Dashboard) string
	// Missing are the names of sites that belong to the lineage, but of which nothing is loaded.
	Missing []string
	// Like is an earlier graph, perhaps of the same projects: what it has of them is
	// shared, not made again. Nil is none.
	Like *Graph
}

// Build joins the projects and sites into one graph. The error names the entry
// of the match configuration that is wrong, or is that of ctx when it ends first.
//
// A resource that two manifests of one project have is one node; the first
// manifest describes it. Two projects of one name have a node each
// (model/match/RULES.md#one-node-in-several-manifests).
func Build(ctx context.Context, projects []*model.Project, sites []*model.Site, opt Options) (*Graph, error) {
	g := &Graph{Projects: projects, Sites: sites, missing: opt.Missing, byKey: map[string]ID{}, matching: opt.Match, key: opt.Key}
	like := opt.Like
	if like == nil || !slices.Equal(like.Projects, projects) {
		like = nil
	}
	var err error
	matching := beside.Do(func() {
		if err = g.useMatcher(like); err == nil && len(sites) > 0 {
			g.matcher.Prepare()
		}
	})
	g.useResources(like)
	if matching(); err != nil {
		return nil, err
	}
	var edges []edge
	joining := beside.Do(func() { edges = g.resourceEdges(like) })
	err = g.addSites(ctx, sites, opt.InScope)
	if joining(); err != nil {
		return nil, err
	}
	edges = append(edges, g.placeDashboards()...)
	g.up, g.down = adjacencies(g.Len(), edges)
	return g, nil
}

// NotLoaded says which sites of the lineage are not loaded, "" when all are: where it is
// not "", nothing shows that a resource has no dashboard. It is a main clause without its stop.
func (g *Graph) NotLoaded() string {
	switch {
	case len(g.Sites) == 0:
		return "no metadata of a BI tool is loaded"
	case len(g.missing) > 0:
		return "no metadata of site " + strings.Join(g.missing, ", ") + " is loaded"
	}
	return ""
}

// Key is the key of a dashboard of one of the sites, in scope or not.
func (g *Graph) Key(s *model.Site, d *model.Dashboard) string {
	if g.key == nil {
		return s.Key(d)
	}
	return g.key(s, d)
}

// useMatcher takes the matcher of a graph of the same projects, if it decides alike.
func (g *Graph) useMatcher(like *Graph) (err error) {
	if like != nil && reflect.DeepEqual(like.matching, g.matching) {
		g.matcher = like.matcher
		return nil
	}
	g.matcher, err = match.New(g.Projects, g.matching)
	return err
}

func (g *Graph) addSites(ctx context.Context, sites []*model.Site, inScope func(*Dashboard) bool) error {
	for _, site := range sites {
		if err := g.addSite(ctx, site, inScope); err != nil {
			return err
		}
	}
	return nil
}

// worthTwo is from how many dashboards on half of a site is joined in another goroutine.
const worthTwo = 1024

// addSite walks every dashboard of a site and matches what it reads.
func (g *Graph) addSite(ctx context.Context, site *model.Site, inScope func(*Dashboard) bool) error {
	walker, rest := walk.New(site, walk.WithConnectionAliases(g.matching.ConnectionAliases)), len(site.Dashboards)
	if rest >= worthTwo {
		rest /= 2
	}
	first, second := newJoining(g, site, walker), newJoining(g, site, walker.Fork())
	joined := beside.Do(func() { second.join(ctx, rest, len(site.Dashboards), inScope) })
	first.join(ctx, 0, rest, inScope)
	joined()
	for _, half := range []*joining{first, second} {
		g.dashboards = append(g.dashboards, half.joined...)
		g.OutOfScope += half.outOfScope
	}
	return cmp.Or(first.err, second.err)
}

// joining is a part of a site on its way into the graph. What many of its dashboards have in
// common is found once, and shared.
type joining struct {
	g        *Graph
	site     *model.Site
	index    *model.SiteIndex
	walker   *walk.Walker
	verdicts map[ReadKey]*judged
	paths    map[container][]string

	dashboards slab.Of[Dashboard]
	links      slab.Of[Link]
	judged     slab.Of[judged]
	spare      *Dashboard // one that the scope left out

	joined     []*Dashboard
	outOfScope int
	err        error // of the context
}

func newJoining(g *Graph, site *model.Site, walker *walk.Walker) *joining {
	return &joining{g: g, site: site, walker: walker, index: walker.Index(), verdicts: map[ReadKey]*judged{}, paths: map[container][]string{}}
}

// join joins some of the site's dashboards.
func (s *joining) join(ctx context.Context, from, to int, inScope func(*Dashboard) bool) {
	for i := from; i < to && s.err == nil; i++ {
		d := s.dashboard(&s.site.Dashboards[i])
		if inScope != nil && !inScope(d) {
			s.outOfScope++
			s.spare = d
			continue
		}
		if s.err = s.link(ctx, d); s.err == nil {
			s.joined = append(s.joined, d)
		}
	}
}

// judged is a verdict with the resource that it links to.
type judged struct {
	verdict  match.Verdict
	resource ID
}

// container is a container as a home names it.
type container struct{ luid, name string }

// dashboard is one without what it reads.
func (s *joining) dashboard(view *model.Dashboard) *Dashboard {
	d := s.spare
	if d == nil {
		d = s.dashboards.One()
	}
	s.spare = nil
	*d = Dashboard{
		Key: s.g.Key(s.site, view), Site: s.site, Dashboard: view, Workbook: s.index.Workbook[view.WorkbookID], Collections: s.index.Collections(view),
	}
	home := d.Home()
	in := container{home.ContainerLUID, home.ContainerName}
	path, known := s.paths[in]
	if !known {
		path = slices.Clip(s.index.ContainerPath(in.luid, in.name))
		s.paths[in] = path
	}
	d.ContainerPath = path
	return d
}

// link walks from a dashboard to its tables, each of which is matched once.
func (s *joining) link(ctx context.Context, d *Dashboard) error {
	result, err := s.walker.Dashboard(ctx, d.Dashboard)
	if err != nil {
		return err
	}
	d.Gaps, d.Links = result.Gaps, s.links.Room(len(result.Reads))
	for _, read := range result.Reads {
		key := KeyOf(&read)
		v, known := s.verdicts[key]
		if !known {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			v = s.judged.One()
			v.verdict = s.g.matcher.Match(tableOf(&read))
			v.resource = s.g.ResourceOf(&v.verdict)
			s.verdicts[key] = v
		}
		d.Links = append(d.Links, Link{Tool: s.site.Tool, Read: read, Verdict: &v.verdict, Resource: v.resource})
	}
	d.Status = StatusOf(d.Links, d.Gaps)
	return nil
}

// ReadKey identifies reads that have the same verdict.
type ReadKey struct {
	table *model.Table
	sql   string
}

// ResourceOf is the resource that a verdict links to, None when it links to none.
func (g *Graph) ResourceOf(v *match.Verdict) ID {
	if v.Outcome != match.Matched || len(v.Nodes) == 0 {
		return None
	}
	if id, ok := g.ResourceIn(v.Nodes[0].Project, v.Nodes[0].Resource.ID); ok {
		return id
	}
	return None
}

// placeDashboards sorts the dashboards, gives them their ids and returns their
// edges. A key that occurs twice keeps its first dashboard.
func (g *Graph) placeDashboards() []edge {
	siteIDs := make(map[*model.Site]string, len(g.Sites))
	for _, s := range g.Sites {
		siteIDs[s] = s.ID()
	}
	slices.SortStableFunc(g.dashboards, compareDashboards(siteIDs))
	var edges []edge
	for i, d := range g.dashboards {
		d.ID = ID(g.resources + i)
		if _, twice := g.byKey[d.Key]; !twice {
			g.byKey[d.Key] = d.ID
		}
		for i := range d.Links {
			if from := d.Links[i].Resource; from != None {
				edges = append(edges, edge{from, d.ID})
			}
		}
	}
	return edges
}

// tableOf is what is matched for a read: the name found in custom SQL, with the
// custom SQL's own connection, or the table as Tableau has it.
func tableOf(r *walk.Read) match.Table {
	if r.SQL != nil {
		t := match.FromSQL(r.SQL.Parts, r.SQL.Quoted, r.SQL.Connection)
		if s := r.SQL.Session; s != nil {
			t.Session = &match.Session{By: s.By, Filled: s.Filled, Unsure: s.Unsure, Others: s.Others}
		}
		return t
	}
	t := match.FromModel(r.Table)
	if r.Session != "" {
		t.Session = &match.Session{By: r.Session, Unsure: true}
	}
	return t
}

// KeyOf is the key of a read: its table, and the name in custom SQL.
func KeyOf(r *walk.Read) ReadKey {
	key := ReadKey{table: r.Table, sql: r.Session}
	if r.SQL != nil {
		key.sql = strings.Join(r.SQL.Parts, "\x00") + fmt.Sprint(r.SQL.Quoted) // a quoted name may mean another table
		if s := r.SQL.Session; s != nil {
			key.sql += s.By
		}
	}
	return key
}
