package curate

import (
	"cmp"
	"slices"
	"time"

	"darkroom/model"
)

// Census is what is loaded now.
type Census struct {
	Places map[string]Place // every dashboard in scope, by key
	// Hidden are the dashboards that exist and are out of scope: neither new nor
	// gone.
	Hidden map[string]bool
	// Complete says, for each loaded site, whether all of it was loaded.
	Complete map[string]bool
}

// ItemKind is what happened to a dashboard since the last review.
type ItemKind uint8

// The kinds, in the order they are shown.
const (
	Appeared ItemKind = iota
	Renamed
	Moved // to another project or workbook, under the same title
	Gone
)

var itemKindWords = [...]string{"new", "renamed", "moved", "gone"}

// String is "new", "renamed", "moved" or "gone".
func (k ItemKind) String() string {
	if int(k) < len(itemKindWords) {
		return itemKindWords[k]
	}
	return "changed"
}

// Item is one dashboard of the inbox. Before is zero for a new dashboard, After for
// one that is gone. A name that is missing now is in After as it was before.
type Item struct {
	Kind          ItemKind
	Key           string
	Before, After Place
	First         time.Time // the day it was first seen; zero for a new one
}

// Place is where it is now or, when it is gone, where it was.
func (i Item) Place() Place {
	if i.Kind == Gone {
		return i.Before
	}
	return i.After
}

// Inbox compares what is loaded with what was there at the last review
// (model/exposure/CONTRACT.md#changes-over-time): by kind, and then in order of
// site, project, workbook and title. A dashboard of a site that is partial or not
// loaded is never gone, and one of a site without a baseline is never new.
func (b *Book) Inbox(c Census) []Item {
	var items []Item
	for key := range c.Places {
		if item, ok := b.inboxItem(key, c); ok {
			items = append(items, item)
		}
	}
	for key := range b.memory.Seen {
		if item, ok := b.inboxItem(key, c); ok && item.Kind == Gone {
			items = append(items, item)
		}
	}
	slices.SortFunc(items, func(x, y Item) int {
		p, q := x.Place(), y.Place()
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(p.Site, q.Site), cmp.Compare(p.Project, q.Project),
			cmp.Compare(p.Workbook, q.Workbook), cmp.Compare(p.Title, q.Title), cmp.Compare(x.Key, y.Key))
	})
	return items
}

// inboxItem is what happened to one dashboard, if anything did.
func (b *Book) inboxItem(key string, c Census) (Item, bool) {
	seen, known := b.memory.Seen[key]
	now, here := c.Places[key]
	if here && known {
		now = now.or(seen.Place)
	}
	item := Item{Key: key, Before: seen.Place, After: now, First: seen.First}
	switch {
	case !here && !known, c.Hidden[key] && !here:
		return item, false
	case !here:
		item.Kind = Gone
		return item, c.Complete[seen.Site]
	case !known:
		item.Kind = Appeared
		_, baseline := b.memory.Sites[now.Site]
		return item, baseline
	case differ(seen.Title, now.Title):
		item.Kind = Renamed
		return item, true
	}
	item.Kind = Moved
	return item, differ(seen.Project, now.Project) || differ(seen.Workbook, now.Workbook)
}

// differ compares a name with that of the last review: one that was missing then is
// not a different one now. Nor is one that is missing now, see [Place.or].
func differ(seen, now string) bool { return seen != now && model.KnownName(seen) }
