package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// restList is a list of the REST API.
type restList struct {
	list, inner, path, words string
	query                    url.Values
}

func (f *fetcher) restLists() []restList {
	lists := []restList{
		{"projects", "project", "projects", "projects", nil},
		{"users", "user", "users", "users", nil},
		{"views", "view", "views", "usage of views", url.Values{"includeUsageStatistics": {"true"}}},
	}
	if f.opt.Download || !f.opt.Files.Empty() { // files name published data sources by address
		lists = append(lists, restList{"datasources", "datasource", "datasources", "addresses of data sources", nil})
	}
	return lists
}

// restPages asks for a REST list to its end. What REST has is an addition: a
// refusal is noted, and only trouble makes the snapshot partial.
func (f *fetcher) restPages(ctx context.Context, r restList) error {
	l := f.rest[r.list]
	for !l.ended {
		f.progress(r.words, len(l.entries), l.total, false)
		number, _ := strconv.Atoi(l.cursor)
		p, err := f.client.ListPage(ctx, r.path, r.query, r.list, r.inner, number+1)
		if err != nil {
			if api.Hidden(err) && r.list == "projects" { // scope and paths need them
				f.hole(fmt.Sprintf("projects: not for this account, paths have only their last part: %v", err))
				return nil
			}
			return f.restTrouble(ctx, r.words, err)
		}
		rec := record{List: "rest/" + r.list, Total: p.Total, Cursor: strconv.Itoa(number + 1)}
		for _, o := range p.Items {
			rec.Nodes = append(rec.Nodes, raw([]string{canon(o)})...)
		}
		before := len(l.entries)
		f.apply(rec)
		// The server may change while we read: a page that brings nothing new is
		// the end, too.
		rec.End = p.Total < 0 || len(l.entries) >= p.Total || len(l.entries) == before
		l.ended = rec.End
		if err := f.scratch.add(rec); err != nil {
			return err
		}
	}
	if l.total > len(l.entries) {
		f.hole(fmt.Sprintf("%s: the server counts %d and gave %d", r.words, l.total, len(l.entries)))
	}
	f.progress(r.words, len(l.entries), l.total, true)
	return nil
}

// restTrouble decides whether a failed REST call ends the fetch.
func (f *fetcher) restTrouble(ctx context.Context, words string, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case api.Hidden(err) && !sessionTrouble(err):
		f.note(fmt.Sprintf("%s: not for this account: %v", words, err))
	case sessionTrouble(err) || api.Transient(err) && !unreachable(err) && !limited(err):
		f.hole(fmt.Sprintf("%s: %v", words, err))
	default:
		return err
	}
	f.progress(words, 0, -1, true)
	return nil
}

// sessionTrouble is a 401 that stayed in spite of new sessions: no refusal, unless
// it is that of a token without the scope (facts/tableau.md §1.5).
func sessionTrouble(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Status == http.StatusUnauthorized && e.Code != "401002"
}

// connections asks REST what the data sources are connected to for which the
// Metadata API knows neither table nor parent (facts/matching.md §1.4 G4).
func (f *fetcher) connections(ctx context.Context) error {
	const words = "connections of workbooks"
	luids := f.mute()
	var mu sync.Mutex
	done := 0
	err := each(ctx, f.opt.Parallel, luids, func(ctx context.Context, luid string) error {
		v, err := f.client.Get(ctx, "workbooks/"+url.PathEscape(luid)+"/connections", nil)
		var items []gjson.Result
		if err == nil {
			items, err = api.OneOrMany(v.Get("connections"), "connection")
		}
		if err != nil {
			return f.restTrouble(ctx, words, err)
		}
		text := "[]"
		if len(items) > 0 {
			text = canonList(items)
		}
		r := record{List: "connections", Nodes: raw([]string{text}), Detail: []string{luid}, Total: -1}
		f.apply(r)
		mu.Lock()
		done++
		f.progress(words, done, len(luids), done == len(luids))
		mu.Unlock()
		return f.scratch.add(r)
	})
	return err
}

// mute are the LUIDs of workbooks with a data source that tells nothing.
func (f *fetcher) mute() []string {
	books := map[string]string{}
	for _, entry := range f.lists["workbooks"].entries {
		o := gjson.Parse(entry)
		books[o.Get("id").String()] = o.Get("luid").String()
	}
	silent := lacks("parentPublishedDatasources", "upstreamDatasources", "upstreamTables", "upstreamFlows")
	seen := map[string]bool{"": true}
	var out []string
	for _, entry := range f.lists["embeddedDatasources"].entries {
		o := gjson.Parse(entry)
		luid := books[o.Get("workbook.id").String()]
		if seen[luid] || f.connected[luid] != "" || !silent(o) ||
			strings.Contains(entry, `"table":{`) || strings.Contains(entry, `"remoteField":{`) {
			continue
		}
		seen[luid] = true
		out = append(out, luid)
	}
	return out
}
