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
		return f.restTrouble(ctx, words, err)
	case list == nil:
		return nil
	}
	f.progress(words, 0, len(list), len(list) == 0)
	var mu sync.Mutex
	kept, refused := []string{}, []string{}
	err = each(ctx, f.opt.Parallel, list, func(ctx context.Context, entry string) error {
		o := gjson.Parse(entry)
		id := collectionID(o)
		name := fmt.Sprintf("%q", or(first(o, "name", "title", "content.title").String(), id))
		items, err := f.resources(ctx, "collection "+name, "collections/"+url.PathEscape(id)+"/items", "item")
		hidden := api.Hidden(err)
		switch {
		case items != nil:
			entry = merge(`{"items":[`+strings.Join(items, ",")+`]}`, entry) // what was asked for wins
		case err != nil && !hidden:
			if err := f.restTrouble(ctx, words, err); err != nil {
				return err
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if hidden {
			refused = append(refused, name)
		}
		kept = append(kept, entry)
		f.progress(words, len(kept), len(list), len(kept) == len(list))
		return nil
	})
	if err != nil {
		return err
	}
	if len(refused) > 0 {
		slices.Sort(refused)
		f.note(fmt.Sprintf("%s: not for this account: what is in %s", words, shortList(refused)))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.collected = kept // empty, not nil: asked for, and there are none
	return nil
}

// resources asks for a list of the newer family to its end: canonical entries,
// each once, or nil when the answer cannot be read as a list. What goes wrong
// after the first page is a hole, since there is more.
func (f *fetcher) resources(ctx context.Context, words, path, inner string) ([]string, error) {
	const mostPages = 1000
	var query url.Values
	out := []string{}
	asked, known := map[string]bool{"": true}, map[string]bool{}
	for pages := 1; ; pages++ {
		v, err := f.client.Resource(ctx, path, query)
		stop := func(why string) { f.hole(fmt.Sprintf("%s: stopped after %d: %s", words, len(out), why)) }
		switch {
		case err != nil && pages == 1:
			return nil, err
		case api.Hidden(err):
			stop(err.Error())
			return out, nil
		case err != nil:
			return out, f.restTrouble(ctx, words, err)
		}
		list := first(v, "items", "collections", "contents", "hits.items")
		entries, _ := api.OneOrMany(list, inner)
		before := len(out)
		out = appendUnknown(out, entries, known, inner == "collection")
		query = nextPage(v)
		switch {
		case query == nil && !list.Exists() && strings.Contains(canon(v), "[{"):
			f.note(words + ": the answer has no list that is known")
			return nil, nil
		case query == nil:
			return out, nil
		case asked[query.Encode()], len(entries) > 0 && len(out) == before, pages == mostPages:
			stop("the server repeats a page, or asks for one in a way that is not known")
			return out, nil
		}
		asked[query.Encode()] = true
	}
}

// appendUnknown adds canonical entries, each once: collections by id, because
// without one nobody can ask what is in them, other things by all they say.
func appendUnknown(out []string, entries []gjson.Result, known map[string]bool, collections bool) []string {
	for _, o := range entries {
		entry := canon(o)
		id := entry
		if collections {
			id = collectionID(o)
		}
		if o.IsObject() && id != "" && !known[id] {
			known[id] = true
			out = append(out, entry)
		}
	}
	return out
}

// collectionID is the LUID of a collection.
func collectionID(o gjson.Result) string {
	return first(o, "luid", "id", "content.luid", "content.id").String()
}

// nextPage is what asks for the page after v in one of the forms that the family
// has elsewhere: a token, or an address, of which only the query counts. Nil is
// the end.
func nextPage(v gjson.Result) url.Values {
	for _, form := range [...]struct{ member, parameter string }{{"next_page_token", "page_token"}, {"nextPageToken", "pageToken"}} {
		if token := first(v, form.member, "pagination."+form.member); token.String() != "" {
			return url.Values{form.parameter: {token.String()}}
		}
	}
	next := first(v, "next", "hits.next")
	if next.Type != gjson.String || next.Str == "" {
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

// shortList names a few of many.
func shortList(names []string) string {
	const most = 5
	if n := len(names) - most; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n)
	}
	return strings.Join(names, ", ")
}
