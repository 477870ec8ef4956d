package tableautest

import (
	"net/http"
	"sort"
	"strconv"
	"strings"
)

// hasCollections: only newer Clouds list them (facts/tableau.md §3).
func (c *call) hasCollections() bool { return !before(c.opt.RESTVersion, "3.28") }

func (c *call) collectionList() reply {
	if !c.hasCollections() {
		return c.fail("404003")
	}
	items := []any{}
	for _, one := range c.opt.Collections {
		items = append(items, one.json())
	}
	return plainJSON(http.StatusOK, map[string]any{"items": items})
}

func (one Collection) json() map[string]string {
	return map[string]string{"luid": one.LUID, "name": one.Name, "description": one.Description, "ownerAlias": one.Owner}
}

func (c *call) collectionByID() (Collection, bool) {
	for _, one := range c.opt.Collections {
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
	return plainJSON(http.StatusOK, one.json())
}

// collectionItems shows what the caller's site has of it.
func (c *call) collectionItems() reply {
	one, ok := c.collectionByID()
	if !ok {
		return c.fail("404003")
	}
	items := []any{}
	for _, luid := range one.Workbooks {
		if c.site.workbook[luid] != nil {
			items = append(items, map[string]any{"contentType": "workbook", "content": map[string]string{"luid": luid}})
		}
	}
	return plainJSON(http.StatusOK, map[string]any{"items": items})
}

type hit struct {
	uri, kind, luid, title, owner, project string
	total                                  int
}

// search is Content Exploration: filter=type:eq:…, terms, limit, page, order_by.
func (c *call) search() reply {
	query := c.req.URL.Query()
	wanted := ""
	for _, condition := range splitOutside(query.Get("filter")) {
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
	for _, one := range c.opt.Collections {
		all = append(all, hit{uri: "collections/" + one.LUID, kind: "collection", luid: one.LUID, title: one.Name, owner: one.Owner})
	}
	for _, w := range c.site.workbooks {
		all = append(all, hit{
			uri: "workbooks/" + w.get("id"), kind: "workbook", luid: w.get("id"), title: w.get("name"),
			owner: w.get("owner.name"), project: w.get("project.name"),
		})
	}
	for _, v := range c.site.views {
		usage := c.site.viewUsage[v.get("id")]
		total, _ := strconv.Atoi(usage.get("totalViewCount"))
		all = append(all, hit{uri: "views/" + v.get("id"), kind: "view", luid: v.get("id"), title: v.get("name"), total: total})
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
