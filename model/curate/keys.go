package curate

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"darkroom/model"
)

// Keys gives dashboards the keys under which their decisions are kept. Most have that of
// model.Site.Key; the book says which one a dashboard had before
// (model/exposure/CONTRACT.md#identity).
type Keys struct{ of map[*model.Dashboard]string }

// NewKeys looks at all sites that are loaded together. A restored server has the LUIDs of
// the one it was restored from: then the site that the book has under the LUID, otherwise the first
// one, keeps it, and the others put their own name before it. A dashboard that was hidden
// in its workbook, or is hidden since, keeps the key it had.
func NewKeys(sites []*model.Site, b *Book) *Keys {
	n := 0
	for _, s := range sites {
		n += len(s.Dashboards)
	}
	k := &Keys{of: make(map[*model.Dashboard]string, n)}
	x := newKeying(sites, b)
	for _, s := range sites {
		for i := range s.Dashboards {
			d := &s.Dashboards[i]
			k.of[d] = x.key(s, d)
		}
	}
	if len(x.gone) > 0 {
		x.keepKeys(sites, k)
	}
	return k
}

// keepKeys gives dashboards the keys that they had before they were hidden or shown.
func (x *keying) keepKeys(sites []*model.Site, k *Keys) {
	x.present = make(map[string]bool, len(k.of))
	for _, key := range k.of {
		x.present[key] = true
	}
	for _, s := range sites {
		index := sync.OnceValue(func() *model.SiteIndex { return model.NewSiteIndex(s) })
		for i := range s.Dashboards {
			d := &s.Dashboards[i]
			if before, ok := x.before(s, index, d, k.of[d]); ok {
				k.of[d] = before
			}
		}
	}
}

// Of is the key of a dashboard of a site.
func (k *Keys) Of(s *model.Site, d *model.Dashboard) string {
	if key, ok := k.of[d]; ok {
		return key
	}
	return s.Key(d)
}

// keying is what the choice of keys depends on.
type keying struct {
	book    *Book
	owner   map[string]string // the site of a LUID that several sites have
	present map[string]bool   // the keys that dashboards have now
	// gone are the keys that the book has seen, by where the dashboard was; "" for two.
	gone map[Place]string
}

func newKeying(sites []*model.Site, b *Book) *keying {
	if b == nil {
		b = New(nil)
	}
	x := &keying{book: b, owner: sharedIn(sites), gone: map[Place]string{}}
	for luid := range x.owner {
		known := x.siteOf(luid)
		if slices.ContainsFunc(sites, func(s *model.Site) bool { return text(s.ID()) == known && hasLUID(s, luid) }) {
			x.owner[luid] = known
		}
	}
	for _, key := range slices.Sorted(maps.Keys(b.memory.Seen)) {
		place := b.memory.Seen[key].Place
		if _, twice := x.gone[place]; twice {
			key = ""
		}
		x.gone[place] = key
	}
	return x
}

// sharedIn gives the first site of each LUID that several sites have.
func sharedIn(sites []*model.Site) map[string]string {
	first, shared := map[string]string{}, map[string]string{}
	if len(sites) < 2 {
		return shared
	}
	for _, s := range sites {
		id := s.ID()
		for i := range s.Dashboards {
			luid := strings.ToLower(s.Dashboards[i].LUID)
			if luid == "" {
				continue
			}
			switch site, known := first[luid]; {
			case !known:
				first[luid] = id
			case site != id && shared[luid] == "":
				shared[luid] = site
			}
		}
	}
	return shared
}

func hasLUID(s *model.Site, luid string) bool {
	return slices.ContainsFunc(s.Dashboards, func(d model.Dashboard) bool { return strings.ToLower(d.LUID) == luid })
}

// siteOf is the site that the book has under a key, "" when it does not have the key.
func (x *keying) siteOf(key string) string {
	if r := x.book.records[key]; r.Site != "" {
		return r.Site
	}
	return x.book.memory.Seen[key].Site
}

// isBlank reports a book without any dashboard.
func (b *Book) isBlank() bool { return len(b.records) == 0 && len(b.memory.Seen) == 0 }

func (x *keying) knows(key string) bool {
	_, decided := x.book.records[key]
	_, seen := x.book.memory.Seen[key]
	return decided || seen
}

// key is that of a dashboard by what identifies it.
func (x *keying) key(s *model.Site, d *model.Dashboard) string {
	key := s.Key(d)
	if len(x.owner) == 0 && x.book.isBlank() {
		return key
	}
	id := s.ID()
	if d.LUID != "" {
		owner, shared := x.owner[key]
		switch {
		case shared && owner != text(id) && owner != id:
			return id + "/" + key
		case !shared && x.siteOf(key) != text(id) && x.knows(id+"/"+key):
			return id + "/" + key // the other site is not loaded
		}
	}
	if x.knows(key) {
		return key
	}
	if other := id + "/" + d.DocumentViewID; d.LUID != "" && d.DocumentViewID != "" && x.knows(other) {
		return other
	}
	if other := id + "/" + d.ID; x.knows(other) {
		return other
	}
	return key
}

// before is the key of the dashboard that was where this one is, if that one is there no
// longer and only one of the two is hidden in its workbook.
func (x *keying) before(s *model.Site, index func() *model.SiteIndex, d *model.Dashboard, key string) (string, bool) {
	if x.knows(key) || d.WorkbookLevel || !model.KnownName(d.Name) {
		return "", false
	}
	w := index().Workbook[d.WorkbookID]
	if w == nil {
		return "", false
	}
	place := placeIn(s, d, w, index().ContainerPath(w.ContainerLUID, w.ContainerName))
	before := x.gone[place]
	wasHidden := strings.HasPrefix(before, s.ID()+"/") && !strings.HasSuffix(before, "/"+strings.ToLower(d.LUID))
	return before, before != "" && !x.present[before] && wasHidden == (d.LUID != "")
}
