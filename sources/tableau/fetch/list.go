package fetch

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/api"
)

// list gathers the objects of one kind, each id once.
type list struct {
	at       map[string]int
	entries  []string // canonical
	total    int      // what the server counts; -1 while unknown
	cursor   string   // where paging goes on
	pages    int
	ended    bool
	detailed map[string]bool // ids that the second pass has seen
}

func newList() *list { return &list{at: map[string]int{}, total: -1, detailed: map[string]bool{}} }

// add keeps the richer of two entries with the same id (facts/matching.md §1.3).
// What has no id cannot be linked to and is left out.
func (l *list) add(entry string) {
	id := gjson.Get(entry, "id").String()
	if id == "" {
		return
	}
	if i, ok := l.at[id]; !ok {
		l.at[id] = len(l.entries)
		l.entries = append(l.entries, entry)
	} else if len(entry) > len(l.entries[i]) {
		l.entries[i] = entry
	}
}

// extend adds members to the entry with that id.
func (l *list) extend(id, more string) {
	if i, ok := l.at[id]; ok {
		l.entries[i] = merge(l.entries[i], more)
	}
}

// sorted are the entries by id.
func (l *list) sorted() []string {
	out := make([]string, 0, len(l.entries))
	for _, id := range slices.Sorted(maps.Keys(l.at)) {
		out = append(out, l.entries[l.at[id]])
	}
	return out
}

// page is what one answer said of a list.
type page struct {
	nodes  []string
	total  int
	cursor string
	more   bool
	nulls  int
}

// readPage reports false when there is nothing that paging could go on with.
func readPage(v gjson.Result) (page, bool) {
	info := v.Get("pageInfo")
	if !info.Get("hasNextPage").IsBool() {
		return page{}, false
	}
	p := page{total: -1, cursor: info.Get("endCursor").String(), more: info.Get("hasNextPage").Bool()}
	if n := v.Get("totalCount"); n.Type == gjson.Number {
		p.total = int(n.Int())
	}
	for _, o := range v.Get("nodes").Array() {
		if !o.IsObject() {
			p.nulls++
			continue
		}
		p.nodes = append(p.nodes, canon(o))
	}
	return p, true
}

func (st *stage) pageQuery(sel selection, known *schema) string {
	root, order := st.list+"Connection", ""
	if known.hasArgument(root, "orderBy") { // without it pages overlap (facts/tableau.md §2.3)
		order = ",orderBy:{field:NAME,direction:ASC}"
	}
	return fmt.Sprintf("query($first:Int,$after:String){list:%s(first:$first,after:$after%s){totalCount pageInfo{hasNextPage endCursor} nodes{%s}}}",
		root, order, sel.graphql(st.typ, known, ""))
}

// pages asks for a list to its end.
func (f *fetcher) pages(ctx context.Context, st *stage) error {
	l := f.lists[st.list]
	sel, err := parseSelection(st.want)
	if err != nil {
		return err
	}
	pc := pace{size: f.opt.FirstPage, most: f.opt.MaxPage}
	again := false // begun anew because the cursor was refused
	for !l.ended {
		f.progress(st.words, len(l.entries), l.total, false)
		vars := map[string]any{"first": pc.size}
		if l.cursor != "" {
			vars["after"] = l.cursor
		}
		out, err := f.ask(ctx, st.words, func() string { return st.pageQuery(sel, f.schema) }, vars)
		switch {
		case err != nil:
			return err
		case out.verdict == tooMuch && pc.shrink():
			continue
		case out.verdict == tooMuch:
			if out, err = f.salvage(ctx, st, out, vars); err != nil {
				return err
			}
		case out.verdict == refused && l.cursor != "" && !again:
			again, l.cursor = true, ""
			continue
		}
		pc.answered(out.verdict)
		if err := f.takePage(st, l, out); err != nil {
			return err
		}
	}
	if l.total > len(l.entries) {
		why := fmt.Sprintf("the server counts %d and gave %d", l.total, len(l.entries))
		f.gap(st.words + ": " + why)
		f.cutForNow(st.list, why)
	}
	f.progress(st.words, len(l.entries), l.total, true)
	return nil
}

func (l *list) count() string {
	if l.total < 0 {
		return fmt.Sprint(len(l.entries))
	}
	return fmt.Sprintf("%d of %d", len(l.entries), l.total)
}

// takePage adds a page and moves on, or ends the list with a hole. A cursor that does not move would never end;
// an empty page ends nothing (facts/tableau.md §2.5).
func (f *fetcher) takePage(st *stage, l *list, out outcome) error {
	p, ok := readPage(out.data.Get("list"))
	if !ok || out.verdict == refused {
		why := fmt.Sprintf("stopped after %s: %s", l.count(), or(out.why, "an answer without pages"))
		f.gap(st.words + ": " + why)
		f.cutForNow(st.list, why)
		l.ended = true
		return nil
	}
	if p.nulls > 0 {
		f.hole(fmt.Sprintf("%s: the server left out entries of a page", st.words))
		f.cutOff(st.list, "the server left out entries of a page")
	}
	stuck := p.more && (p.cursor == "" || p.cursor == l.cursor || l.pages > 10_000+3*p.total)
	if stuck {
		why := fmt.Sprintf("the server repeats a page after %d", len(l.entries)+len(p.nodes))
		f.hole(st.words + ": " + why)
		f.cutOff(st.list, why)
	}
	if out.verdict == whole {
		f.doubted(st.list, out.data.Get("list.nodes"), out.doubts)
	}
	r := record{List: st.list, Nodes: raw(p.nodes), Total: p.total, Cursor: p.cursor, End: stuck || !p.more}
	f.apply(r)
	return f.scratch.add(r)
}

// salvage is for a single object that is too much: what came of it is kept, else
// at least its name, and either is told.
func (f *fetcher) salvage(ctx context.Context, st *stage, out outcome, vars map[string]any) (outcome, error) {
	if p, ok := readPage(out.data.Get("list")); ok && len(p.nodes) > 0 {
		l := f.lists[st.list]
		for _, node := range p.nodes { // two, where pages overlap; the first of them came before
			if len(l.entry(gjson.Get(node, "id").String())) < len(node) {
				f.incomplete(st, node, out.why)
			}
		}
		return out, nil
	}
	if unreachable(out.lost) {
		return out, out.lost
	}
	sel, _ := parseSelection("id luid name path documentViewId") // always well-formed; a hidden view is known by the last
	bare, err := f.ask(ctx, st.words, func() string { return st.pageQuery(sel, f.schema) }, vars)
	if err != nil {
		return out, err
	}
	p, ok := readPage(bare.data.Get("list"))
	if !ok || bare.verdict != whole {
		out.verdict = refused
		return out, nil
	}
	for _, node := range p.nodes {
		f.incomplete(st, node, out.why)
	}
	return bare, nil
}

// unreachable tells a server that is gone from one that struggles.
func unreachable(err error) bool {
	var e *api.Error
	return asError(err, &e) && e.Status == 0 && !isTimeout(err)
}

// incomplete marks an object.
func (f *fetcher) incomplete(st *stage, entry, why string) {
	o := gjson.Parse(entry)
	id := o.Get("id").String()
	f.hole(fmt.Sprintf("%s: %s (%s) is incomplete: %s", st.words, model.QuotedName(o.Get("name").String()), id, why))
	f.cutOff(st.list, why, id)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
