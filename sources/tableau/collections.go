package tableau

import (
	"strings"
	"unicode"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// restCollection is a collection whose content is known by LUID so far.
type restCollection struct {
	model.Collection
	items []collected
}

// collected is one thing in a collection; it is of one of the kinds.
type collected struct {
	luid  string // in lower case
	kinds []kind
}

// restCollections reads what no page documents, in each likely shape; what is
// there and cannot be read is left out (facts/tableau.md §3). An empty list is
// kept apart from none: the site has no collections, or the file does not tell.
func (b *builder) restCollections(rest gjson.Result) error {
	if rest.Get("collections").Type == gjson.Null { // absent, too
		return nil
	}
	b.rest.collections = []restCollection{}
	return b.restList(rest, "collections", "collection", func(o gjson.Result) error {
		c := restCollection{Collection: model.Collection{
			LUID:        b.either(o, "luid", "id", "content.luid", "content.id"),
			Name:        b.either(o, "name", "title", "content.name", "content.title"),
			Description: b.either(o, "description", "content.description"),
			Owner: model.User{
				LUID:     b.either(o, "owner.luid", "owner.id", "ownerLuid", "ownerId"),
				Name:     b.either(o, "owner.name", "ownerAlias", "ownerName", "content.ownerName"),
				Username: b.either(o, "owner.username"),
				Email:    b.either(o, "owner.email", "ownerEmail", "content.ownerEmail"),
			},
		}}
		if items := o.Get("items"); items.IsArray() {
			items.ForEach(func(_, item gjson.Result) bool {
				luid := b.either(item, "content.luid", "content.id", "luid", "id")
				kinds := contentKinds(b.either(item, "contentType", "type", "content.contentType", "content.type"))
				if luid != "" && kinds != nil {
					c.items = append(c.items, collected{strings.ToLower(luid), kinds})
				}
				return true
			})
		}
		if c.LUID+c.Name != "" {
			b.rest.collections = append(b.rest.collections, c)
		}
		return nil
	})
}

// either is the first of the members that says something.
func (b *builder) either(o gjson.Result, paths ...string) string {
	for _, path := range paths {
		if s := text(o.Get(path)); s != "" {
			return b.keep(s)
		}
	}
	return ""
}

// contentKinds are what REST's word for a kind of content can mean here: any of
// them when it does not say, none for what is not part of lineage.
func contentKinds(word string) []kind {
	word = strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	switch strings.TrimSuffix(word, "s") {
	case "":
		return []kind{workbook, dashboard, datasource}
	case "workbook":
		return []kind{workbook}
	case "view", "dashboard", "story":
		return []kind{dashboard}
	case "datasource", "publisheddatasource":
		return []kind{datasource}
	}
	return nil
}

// collections keeps of the content what the site has: an item can be hidden, a
// worksheet, or deleted since.
func (t *translator) collections() []model.Collection {
	if t.b.rest.collections == nil {
		return nil
	}
	out := make([]model.Collection, len(t.b.rest.collections))
	for i := range t.b.rest.collections {
		c := &t.b.rest.collections[i]
		var in [kindCount]links
		for _, item := range c.items {
			for _, k := range item.kinds {
				at, ok := t.b.index[k].byLUID[item.luid]
				if ok && t.b.index[k].heads[at].told {
					in[k].add(at)
				}
			}
		}
		c.WorkbookIDs = t.ids(workbook, in[workbook])
		c.DashboardIDs = t.ids(dashboard, in[dashboard])
		c.DatasourceIDs = t.ids(datasource, in[datasource])
		out[i] = c.Collection
	}
	return out
}
