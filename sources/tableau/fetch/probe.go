package fetch

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"time"

	"darkroom/sources/tableau/api"
)

// FirstPage is the first page of a list, as Fetch asks for it.
type FirstPage struct {
	Words    string        // "dashboards"
	Asked    int           // objects
	Total    int           // as the server counts; -1 is not told
	Nodes    []string      // JSON objects
	Took     time.Duration // until the answer was there
	Problems []api.Problem
	Err      error // why there is no answer
}

// FirstPages asks once for the first page of every list, to see what a fetch
// would meet; only the schema is asked for with patience. An error is what ends a
// fetch, too.
func FirstPages(ctx context.Context, c *api.Client) ([]FirstPage, error) {
	known, err := introspect(ctx, c, allTypes())
	if err != nil {
		return nil, err
	}
	var out []FirstPage
	for _, st := range stages() {
		if !known.hasRoot(st.list + "Connection") {
			continue
		}
		sel, err := parseSelection(st.want)
		if err != nil {
			return nil, err
		}
		p := FirstPage{Words: st.words, Asked: Options{}.withDefaults().FirstPage, Total: -1}
		start := time.Now()
		a, err := c.Query(ctx, st.pageQuery(sel, known), map[string]any{"first": p.Asked})
		p.Took, p.Problems, p.Err = time.Since(start), a.Problems, err
		if got, ok := readPage(a.Data.Get("list")); ok {
			p.Nodes, p.Total = got.nodes, got.total
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

// Pages are what an interrupted fetch left.
type Pages struct {
	Started time.Time
	Bytes   int64
}

// Fresh reports whether the next fetch goes on from there.
func (p Pages) Fresh(now time.Time) bool {
	age := now.Sub(p.Started)
	return age >= 0 && age <= freshness
}

// Interrupted finds the pages that lie beside a snapshot.
func Interrupted(snapshot string) (Pages, bool) {
	f, err := os.Open(pagesName(snapshot))
	if err != nil {
		return Pages{}, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Pages{}, false
	}
	line, err := bufio.NewReader(f).ReadBytes('\n')
	var h head
	ok := err == nil && json.Unmarshal(line, &h) == nil && !h.Started.IsZero()
	return Pages{h.Started, info.Size()}, ok
}
