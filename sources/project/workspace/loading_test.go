package workspace

import (
	"context"
	"sync"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
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
