package fetch

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// collections are Tableau Cloud's since REST 3.28. What is in them is asked one
// by one and kept beside what the list says, under "items". Their shape is not
// documented, so it is read in any likely form and kept as it is
// (facts/tableau.md §3).
func (f *fetcher) collections(ctx context.Context, v api.Version) error {
	if !v.AtLeast(3, 28) {
		return nil
	}
	const words = "collections"
	list, err := f.resources(ctx, words, "collections", "collection")
	switch {
	case err != nil:
		return f.restTrouble(ctx, "collections", words, err)
	case list == nil:
		return nil
	}
	f.progress(words, 0, len(list), len(list) == 0)
	var mu sync.Mutex
	kept, refused := []string{}, map[bool][]string{} // by whether the last snapshot had it
	err = each(ctx, f.opt.Parallel, list, func(ctx context.Context, entry string) error {
		o := gjson.Parse(entry)
		id := collectionID(o)
		name := fmt.Sprintf("%q", or(first(o, "name", "title", "content.title").String(), id))
		path := "collections/" + url.PathEscape(id) + "/items"
		items, err := f.resources(ctx, "collection "+name, path, "item")
		hidden := forbidden(err)
		switch {
		case items != nil:
			entry = merge(`{"items":[`+strings.Join(items, ",")+`]}`, entry) // what was asked for wins
		case err != nil && !hidden:
			if err := f.restTrouble(ctx, path, words, err); err != nil {
				return err
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if hidden {
			refused[f.had(path)] = append(refused[f.had(path)], name)
		}
		kept = append(kept, entry)
		f.progress(words, len(kept), len(list), len(kept) == len(list))
		return nil
	})
	if err != nil {
		return err
	}
	for had, names := range refused {
		slices.Sort(names)
		f.withheld(had, fmt.Sprintf("%s: not for this account: what is in %s", words, firstFew(names)))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.collected = kept // empty, not nil: asked for, and there are none
	return nil
}

// resources asks for a list of the newer family to its end: canonical entries,
// each once, or nil when the answer cannot be read as a list. An error is that of
// the first page, or ends the fetch; what else goes wrong is a hole, since there is
// more.
func (f *fetcher) resources(ctx context.Context, words, path, inner string) ([]string, error) {
	const mostPages = 1000
	var query url.Values
	g := gathered{entries: []string{}, known: map[string]bool{}}
	asked := map[string]bool{"": true}
	for pages := 1; ; pages++ {
		v, err := f.client.Resource(ctx, path, query)
		stop := func(why string) { f.gap(fmt.Sprintf("%s: stopped after %d: %s", words, len(g.entries), why)) }
		switch {
		case err != nil && (pages == 1 || ctx.Err() != nil || hopeless(err)):
			return nil, err
		case err != nil:
			stop(err.Error())
			return g.entries, nil
		}
		anew := g.add(v, inner)
		query = nextPage(v)
		switch {
		case query == nil && len(g.entries) == 0 && g.unread:
			f.withheld(f.had(path), words+": the answer has no list that is known")
			return nil, nil
		case query == nil:
			g.tell(f, words)
			return g.entries, nil
		case asked[query.Encode()], !anew, pages == mostPages:
			stop("the server repeats a page, or asks for one in a way that is not known")
			return g.entries, nil
		}
		asked[query.Encode()] = true
	}
}

// gathered is a list of the newer family, as far as it came.
type gathered struct {
	entries []string
	known   map[string]bool
	total   int  // what the server counts, if it does
	unread  bool // something in it has no id or no form that is known
}

// add takes a page in: canonical entries, each once, collections by id, other things
// by all they say. It reports false for one that brings nothing new.
func (g *gathered) add(v gjson.Result, inner string) bool {
	list := first(v, "items", "collections", "contents", "hits.items")
	entries, err := api.OneOrMany(list, inner)
	if !list.Exists() {
		list = v
	}
	g.unread = g.unread || err != nil || len(entries) == 0 && strings.Contains(canon(list), "[{")
	g.total = max(g.total, int(first(v, "pagination.totalAvailable", "total", "totalCount", "hits.total").Int()))
	before := len(g.entries)
	for _, o := range entries {
		entry := canon(o)
		id := collectionID(o)
		if id == "" { // nobody can ask what is in it, or know what it is
			g.unread = true
			continue
		}
		if inner != "collection" {
			id = entry
		}
		if !g.known[id] {
			g.known[id] = true
			g.entries = append(g.entries, entry)
		}
	}
	return len(entries) == 0 || len(g.entries) > before
}

// tell says what is missing from a list that came to its end.
func (g *gathered) tell(f *fetcher, words string) {
	switch {
	case g.unread:
		f.gap(fmt.Sprintf("%s: %d are here, and some that cannot be read are left out", words, len(g.entries)))
	case g.total > len(g.entries):
		f.gap(fmt.Sprintf("%s: the server counts %d and gave %d", words, g.total, len(g.entries)))
	}
}

// collectionID is the LUID of a collection, or of what is in one.
func collectionID(o gjson.Result) string {
	return first(o, "luid", "id", "content.luid", "content.id").String()
}

// nextPage is what asks for the page after v in one of the forms that the family
// has elsewhere: a token, or an address, of which only the query counts. It is
// empty when there is a next page and no way to it that is known, nil at the end.
func nextPage(v gjson.Result) url.Values {
	for _, form := range [...]struct{ member, parameter string }{{"next_page_token", "page_token"}, {"nextPageToken", "pageToken"}} {
		if token := first(v, form.member, "pagination."+form.member); token.String() != "" {
			return url.Values{form.parameter: {token.String()}}
		}
	}
	next := first(v, "next", "hits.next", "links.next")
	if next.Type == gjson.Null || next.Type == gjson.False || next.Type == gjson.String && next.Str == "" {
		return nil
	}
	_, text, _ := strings.Cut(next.Str, "?")
	query, _ := url.ParseQuery(text) // what can be read of it
	return query
}

// first is the first member that is there and not null.
func first(v gjson.Result, paths ...string) gjson.Result {
	for _, path := range paths {
		if m := v.Get(path); m.Type != gjson.Null {
			return m
		}
	}
	return gjson.Result{}
}
