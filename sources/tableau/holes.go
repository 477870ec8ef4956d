package tableau

import (
	"fmt"
	"slices"
)

// holes gathers everything that makes the data known to be incomplete.
type holes struct {
	complaints []string
	times      map[string]int
	lists      map[string]*cutList
	cutLists   int // nested connections that end early
	views      int // entries of "views" that could be either kind
}

// cutList compares what a root connection promised with what was there, over all
// its pages.
type cutList struct {
	seen        map[ref]struct{}
	total       int
	more, ended bool // some page had a next one; some page was the last
}

const maxComplaints = 20

func (h *holes) complain(s string) {
	if h.times == nil {
		h.times = map[string]int{}
	}
	if h.times[s]++; h.times[s] == 1 {
		h.complaints = append(h.complaints, s)
	}
}

func (h *holes) list(name string, p page) *cutList {
	if h.lists == nil {
		h.lists = map[string]*cutList{}
	}
	c := h.lists[name]
	if c == nil {
		c = &cutList{seen: map[ref]struct{}{}}
		h.lists[name] = c
	}
	c.total = max(c.total, p.total)
	c.more = c.more || p.more
	c.ended = c.ended || p.told && !p.more
	return c
}

// says why the list is not whole, "" if it is.
func (c *cutList) says() string {
	switch {
	case c.total > len(c.seen):
		return fmt.Sprintf("%d of %d are here", len(c.seen), c.total)
	case c.total == 0 && c.more && !c.ended:
		return fmt.Sprintf("the last page is missing after %d", len(c.seen))
	}
	return ""
}

// sentences are the reasons for model.Site.Partial, in a stable order.
func (h *holes) sentences() []string {
	var out []string
	for i, s := range h.complaints {
		if i == maxComplaints {
			out = append(out, fmt.Sprintf("and %d further messages", len(h.complaints)-i))
			break
		}
		if n := h.times[s]; n > 1 {
			s = fmt.Sprintf("%s (%d times)", s, n)
		}
		out = append(out, s)
	}
	names := make([]string, 0, len(h.lists))
	for name := range h.lists {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if why := h.lists[name].says(); why != "" {
			out = append(out, name+": "+why+"; save the other pages into the same folder")
		}
	}
	if h.cutLists > 0 {
		out = append(out, fmt.Sprintf("nested lists that end before their last page: %d; ask for them as root lists", h.cutLists))
	}
	if h.views > 0 {
		out = append(out, fmt.Sprintf("entries of \"views\" left out: %d; ask for __typename, or for dashboards and sheets", h.views))
	}
	return out
}
