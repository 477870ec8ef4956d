package completeness

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/snapshot"
)

// Reasons are why lists and objects are incomplete.
type Reasons struct {
	// Answer is why anything in the answer that is being read may lack something.
	Answer string

	lists       map[string]string // lists that lack objects
	some        map[string]bool   // lists with an object that lacks something
	connections map[string]string // workbooks whose connections could not be asked for, by LUID in lower case
}

// listWords are the lists in words.
var listWords = map[string]string{
	"workbooks": "workbooks", "dashboards": "dashboards", "sheets": "sheets", "embeddedDatasources": "embedded data sources",
	"publishedDatasources": "published data sources", "databaseTables": "tables", "customSQLTables": "custom SQL queries",
	"virtualConnections": "virtual connections", "virtualConnectionTables": "virtual connection tables", "flows": "flows",
	"views": "views", "tables": "tables", "datasources": "data sources", "databases": "databases", "databaseServers": "databases",
}

// FromSnapshot takes in what a snapshot knows to be incomplete. What it says of
// objects that are not here means nothing.
func (r *Reasons) FromSnapshot(all *objects.Objects, incomplete []snapshot.Incomplete) {
	sentences := map[string]string{}
	share := func(why string) string {
		if _, ok := sentences[why]; !ok {
			sentences[why] = model.AnswerCutOff + why
		}
		return sentences[why]
	}
	for _, x := range incomplete {
		k := schema.KindOfField(x.List)
		switch {
		case x.List == "lists":
			r.List(x.ID, x.Why)
		case x.List == "workbookConnections":
			r.connections = put(r.connections, strings.ToLower(x.ID), "its connections could not be asked for: "+x.Why)
		case k != schema.None && slices.Contains(schema.RootLists(), x.List):
			r.some = put(r.some, x.List, true)
			if object, ok := all.ByID(k, x.ID); ok {
				all.Head(object).MarkIncomplete(share(x.Why))
			}
		}
	}
}

func put[V any](m map[string]V, key string, value V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[strings.Clone(key)] = value
	return m
}

// List notes a list that lacks objects.
func (r *Reasons) List(name, why string) {
	if name == model.EveryList && r.lists[name] == "" {
		r.lists = put(r.lists, name, strings.Clone("Tableau has not finished indexing this site: "+why))
	}
	if words := listWords[name]; words != "" && r.lists[name] == "" {
		r.lists = put(r.lists, name, strings.Clone("Tableau's list of "+words+" was cut off: "+why))
	}
}

// EveryAnswer notes an answer that could not be read: it may have had objects of any list.
func (r *Reasons) EveryAnswer(why string) {
	for _, name := range schema.RootLists() {
		if r.lists[name] == "" {
			r.lists = put(r.lists, name, strings.Clone(why))
		}
	}
}

// NestedList notes a list in an object that ends before its last page: the object
// lacks something, and so may whatever the rest of the list would have spoken for.
func (r *Reasons) NestedList(in *document.Walker, h *objects.Head, name string) {
	h.MarkIncomplete(in.Keep(model.AnswerCutOff + "its list \"" + name + "\" ends before its last page"))
	for _, list := range schema.ListsOf(schema.KindOfField(name), schema.Unsure) {
		r.some = put(r.some, list, true)
	}
}

// missingFrom is why an object of one of the lists may not be here, "" if there is
// no reason to think so.
func (r *Reasons) missingFrom(lists []string) string {
	for _, name := range lists {
		if why := r.lists[name]; why != "" {
			return why
		}
	}
	return ""
}

// linksMissing is why objects of the lists cannot be relied on to name another one:
// they may not be here, or lack their links.
func (r *Reasons) linksMissing(lists ...string) string {
	if why := r.missingFrom(lists); why != "" {
		return why
	}
	for _, name := range lists {
		if r.some[name] {
			return "Tableau's answers about some " + listWords[name] + " were cut off"
		}
	}
	return ""
}

// FromComplaints sets why anything in an answer with these complaints may lack
// something: a limit was met, or links could not be loaded. Permissions are not
// such a reason, nor is an owner that is null.
func (r *Reasons) FromComplaints(in *document.Walker, complaints gjson.Result) {
	r.Answer = ""
	if !complaints.IsArray() {
		return
	}
	complaints.ForEach(func(_, e gjson.Result) bool {
		code, message := document.Text(e.Get("extensions.code")), document.Clip(document.Text(e.Get("message")))
		switch code {
		case "PERMISSIONS_MODE_SWITCHED", "USER_VISIBILITY_IS_LIMITED", "INHERITANCE_INCOMPLETE", "MAX_PAGE_SIZE_EXCEEDED":
			return true
		}
		for _, step := range e.Get("path").Array() {
			if step.Str == "owner" || step.Str == "tags" {
				return true
			}
		}
		if code == "BACKFILL_RUNNING" {
			r.List(model.EveryList, message)
			return true
		}
		r.Answer = in.Keep(model.AnswerCutOff + cmp.Or(message, "an error without a message"))
		return false
	})
}
