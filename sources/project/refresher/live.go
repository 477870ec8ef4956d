package refresher

import (
	"context"
	"errors"
	"net/http"

	"github.com/tidwall/gjson"

	"darkroom/model/refresh"
	"darkroom/sources/tableau/api"
)

const (
	extractFields = "id name hasExtracts extractLastRefreshTime extractLastIncrementalUpdateTime extractLastUpdateTime"
	liveSources   = "query($ids:[String]){list:publishedDatasources(filter:{luidWithin:$ids}){luid " + extractFields + "}}"
	liveBooks     = "query($ids:[String]){list:workbooks(filter:{luidWithin:$ids}){luid embeddedDatasources{" + extractFields + "}}}"
)

// askLive asks when extracts were refreshed. What the answer lacks is not there for us.
func askLive(ctx context.Context, c *api.Client, extracts []*refresh.Extract) (map[refresh.Key][]refresh.LiveSource, error) {
	live := map[refresh.Key][]refresh.LiveSource{}
	for _, kind := range [...]refresh.Kind{refresh.Published, refresh.Workbook} {
		var keys []refresh.Key
		for _, x := range extracts {
			if x.Kind == kind && usable().MatchString(x.LUID) {
				keys = append(keys, x.Key)
			}
		}
		const first = 100
		for len(keys) > 0 {
			n := min(first, len(keys))
			if err := askSome(ctx, c, kind, keys[:n], live); err != nil {
				return nil, err
			}
			keys = keys[n:]
		}
	}
	return live, nil
}

// askSome asks for some, and for half of them after a limit of the Metadata API.
func askSome(ctx context.Context, c *api.Client, kind refresh.Kind, keys []refresh.Key, live map[refresh.Key][]refresh.LiveSource) error {
	byLUID, ids := map[string]refresh.Key{}, []string{}
	for _, k := range keys {
		byLUID[k.LUID] = k
		ids = append(ids, k.LUID)
	}
	query := liveSources
	if kind == refresh.Workbook {
		query = liveBooks
	}
	a, err := askPatiently(ctx, c, query, map[string]any{"ids": ids})
	if err != nil {
		return err
	}
	if tooMuch(a) && len(keys) > 1 {
		half := len(keys) / 2
		if err := askSome(ctx, c, kind, keys[:half], live); err != nil {
			return err
		}
		return askSome(ctx, c, kind, keys[half:], live)
	}
	if !a.Data.Get("list").IsArray() || tooMuch(a) {
		return refused(a)
	}
	for _, o := range a.Data.Get("list").Array() {
		key, ok := byLUID[o.Get("luid").String()]
		if !ok {
			continue
		}
		live[key] = []refresh.LiveSource{}
		objects := []gjson.Result{o}
		if kind == refresh.Workbook {
			objects = o.Get("embeddedDatasources").Array()
		}
		for _, d := range objects {
			live[key] = append(live[key], readLive(d))
		}
	}
	return nil
}

// readLive reads a data source. Full and incremental refreshes have a time each, and so has
// publishing; the data is as new as the last.
func readLive(v gjson.Result) refresh.LiveSource {
	s := refresh.LiveSource{ID: v.Get("id").String(), Name: v.Get("name").String(), Extract: v.Get("hasExtracts").Bool()}
	for _, name := range [...]string{"extractLastRefreshTime", "extractLastIncrementalUpdateTime", "extractLastUpdateTime"} {
		if at := timeOf(v.Get(name)); at.After(s.RefreshedAt) {
			s.RefreshedAt = at
		}
	}
	return s
}

func tooMuch(a api.Answer) bool { return a.Has("NODE_LIMIT_EXCEEDED", "TIME_LIMIT_EXCEEDED") }

// refused says why an answer cannot be used: half of it could pass for all.
func refused(a api.Answer) error {
	why, code := "the answer has no list", ""
	if len(a.Problems) > 0 {
		why, code = a.Problems[0].Message, a.Problems[0].Code
	}
	return &api.Error{
		Op: "ask when extracts were refreshed", Status: http.StatusOK, Code: code, Summary: why,
		Fix: "nothing was started; try again later",
	}
}

// questions is how often a question is put that may be answered later.
const questions = 5

func askPatiently(ctx context.Context, c *api.Client, query string, vars map[string]any) (api.Answer, error) {
	for try := 0; ; try++ {
		a, err := c.Query(ctx, query, vars)
		var e *api.Error
		if errors.As(err, &e) && e.Status == http.StatusNotFound {
			e.Fix = "an administrator has to turn the Metadata API on: only it knows when an extract was refreshed"
		}
		passing := api.Transient(err) || err == nil && !tooMuch(a) && !a.Data.Get("list").IsArray()
		if !passing || try+1 >= questions {
			return a, err
		}
		if err := c.Pause(ctx, try, "no answer about extracts yet"); err != nil {
			return a, err
		}
	}
}
