package site

import (
	"encoding/json"
	"slices"

	"darkroom/sources/tableau/tableautest/element"
)

// Collection is what a collection shows.
type Collection struct {
	LUID, Name, Description, Owner string
	Items                          []CollectionItem
}

// CollectionItem is a thing in a collection; Type is "workbook", "view", "datasource"
// or another word of Tableau's.
type CollectionItem struct{ Type, LUID string }

// Shows reports whether the site has what is in a collection. What is of another kind counts as there.
func (st *Site) Shows(item CollectionItem) bool {
	switch item.Type {
	case "workbook", "datasource":
		return st.Find(item.Type, item.LUID) != nil
	case "view":
		return slices.ContainsFunc(st.Views, func(v element.Element) bool { return v.Get("id") == item.LUID })
	}
	return true
}

// collectionsIn reads those of a snapshot; nil when it has none.
func collectionsIn(rest any) []Collection {
	var kept []struct {
		LUID, Name, Description, OwnerAlias string
		Items                               []struct {
			ContentType string
			Content     struct{ LUID string }
		}
	}
	data, err := json.Marshal(rest)
	if err != nil || json.Unmarshal(data, &kept) != nil || kept == nil {
		return nil
	}
	out := []Collection{}
	for _, t := range kept {
		one := Collection{LUID: t.LUID, Name: t.Name, Description: t.Description, Owner: t.OwnerAlias}
		for _, item := range t.Items {
			one.Items = append(one.Items, CollectionItem{item.ContentType, item.Content.LUID})
		}
		out = append(out, one)
	}
	return out
}
