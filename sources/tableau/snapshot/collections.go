package snapshot

import (
	"strings"
	"unicode"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/document"
)

// Collection is a collection whose content is known by LUID so far.
type Collection struct {
	model.Collection
	Items []Item
}

// Item is one thing in a collection, by what REST calls it; it is of one of the kinds
// for which a field is set.
type Item struct {
	LUID                            string // in lower case
	Workbook, Dashboard, Datasource bool
}

// readCollections reads what no page documents, in each likely shape; what is
// there and cannot be read is left out (sources/tableau/API.md#collections). An empty list
// is kept apart from none: the site has no collections, or the file does not say.
func (r *reader) readCollections(list gjson.Result) error {
	if list.Type == gjson.Null { // absent, too
		return nil
	}
	r.Rest.Collections = []Collection{}
	return r.in.Entries(list, "collections", "collection", func(o gjson.Result) error {
		c := Collection{Collection: model.Collection{
			LUID:        r.either(o, "luid", "id", "content.luid", "content.id"),
			Name:        r.either(o, "name", "title", "content.name", "content.title"),
			Description: r.either(o, "description", "content.description"),
			Owner: model.User{
				LUID:     r.either(o, "owner.luid", "owner.id", "ownerLuid", "ownerId"),
				Name:     r.either(o, "owner.name", "ownerAlias", "ownerName", "content.ownerName"),
				Username: r.either(o, "owner.username"),
				Email:    r.either(o, "owner.email", "ownerEmail", "content.ownerEmail"),
			},
		}}
		if items := o.Get("items"); items.IsArray() {
			items.ForEach(func(_, item gjson.Result) bool {
				luid := r.either(item, "content.luid", "content.id", "luid", "id")
				i, ok := itemOf(r.either(item, "contentType", "type", "content.contentType", "content.type"))
				if i.LUID = strings.ToLower(luid); ok && luid != "" {
					c.Items = append(c.Items, i)
				}
				return true
			})
		}
		if c.LUID+c.Name != "" {
			r.Rest.Collections = append(r.Rest.Collections, c)
		}
		return nil
	})
}

// either is the first of the members that says something.
func (r *reader) either(o gjson.Result, paths ...string) string {
	for _, path := range paths {
		if s := document.Text(o.Get(path)); s != "" {
			return r.in.Keep(s)
		}
	}
	return ""
}

// itemOf is an item of a kind in REST's word: of any kind when there is no word. It
// reports false for what is not part of lineage.
func itemOf(word string) (Item, bool) {
	word = strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	switch strings.TrimSuffix(word, "s") {
	case "":
		return Item{Workbook: true, Dashboard: true, Datasource: true}, true
	case "workbook":
		return Item{Workbook: true}, true
	case "view", "dashboard", "story":
		return Item{Dashboard: true}, true
	case "datasource", "publisheddatasource":
		return Item{Datasource: true}, true
	}
	return Item{}, false
}
