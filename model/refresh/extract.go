package refresh

import (
	"context"
	"slices"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/walk"
)

// Kind is what one refresh refreshes.
type Kind uint8

const (
	Published Kind = iota // a published data source
	Workbook              // all extracts that are embedded in a workbook
	Flow                  // not an extract: a Prep flow that runs before some
)

// String is the word in records and in JSON.
func (k Kind) String() string { return [...]string{"datasource", "workbook", "flow"}[k] }

// Key identifies an extract.
type Key struct {
	Site string // model.Site.ID
	Kind Kind
	LUID string
}

// Extract is what one refresh refreshes, with everything that it means for dashboards.
// Whether it has an extract at all is known only when the server is asked.
type Extract struct {
	Key
	Site       *model.Site
	Name       string
	Place      string // the project it is in
	Sources    []Source
	Dashboards []*lineage.Dashboard
	Views      int // of all of its dashboards, as far as they are known
	Setting    Setting
	Excluded   bool // every one of its dashboards is excluded
}

// Source is one data source of an extract: of a published one the only one.
type Source struct {
	*model.Datasource
	Reads    []lineage.ID // resources, sorted
	Unlinked int          // tables that are not linked to a resource, and gaps
	walk.Between
}

// writtenByFlow reports a published data source that a Prep flow writes: it reads nothing
// itself, so that there is nothing to refresh but by running the flow.
func (s *Source) writtenByFlow() bool {
	return s.Datasource.Published && len(s.FlowIDs) > 0 && len(s.TableIDs) == 0 && len(s.ParentIDs) == 0
}

// Choice says which dashboards count.
type Choice struct {
	Selected func(*lineage.Dashboard) bool // nil is all
	Excluded func(*lineage.Dashboard) bool // by a decision; nil is none
}

// Extracts are those behind the selected dashboards, in the order of the graph. The only
// error is that of ctx.
func Extracts(ctx context.Context, g *lineage.Graph, choice Choice, window Window) ([]*Extract, error) {
	var all []*Extract
	bySite := map[*model.Site][]*lineage.Dashboard{}
	for _, d := range g.Dashboards() {
		bySite[d.Site] = append(bySite[d.Site], d)
	}
	for _, site := range g.Sites {
		f := finder{g: g, site: site, dashboards: bySite[site], index: model.NewSiteIndex(site), choice: choice, found: map[Key]*Extract{}, resources: map[lineage.ReadKey]lineage.ID{}}
		f.walker = walk.New(site, walk.WithConnectionAliases(g.Matching().ConnectionAliases))
		if err := f.find(ctx); err != nil {
			return nil, err
		}
		all = append(all, f.list...)
	}
	settings(g, all, window)
	return all, nil
}

type finder struct {
	g          *lineage.Graph
	site       *model.Site
	dashboards []*lineage.Dashboard // of the site
	index      *model.SiteIndex
	walker     *walk.Walker
	choice     Choice
	found      map[Key]*Extract
	chosen     map[*Extract]bool
	embedded   map[string][]*model.Datasource // by workbook
	list       []*Extract
	resources  map[lineage.ReadKey]lineage.ID
}

func (f *finder) find(ctx context.Context) error {
	f.chosen, f.embedded = map[*Extract]bool{}, map[string][]*model.Datasource{}
	for i := range f.site.Datasources {
		if ds := &f.site.Datasources[i]; !ds.Published {
			f.embedded[ds.WorkbookID] = append(f.embedded[ds.WorkbookID], ds)
		}
	}
	for _, d := range f.dashboards {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, ds := range f.walker.Sources(ctx, d.Dashboard) {
			if x := f.extractOf(ds); x != nil {
				f.place(x, d)
			}
		}
	}
	f.list = slices.DeleteFunc(f.list, func(x *Extract) bool { return !f.chosen[x] })
	for _, x := range f.list {
		for i := range x.Sources {
			if err := f.read(ctx, &x.Sources[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// place puts a dashboard on an extract.
func (f *finder) place(x *Extract, d *lineage.Dashboard) {
	if n := len(x.Dashboards); n > 0 && x.Dashboards[n-1] == d {
		return
	}
	x.Dashboards = append(x.Dashboards, d)
	x.Views += max(0, d.Dashboard.Views)
	if f.choice.Excluded == nil || !f.choice.Excluded(d) {
		x.Excluded = false
	}
	if f.choice.Selected == nil || f.choice.Selected(d) {
		f.chosen[x] = true
	}
}

// extractOf is the extract that a data source is refreshed with; nil where the tool does
// not say what that is.
func (f *finder) extractOf(ds *model.Datasource) *Extract {
	key := Key{Site: f.site.ID(), Kind: Published, LUID: ds.LUID}
	book := f.index.Workbook[ds.WorkbookID]
	if !ds.Published {
		if key.Kind, key.LUID = Workbook, ""; book != nil {
			key.LUID = book.LUID
		}
	}
	if key.LUID == "" {
		return nil
	}
	if x := f.found[key]; x != nil {
		return x
	}
	x := &Extract{Key: key, Site: f.site, Excluded: true}
	if ds.Published {
		x.Name, x.Place, x.Sources = ds.Name, ds.ContainerName, []Source{{Datasource: ds}}
	} else {
		x.Name, x.Place = book.Name, book.ContainerName
		for _, other := range f.embedded[book.ID] {
			x.Sources = append(x.Sources, Source{Datasource: other})
		}
	}
	f.found[key] = x
	f.list = append(f.list, x)
	return x
}

// read finds what a data source reads.
func (f *finder) read(ctx context.Context, s *Source) error {
	result, err := f.walker.Datasource(ctx, s.Datasource)
	if err != nil {
		return err
	}
	s.Unlinked = len(result.Gaps)
	for i := range result.Reads {
		if id := f.resource(&result.Reads[i]); id != lineage.None {
			s.Reads = append(s.Reads, id)
		} else {
			s.Unlinked++
		}
	}
	slices.Sort(s.Reads)
	s.Reads = slices.Compact(s.Reads)
	s.Between = f.walker.Between(ctx, s.Datasource)
	return ctx.Err()
}

func (f *finder) resource(r *walk.Read) lineage.ID {
	key := lineage.KeyOf(r)
	id, known := f.resources[key]
	if !known {
		verdict := f.g.Matcher().Match((&lineage.Link{Read: *r}).Table())
		id = f.g.ResourceOf(&verdict)
		f.resources[key] = id
	}
	return id
}
