package fetch

import (
	"context"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/lists"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/plan"
)

// FirstPage is the first page of a list, as Fetch asks for it.
type FirstPage struct {
	Words    string        // "dashboards"
	Asked    int           // objects
	Total    int           // as the server counts; -1 when it does not say
	Nodes    []string      // JSON objects
	Took     time.Duration // until the answer was there
	Problems []api.Problem
	Err      error // why there is no answer
}

// FirstPages asks once for the first page of every list, to see what a fetch
// would meet; only the schema is asked for with patience. An error is what ends a
// fetch, too.
func FirstPages(ctx context.Context, c *api.Client) ([]FirstPage, error) {
	known, err := plan.Introspect(ctx, c)
	if err != nil {
		return nil, err
	}
	var out []FirstPage
	for _, list := range plan.Lists() {
		if !known.HasRoot(list.Root()) {
			continue
		}
		query, err := list.PageQuery(known)
		if err != nil {
			return nil, err
		}
		p := FirstPage{Words: list.Words, Asked: Options{}.withDefaults().FirstPage, Total: -1}
		start := time.Now()
		a, err := c.Query(ctx, query(), map[string]any{"first": p.Asked})
		p.Took, p.Problems, p.Err = time.Since(start), a.Problems, err
		if got, ok := lists.ReadPage(a.Data.Get("list")); ok {
			p.Nodes, p.Total = got.Nodes, got.Total
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		out = append(out, p)
	}
	return out, nil
}

// pagesName is where Sync keeps pages until the snapshot is there.
func pagesName(snapshot string) string { return snapshot + ".partial" }

// Interrupted finds what an interrupted sync left beside a snapshot.
func Interrupted(snapshot string) (pages.Left, bool) { return pages.Find(pagesName(snapshot)) }
