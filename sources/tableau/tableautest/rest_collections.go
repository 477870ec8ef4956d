package tableautest

import (
	"net/http"
	"sort"
	"strconv"
	"strings"

	"darkroom/sources/tableau/tableautest/element"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// hasCollections: only newer Clouds list them (sources/tableau/API.md#collections).
func (c *call) hasCollections() bool { return !sitedata.Before(c.opt.RESTVersion, "3.28") }

// collections are those of the options, otherwise the site's own.
func (c *call) collections() []Collection {
	if c.opt.Collections != nil {
		return c.opt.Collections
	}
	return c.site.Collections
}

func (c *call) collectionList() reply {
	if !c.hasCollections() {
		return c.fail("404003")
	}
	entries := []any{}
	for _, one := range c.collections() {
		entries = append(entries, describe(one, c.sw.Collections))
	}
	return c.collectionPage("collections", entries)
}

func describe(one Collection, shape CollectionShape) map[string]any {
	switch shape {
	case NamedCollections:
		return map[string]any{"id": one.LUID, "name": one.Name, "description": one.Description, "owner": map[string]string{"name": one.Owner}}
	case CollectionHits:
		return map[string]any{"uri": "collections/" + one.LUID, "content": map[string]string{
			"type": "collection", "luid": one.LUID, "title": one.Name, "description": one.Description, "ownerName": one.Owner,
		}}
	}
	return map[string]any{"luid": one.LUID, "name": one.Name, "description": one.Description, "ownerAlias": one.Owner}
}

func describeItem(item CollectionItem, shape CollectionShape) map[string]any {
	switch shape {
	case NamedCollections:
		return map[string]any{"type": item.Type, "id": item.LUID}
	case CollectionHits:
		return map[string]any{"content": map[string]string{"type": item.Type, "luid": item.LUID}}
	}
	return map[string]any{"contentType": item.Type, "content": map[string]string{"luid": item.LUID}}
}

// collectionPage writes the entries that the switches and the caller ask for.
func (c *call) collectionPage(name string, entries []any) reply {
	query, shape := c.req.URL.Query(), c.sw.Collections
	page, _ := strconv.Atoi(query.Get([...]string{"page_token", "pageToken", "page"}[shape]))
	page = max(0, min(page, len(entries)))
	size := c.sw.CollectionPage
	if size <= 0 {
		size = len(entries)
	}
	from := min(page*size, len(entries))
	to := min(from+size, len(entries))
	next := ""
	if to < len(entries) {
		if !c.sw.StuckCursor {
			page++
		}
		next = strconv.Itoa(page)
	}
	switch shape {
	case NamedCollections:
		return plainJSON(http.StatusOK, map[string]any{name: entries[from:to], "nextPageToken": next})
	case CollectionHits:
		if next != "" {
			next = c.req.URL.Path + "?page=" + next
		}
		return plainJSON(http.StatusOK, map[string]any{"hits": map[string]any{"items": entries[from:to], "next": next}})
	}
	return plainJSON(http.StatusOK, map[string]any{"items": entries[from:to], "next_page_token": next})
}

func (c *call) collectionByID() (Collection, bool) {
	for _, one := range c.collections() {
		if one.LUID == c.req.PathValue("id") && c.hasCollections() {
			return one, true
		}
	}
	return Collection{}, false
}

func (c *call) collection() reply {
	one, ok := c.collectionByID()
	if !ok {
		return c.fail("404003")
	}
	return plainJSON(http.StatusOK, describe(one, c.sw.Collections))
}

// collectionItems shows what the caller's site has of it.
func (c *call) collectionItems() reply {
	one, ok := c.collectionByID()
	if !ok {
		return c.fail("404003")
	}
	entries := []any{}
	for _, item := range one.Items {
		if c.site.Shows(item) {
			entries = append(entries, describeItem(item, c.sw.Collections))
		}
	}
	return c.collectionPage("items", entries)
}

type hit struct {
	uri, kind, luid, title, owner, project string
	total                                  int
}

// search is Content Exploration: filter=type:eq:…, terms, limit, page, order_by.
func (c *call) search() reply {
	query := c.req.URL.Query()
	wanted := ""
	for _, condition := range element.Split(query.Get("filter")) {
		if kind, ok := strings.CutPrefix(condition, "type:eq:"); ok {
			wanted = kind
		}
	}
	terms := strings.ToLower(query.Get("terms"))
	var found []hit
	for _, h := range c.hits() {
		if (wanted == "" || h.kind == wanted) && strings.Contains(strings.ToLower(h.title), terms) {
			found = append(found, h)
		}
	}
	if strings.HasPrefix(query.Get("order_by"), "hits") {
		sort.SliceStable(found, func(i, j int) bool { return found[i].total > found[j].total })
	}
	found = found[:min(len(found), 10_000)]
	limit := min(atLeastOne(query.Get("limit"), 10), 2000)
	page, _ := strconv.Atoi(query.Get("page"))
	from := min(len(found), max(0, min(page, len(found)))*limit)
	to := min(len(found), from+limit)
	return plainJSON(http.StatusOK, map[string]any{"hits": c.hitsPage(found, from, to, limit)})
}

func (c *call) hits() []hit {
	var all []hit
	for _, one := range c.collections() {
		all = append(all, hit{uri: "collections/" + one.LUID, kind: "collection", luid: one.LUID, title: one.Name, owner: one.Owner})
	}
	for _, w := range c.site.Workbooks {
		all = append(all, hit{
			uri: "workbooks/" + w.Get("id"), kind: "workbook", luid: w.Get("id"), title: w.Get("name"),
			owner: w.Get("owner.name"), project: w.Get("project.name"),
		})
	}
	for _, v := range c.site.Views {
		usage := c.site.ViewUsage[v.Get("id")]
		total, _ := strconv.Atoi(usage.Get("totalViewCount"))
		all = append(all, hit{uri: "views/" + v.Get("id"), kind: "view", luid: v.Get("id"), title: v.Get("name"), total: total})
	}
	return all
}

func (c *call) hitsPage(found []hit, from, to, limit int) map[string]any {
	items := []any{}
	for _, h := range found[from:to] {
		items = append(items, map[string]any{"uri": h.uri, "content": map[string]any{
			"type": h.kind, "luid": h.luid, "title": h.title, "ownerName": h.owner, "projectName": h.project, "hitsTotal": h.total,
		}})
	}
	page := map[string]any{
		"pageIndex": from / limit, "startIndex": from, "total": len(found), "limit": limit, "items": items,
	}
	if to < len(found) {
		page["next"] = c.req.URL.Path + "?page=" + strconv.Itoa(from/limit+1)
	}
	return page
}
