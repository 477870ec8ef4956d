// Package completeness says what is incomplete and how that spreads: sentences for
// the whole site (Gaps), the reason for each list and object (Reasons), and which
// other objects lack something because of them (Spread).
package completeness

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Gaps gathers the reasons for model.Site.Partial.
type Gaps struct {
	complaints []string
	times      map[string]int
	lists      map[string]*ListCount
	endedEarly int // nested lists
	ambiguous  int // entries of "views" that could be either kind
}

// ListCount compares what a root connection promised with what was there, over all
// its pages.
type ListCount struct {
	seen        map[objects.Ref]struct{}
	total       int
	more, ended bool // some page had a next one; some page was the last
}

// Page is what a Relay connection says of its length.
type Page struct {
	Nodes gjson.Result
	total int // 0 when it was not asked for
	count int
	next  gjson.Result // pageInfo.hasNextPage
}

// ReadPage reads a connection.
func ReadPage(v gjson.Result) Page {
	p := Page{Nodes: v.Get("nodes"), total: int(v.Get("totalCount").Int()), next: v.Get("pageInfo.hasNextPage")}
	if p.Nodes.IsArray() && p.total > 0 {
		p.Nodes.ForEach(func(_, _ gjson.Result) bool { p.count++; return true })
	}
	return p
}

// OnlyCounts reports a connection that was asked for its length and not for its
// objects: it says nothing of what is missing.
func OnlyCounts(v gjson.Result) bool { return v.IsObject() && !v.Get("nodes").Exists() }

// EndsEarly reports that the server has more than is here.
func (p Page) EndsEarly() bool { return document.Truth(p.next) || p.total > p.count }

const maxComplaints = 20

// Complain adds a sentence; the same one again is counted.
func (g *Gaps) Complain(sentence string) {
	if g.times == nil {
		g.times = map[string]int{}
	}
	if g.times[sentence]++; g.times[sentence] == 1 {
		g.complaints = append(g.complaints, sentence)
	}
}

// AmbiguousView counts an entry of "views" that is left out.
func (g *Gaps) AmbiguousView() { g.ambiguous++ }

// NestedListEndsEarly counts a list inside an object.
func (g *Gaps) NestedListEndsEarly() { g.endedEarly++ }

// List counts a page of a root list; what is in it is for ListCount.Seen.
func (g *Gaps) List(name string, p Page) *ListCount {
	if g.lists == nil {
		g.lists = map[string]*ListCount{}
	}
	c := g.lists[name]
	if c == nil {
		c = &ListCount{seen: map[objects.Ref]struct{}{}}
		g.lists[name] = c
	}
	more := document.Truth(p.next)
	c.total = max(c.total, p.total)
	c.more = c.more || more
	c.ended = c.ended || p.next.Exists() && !more
	return c
}

func (c *ListCount) Seen(r objects.Ref) { c.seen[r] = struct{}{} }

// Moved lets objects that turned out to be one count once.
func (g *Gaps) Moved(to func(objects.Ref) objects.Ref) {
	for _, c := range g.lists {
		seen := map[objects.Ref]struct{}{}
		for r := range c.seen {
			seen[to(r)] = struct{}{}
		}
		c.seen = seen
	}
}

// missing says why the list is incomplete, "" if it is complete.
func (c *ListCount) missing() string {
	switch {
	case c.total > len(c.seen):
		return fmt.Sprintf("%d of %d are here", len(c.seen), c.total)
	case c.total == 0 && c.more && !c.ended:
		return fmt.Sprintf("the last page is missing after %d", len(c.seen))
	}
	return ""
}

// IncompleteLists are the root lists that end early, and why.
func (g *Gaps) IncompleteLists() map[string]string {
	out := map[string]string{}
	for name, c := range g.lists {
		if why := c.missing(); why != "" {
			out[name] = why
		}
	}
	return out
}

// Sentences are the reasons for model.Site.Partial, in a stable order.
func (g *Gaps) Sentences() []string {
	var out []string
	for i, s := range g.complaints {
		if i == maxComplaints {
			out = append(out, fmt.Sprintf("and %d further messages", len(g.complaints)-i))
			break
		}
		if n := g.times[s]; n > 1 {
			s = fmt.Sprintf("%s (%d times)", s, n)
		}
		out = append(out, s)
	}
	incomplete := g.IncompleteLists()
	for _, name := range slices.Sorted(maps.Keys(incomplete)) {
		out = append(out, name+": "+incomplete[name]+"; save the other pages into the same folder")
	}
	if g.endedEarly > 0 {
		out = append(out, fmt.Sprintf("nested lists that end before their last page: %d; ask for them as root lists", g.endedEarly))
	}
	if g.ambiguous > 0 {
		out = append(out, fmt.Sprintf("entries of \"views\" left out: %d; ask for __typename, or for dashboards and sheets", g.ambiguous))
	}
	return out
}

// KnownByIDOnly says how many objects are linked to but not described, and fix what
// helps against it.
func KnownByIDOnly(all *objects.Objects, fix string) (sentences []string) {
	for k := schema.Workbook; k <= schema.Flow; k++ {
		n := 0
		for at, h := range all.Heads(k) {
			if linkedOnly(all, k, at, h) {
				n++
			}
		}
		if n > 0 && k != schema.Database && k != schema.VirtualConnection {
			sentences = append(sentences, fmt.Sprintf("%ss known by id only: %d; %s", k, n, fix))
		}
	}
	return sentences
}

func linkedOnly(all *objects.Objects, k schema.Kind, at int32, h *objects.Head) bool {
	return !h.Described || k == schema.Table && all.Tables.At(at).NamesNotAsked()
}
