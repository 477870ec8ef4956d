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
	list, inner, words string // list is the path, too
	query              url.Values
	loss               string // what is lost without it; with that a refusal is a hole, not a note
	aside              bool   // not kept in the snapshot
}

func (f *fetcher) restLists() []restList {
	views := restList{list: "views", inner: "view", words: "usage of views", query: url.Values{"includeUsageStatistics": {"true"}}}
	sources := restList{list: "datasources", inner: "datasource", words: "addresses of data sources"}
	lists := []restList{
		{list: "projects", inner: "project", words: "projects", loss: "paths have only their last part"}, // the scope needs them
		{list: "users", inner: "user", words: "users"},
	}
	if f.off {
		views.words, views.loss = "views", "dashboards are missing"
		sources.words, sources.loss = "published data sources", "they are missing"
		lists = append(lists, restList{list: "workbooks", inner: "workbook", words: "workbooks", loss: "all are missing", aside: true})
	}
	lists = append(lists, views)
	if f.opt.Download || !f.opt.Earlier.Files.Empty() { // files name published data sources by address
		lists = append(lists, sources)
	}
	return lists
}

// restPages asks for a REST list to its end. What REST has is an addition: a
// refusal is noted where nothing is lost by it, and trouble makes the snapshot
// partial. Neither is kept, as a later fetch asks again.
func (f *fetcher) restPages(ctx context.Context, r restList) error {
	l := f.rest[r.list]
	for !l.ended {
		f.progress(r.words, len(l.entries), l.total, false)
		number, _ := strconv.Atoi(l.cursor)
		p, err := f.client.ListPage(ctx, r.list, r.query, r.list, r.inner, number+1)
		if err != nil {
			switch {
			case forbidden(err) && number > 0:
				f.gap(fmt.Sprintf("%s: stopped after %s: %v", r.words, l.count(), err))
			case forbidden(err) && r.loss != "":
				f.gap(fmt.Sprintf("%s: not for this account, %s: %v", r.words, r.loss, err))
			default:
				return f.restTrouble(ctx, r.list, r.words, err)
			}
			return nil
		}
		rec := record{List: "rest/" + r.list, Total: p.Total, Cursor: strconv.Itoa(number + 1)}
		for _, o := range p.Items {
			rec.Nodes = append(rec.Nodes, raw([]string{canon(o)})...)
		}
		before := len(l.entries)
		f.apply(rec)
		// The server may change while we read: a page that brings nothing new is
		// the end, too.
		rec.End = p.Total < 0 && !p.Full || p.Total >= 0 && len(l.entries) >= p.Total || len(l.entries) == before
		l.ended = rec.End
		if err := f.scratch.add(rec); err != nil {
			return err
		}
	}
	if l.total > len(l.entries) {
		f.gap(fmt.Sprintf("%s: the server counts %d and gave %d", r.words, l.total, len(l.entries)))
	}
	f.progress(r.words, len(l.entries), l.total, true)
	return nil
}

// restTrouble decides what a failed call of a path means; an error ends the fetch.
func (f *fetcher) restTrouble(ctx context.Context, path, words string, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case hopeless(err):
		return err
	case forbidden(err):
		f.withheld(f.had(path), fmt.Sprintf("%s: not for this account: %v", words, err))
	default:
		f.gap(fmt.Sprintf("%s: %v", words, err))
	}
	f.progress(words, 0, -1, true)
	return nil
}

// hopeless is what would meet every further question, too: the server is gone, wants
// no more of them, or does not let us in.
func hopeless(err error) bool {
	var e *api.Error
	return !asError(err, &e) || unreachable(err) || limited(err) || api.SignInRefused(err)
}

// forbidden is a refusal of the thing asked for. A 401 that stayed in spite of new
// sessions is none, unless it is that of a token without the scope
// (facts/tableau.md §1.5).
func forbidden(err error) bool {
	var e *api.Error
	return api.Hidden(err) && asError(err, &e) && (e.Status != http.StatusUnauthorized || noScope(err))
}

func noScope(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Code == "401002"
}

// connections asks REST what the data sources are connected to for which the
// Metadata API knows neither table nor parent (facts/matching.md §1.4 G4).
func (f *fetcher) connections(ctx context.Context) error {
	const words = "connections of workbooks"
	luids := f.mute()
	var mu sync.Mutex
	done := 0
	err := each(ctx, f.opt.Parallel, luids, func(ctx context.Context, luid string) error {
		path := "workbooks/" + url.PathEscape(luid) + "/connections"
		v, err := f.client.Get(ctx, path, nil)
		var items []gjson.Result
		if err == nil {
			items, err = api.OneOrMany(v.Get("connections"), "connection")
		}
		if err != nil {
			return f.connectionTrouble(ctx, path, words, luid, err)
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
	marked := f.marks.of("embeddedDatasources") // their silence says nothing
	var out []string
	for _, entry := range f.lists["embeddedDatasources"].entries {
		o := gjson.Parse(entry)
		luid := books[o.Get("workbook.id").String()]
		if _, cut := marked[o.Get("id").String()]; cut || seen[luid] || f.connected[luid] != "" || !silent(o) ||
			strings.Contains(entry, `"table":{`) || strings.Contains(entry, `"remoteField":{`) {
			continue
		}
		seen[luid] = true
		out = append(out, luid)
	}
	return out
}
