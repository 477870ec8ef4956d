package tableau

import (
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// cuts gathers what is known to be cut off.
type cuts struct {
	answer string            // why whatever the answer that is being read tells may lack something
	lists  map[string]string // lists that lack objects, and why
	some   map[string]bool   // lists with an object that lacks something
	rest   map[string]string // LUIDs of workbooks whose connections could not be asked for
}

// listWords are the lists in words.
var listWords = map[string]string{
	"workbooks": "workbooks", "dashboards": "dashboards", "sheets": "sheets", "embeddedDatasources": "embedded data sources",
	"publishedDatasources": "published data sources", "databaseTables": "tables", "customSQLTables": "custom SQL queries",
	"virtualConnections": "virtual connections", "virtualConnectionTables": "virtual connection tables", "flows": "flows",
	"views": "views", "tables": "tables", "datasources": "data sources", "databases": "databases", "databaseServers": "databases",
}

// readIncomplete takes in the snapshot's member of that name. What it says of
// objects that are not here means nothing.
func (b *builder) readIncomplete(v gjson.Result) {
	known := map[string]string{}
	share := func(why gjson.Result) string {
		s := clip(text(why))
		if _, ok := known[s]; !ok {
			known[s] = model.OwnAnswerCut + s
		}
		return known[s]
	}
	objects(v, func(name string, reasons gjson.Result) {
		k := kindAt(name)
		objects(reasons, func(id string, why gjson.Result) {
			switch {
			case text(why) == "":
			case name == "lists":
				b.cuts.list(id, clip(text(why)))
			case name == "workbookConnections":
				b.cuts.rest = put(b.cuts.rest, strings.ToLower(id), "its connections could not be asked for: "+clip(text(why)))
			case k != none && slices.Contains(rootNames(), name):
				b.cuts.some = put(b.cuts.some, name, true)
				if at, ok := b.index[k].byID[id]; ok && b.index[k].heads[at].cut == "" {
					b.index[k].heads[at].cut = share(why)
				}
			}
		})
	})
}

func objects(v gjson.Result, fn func(name string, value gjson.Result)) {
	if v.IsObject() {
		v.ForEach(func(key, value gjson.Result) bool { fn(key.Str, value); return true })
	}
}

func put[V any](m map[string]V, key string, value V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[strings.Clone(key)] = value
	return m
}

// list notes a list that lacks objects.
func (c *cuts) list(name, why string) {
	if name == model.CutSite && c.lists[name] == "" {
		c.lists = put(c.lists, name, strings.Clone("Tableau has not finished indexing this site: "+why))
	}
	if words := listWords[name]; words != "" && c.lists[name] == "" {
		c.lists = put(c.lists, name, strings.Clone("Tableau's list of "+words+" was cut off: "+why))
	}
}

// nested notes a list in r that ends before its last page: r lacks something, and
// so may whatever the rest of the list would have spoken for.
func (c *cuts) nested(b *builder, r ref, name string) {
	if !r.ok() {
		return
	}
	if h := b.head(r); h.cut == "" {
		h.cut = b.keep(model.OwnAnswerCut + "its list \"" + name + "\" ends before its last page")
	}
	for _, list := range listsOf(kindAt(name), unsure) {
		c.some = put(c.some, list, true)
	}
}

// listsOf are the root lists in which an object of a kind stands.
func listsOf(k kind, v variant) []string {
	switch k {
	case workbook:
		return []string{"workbooks"}
	case dashboard:
		return []string{"dashboards", "views"}
	case sheet:
		return []string{"sheets", "views"}
	case flow:
		return []string{"flows"}
	case datasource:
		switch v {
		case isEmbedded:
			return []string{"embeddedDatasources", "datasources"}
		case isPublished:
			return []string{"publishedDatasources", "datasources"}
		}
		return []string{"embeddedDatasources", "publishedDatasources", "datasources"}
	case table:
		switch v {
		case isDatabaseTable:
			return []string{"databaseTables", "tables"}
		case isCustomSQL:
			return []string{"customSQLTables", "tables"}
		case isVirtual:
			return []string{"virtualConnectionTables", "tables"}
		}
		return []string{"databaseTables", "customSQLTables", "virtualConnectionTables", "tables"}
	}
	return nil
}

// lost is why an object of one of the lists may not be here, "" if there is no
// reason to think so.
func (c *cuts) lost(lists []string) string {
	for _, name := range lists {
		if why := c.lists[name]; why != "" {
			return why
		}
	}
	return ""
}

// silent is why no object of the lists may speak for another one: they may not be
// here, or lack their links.
func (c *cuts) silent(lists ...string) string {
	if why := c.lost(lists); why != "" {
		return why
	}
	for _, name := range lists {
		if c.some[name] {
			return "Tableau's answers about some " + listWords[name] + " were cut off"
		}
	}
	return ""
}

// doubt is why whatever stands in an answer may lack something: a limit was met, or
// links could not be loaded. Who may see what is no such reason, nor is an owner
// that is null.
func (b *builder) doubt(complaints gjson.Result) (why string) {
	if !complaints.IsArray() {
		return ""
	}
	complaints.ForEach(func(_, e gjson.Result) bool {
		switch text(e.Get("extensions.code")) {
		case "PERMISSIONS_MODE_SWITCHED", "USER_VISIBILITY_IS_LIMITED", "INHERITANCE_INCOMPLETE", "MAX_PAGE_SIZE_EXCEEDED":
			return true
		}
		for _, step := range e.Get("path").Array() {
			if step.Str == "owner" || step.Str == "tags" {
				return true
			}
		}
		if text(e.Get("extensions.code")) == "BACKFILL_RUNNING" {
			b.cuts.list(model.CutSite, clip(text(e.Get("message"))))
			return true
		}
		why = b.keep(model.OwnAnswerCut + firstOf(clip(text(e.Get("message"))), "an error without a message"))
		return false
	})
	return why
}

// cutRoots are the lists of answers that end early.
func (b *builder) cutRoots() {
	for _, name := range slices.Sorted(maps.Keys(b.holes.lists)) {
		if why := b.holes.lists[name].says(); why != "" {
			b.cuts.list(name, why)
		}
	}
}
