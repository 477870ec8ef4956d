package lists

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/session"
)

// Collections are Tableau Cloud's since REST 3.28. What is in them is asked one
// by one and kept beside what the list says, under "items". Their shape is not
// documented, so it is read in any likely form and kept as it is
// (sources/tableau/API.md#collections).
func Collections(ctx context.Context, s *session.Session, v api.Version) error {
	if !v.AtLeast(3, 28) {
		return nil
	}
	const words = "collections"
	list, err := resources(ctx, s, words, "collections", "collection")
	switch {
	case err != nil:
		return s.RestTrouble(ctx, "collections", words, err)
	case list == nil:
		return nil
	}
	s.Progress(words, 0, len(list), len(list) == 0)
	var mu sync.Mutex
	kept := []string{}              // not nil: asked for, and perhaps there are none
	withheld := map[bool][]string{} // names, by whether the last snapshot had it
	err = session.Each(ctx, s, list, func(ctx context.Context, entry string) error {
		o := gjson.Parse(entry)
		id := CollectionID(o)
		name := fmt.Sprintf("%q", cmp.Or(first(o, "name", "title", "content.title").String(), id))
		path := "collections/" + url.PathEscape(id) + "/items"
		items, err := resources(ctx, s, "collection "+name, path, "item")
		hidden := ask.Forbidden(err)
		switch {
		case items != nil:
			entry = canonical.Merge(`{"items":[`+strings.Join(items, ",")+`]}`, entry) // what was asked for wins
		case err != nil && !hidden:
			if err := s.RestTrouble(ctx, path, words, err); err != nil {
				return err
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if hidden {
			had := s.Found.HadEarlier(path)
			withheld[had] = append(withheld[had], name)
		}
		kept = append(kept, entry)
		s.Progress(words, len(kept), len(list), len(kept) == len(list))
		return nil
	})
	if err != nil {
		return err
	}
	for had, names := range withheld {
		slices.Sort(names)
		sentence := fmt.Sprintf("%s: not for this account: what is in %s", words, gathered.FirstFew(names))
		if had {
			s.Found.GapForNow(sentence)
		} else {
			s.Found.Note(sentence)
		}
	}
	s.Found.SetCollections(kept)
	return nil
}

// resources asks for a list of the newer family to its end: canonical entries,
// each once, or nil when the answer cannot be read as a list. An error is that of
// the first page, or ends the fetch; what goes wrong otherwise is a gap, since there is
// more.
func resources(ctx context.Context, s *session.Session, words, path, inner string) ([]string, error) {
	const mostPages = 1000
	var query url.Values
	g := resourceList{entries: []string{}, known: map[string]bool{}}
	asked := map[string]bool{"": true}
	for pages := 1; ; pages++ {
		v, err := s.Client.Resource(ctx, path, query)
		stop := func(why string) {
			s.Found.GapForNow(fmt.Sprintf("%s: stopped after %d: %s", words, len(g.entries), why))
		}
		switch {
		case err != nil && (pages == 1 || ctx.Err() != nil || ask.Hopeless(err)):
			return nil, err
		case err != nil:
			stop(err.Error())
			return g.entries, nil
		}
		more := g.add(v, inner)
		query = nextPage(v)
		switch {
		case query == nil && len(g.entries) == 0 && g.unread:
			s.Found.Withheld(path, words+": the answer has no known list")
			return nil, nil
		case query == nil:
			g.reportMissing(s, words)
			return g.entries, nil
		case asked[query.Encode()], !more, pages == mostPages:
			stop("the server repeats a page, or asks for one in an unknown way")
			return g.entries, nil
		}
		asked[query.Encode()] = true
	}
}

// resourceList is a list of the newer family, as far as it came.
type resourceList struct {
	entries []string
	known   map[string]bool
	total   int  // what the server counts, if it does
	unread  bool // something in it has no id or no form that is known
}

// add takes a page in: canonical entries, each once, collections by id, other things
// by all they say. It reports false for one that brings nothing new.
func (g *resourceList) add(v gjson.Result, inner string) bool {
	list := first(v, "items", "collections", "contents", "hits.items")
	entries, err := api.OneOrMany(list, inner)
	if !list.Exists() {
		list = v
	}
	g.unread = g.unread || err != nil || len(entries) == 0 && strings.Contains(canonical.JSON(list), "[{")
	g.total = max(g.total, int(first(v, "pagination.totalAvailable", "total", "totalCount", "hits.total").Int()))
	before := len(g.entries)
	for _, o := range entries {
		entry := canonical.JSON(o)
		id := CollectionID(o)
		if id == "" { // without one its items cannot be asked for
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

// reportMissing says what is missing from a list that came to its end.
func (g *resourceList) reportMissing(s *session.Session, words string) {
	switch {
	case g.unread:
		s.Found.GapForNow(fmt.Sprintf("%s: %d are here, and some that could not be read are left out", words, len(g.entries)))
	case g.total > len(g.entries):
		s.Found.GapForNow(fmt.Sprintf("%s: the server counts %d and gave %d", words, g.total, len(g.entries)))
	}
}

// CollectionID is the LUID of a collection, or of what is in one.
func CollectionID(o gjson.Result) string {
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
