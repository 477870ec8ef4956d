package workspace

import (
	"context"
	"sync"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/tools"
)

// What there is is shown while more is being read, and never what is built for good: with
// two sources a lineage is built twice, with one once.
func TestGraphIsBuiltOnceForEachWait(t *testing.T) {
	for _, c := range []struct {
		name  string
		waits bool // the site is there once the manifest is shown
		want  int
	}{
		{"the site comes last", true, 1},
		{"the manifest comes alone", false, 0},
	} {
		shown, graphs := sync.OnceFunc(func() {}), []*lineage.Graph{}
		reader := tools.All()[0]
		req := Request{Grow: func(g *lineage.Graph) { graphs = append(graphs, g); shown() }}
		yml := "sites: []\n"
		if c.waits {
			yml = "sites: [{snapshot: tableau/cloud.json.gz}]\n"
			manifestShown := make(chan struct{})
			shown = sync.OnceFunc(func() { close(manifestShown) })
			load := reader.Load
			reader.Load = func(ctx context.Context, path string, names tools.Names) ([]*model.Site, error) {
				select {
				case <-manifestShown:
				case <-ctx.Done():
				}
				return load(ctx, path, names)
			}
		}
		req.Dir, req.Tools = example(t, yml), tools.List{reader}
		w, err := Open(t.Context(), req)
		disktest.Must(t, err)
		disktest.Must(t, w.Close())
		if len(graphs) != c.want {
			t.Errorf("%s: %d graphs were shown before that of everything, want %d", c.name, len(graphs), c.want)
		}
		for _, g := range graphs {
			if g == w.Graph || len(g.Sites) != 0 || g.Resources() != w.Graph.Resources() {
				t.Errorf("%s: shown with %d sites and %d resources", c.name, len(g.Sites), g.Resources())
			}
		}
	}
}

// A command has dbt's side built while it still reads a site, once all manifests are there, and
// what is built for good shares it.
func TestCommandsBuildTheSideOfDbtMeanwhile(t *testing.T) {
	manifest := func(l *loading) { l.projects[0] = lineagetest.Shop() }
	site := func(l *loading) { l.sites[0] = []*model.Site{lineagetest.Tower("fct")} }
	for _, c := range []struct {
		name  string
		come  []func(*loading)
		built int // after how many of them there is a graph; 0 is never
	}{
		{"the manifest comes first", []func(*loading){manifest, site}, 1},
		{"the site comes first", []func(*loading){site, manifest}, 0},
	} {
		w, _, err := prepare(Request{Dir: example(t, "sites: []\n")})
		disktest.Must(t, err)
		l := &loading{w: w, projects: make([]*model.Project, 1), sites: make([][]*model.Site, 1), left: 2}
		var first *lineage.Graph
		for i, add := range c.come {
			disktest.Must(t, l.grow(t.Context(), func() { add(l) }))
			if first == nil && l.built != nil {
				first = l.built
				if i+1 != c.built || len(first.Sites) > 0 {
					t.Errorf("%s: a graph with %d sites after %d sources", c.name, len(first.Sites), i+1)
				}
			}
			if l.built != first {
				t.Errorf("%s: built twice before everything is there", c.name)
			}
		}
		if (first != nil) != (c.built > 0) {
			t.Errorf("%s: a graph before everything is there: %v", c.name, first != nil)
		}
		g, err := l.build(t.Context())
		disktest.Must(t, err)
		if len(g.Sites) != 1 || first != nil && g.Matcher() != first.Matcher() {
			t.Errorf("%s: %d sites, and the matcher is another one", c.name, len(g.Sites))
		}
	}
}
