package tableautest

import (
	"fmt"
	"strings"
)

// buildREST makes the lists REST shows. What the snapshot kept is given back as
// it was; the rest is drawn from the metadata.
func (st *site) buildREST(rest map[string]any) {
	st.workbook, st.datasource = byLUID(st.store.all["Workbook"]), byLUID(st.store.all["PublishedDatasource"])
	for _, o := range st.store.all["Workbook"] {
		st.workbooks = append(st.workbooks, st.workbookElem(o))
	}
	for _, o := range st.store.all["PublishedDatasource"] {
		st.datasources = append(st.datasources, st.datasourceElem(o))
	}
	if st.projects = restEntries(rest["projects"], "project"); st.projects == nil {
		st.projects = st.guessProjects()
	}
	if st.users = restEntries(rest["users"], "user"); st.users == nil {
		st.users = st.guessUsers()
	}
	views := restEntries(rest["views"], "view")
	if views == nil {
		views = st.guessViews()
	}
	st.viewUsage = map[string]elem{}
	for _, v := range views {
		for _, k := range v.kids {
			if k.name == "usage" {
				st.viewUsage[v.get("id")] = k
			}
		}
		st.views = append(st.views, v.without("usage"))
	}
	st.collections = collectionsIn(rest["collections"])
	st.connections = map[string][]elem{}
	for luid, o := range st.datasource {
		st.connections[luid] = st.guessConnections(o)
	}
	told, _ := rest["workbookConnections"].(map[string]any)
	for luid, o := range st.workbook {
		if st.connections[luid] = restEntries(told[luid], "connection"); st.connections[luid] == nil {
			st.connections[luid] = st.guessConnections(o)
		}
	}
}

func byLUID(list []*object) map[string]*object {
	out := map[string]*object{}
	for _, o := range list {
		if luid := o.text("luid"); luid != "" {
			out[luid] = o
		}
	}
	return out
}

// restEntries reads a list in any of REST's shapes; nil means that it is absent.
func restEntries(v any, inner string) []elem {
	if wrapped, ok := v.(map[string]any); ok {
		if v = wrapped[inner]; v == nil {
			return []elem{}
		}
	}
	if single, ok := v.(map[string]any); ok {
		v = []any{single}
	}
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	out := []elem{}
	for _, entry := range list {
		if raw, ok := entry.(map[string]any); ok {
			out = append(out, fromJSON(inner, raw))
		}
	}
	return out
}

func (st *site) workbookElem(o *object) elem {
	return st.item("workbook", o, "workbooks").with(st.placeElem(o), st.ownerElem(o), st.tagsElem(o))
}

func (st *site) placeElem(o *object) elem {
	if personal(o) {
		return node("location", "type", "PersonalSpace", "name", o.text("containerName"))
	}
	return node("project", "id", st.projectLUID(o), "name", o.text("projectName"))
}

// personal reports a personal space, however the API writes it.
func personal(o *object) bool {
	return strings.EqualFold(strings.ReplaceAll(o.text("containerType"), " ", ""), "personalspace")
}

func (st *site) datasourceElem(o *object) elem {
	e := st.item("datasource", o, "datasources")
	e.attrs = append(e.attrs, attr{"type", "federated"}, attr{"isCertified", o.text("isCertified") == "true"},
		attr{"hasExtracts", o.text("hasExtracts") == "true"})
	return e.with(st.placeElem(o), st.ownerElem(o), st.tagsElem(o))
}

// item is what workbooks and data sources have in common.
func (st *site) item(name string, o *object, folder string) elem {
	page := st.home + "/#/"
	if st.contentURL != "" {
		page += "site/" + st.contentURL + "/"
	}
	return node(name, "id", o.text("luid"), "name", o.text("name"), "description", o.text("description"),
		"contentUrl", st.itemURL(o), "webpageUrl", page+folder+"/"+o.text("vizportalUrlId"),
		"createdAt", o.text("createdAt"), "updatedAt", o.text("updatedAt"))
}

// itemURL is the workbook's part of its views' paths, else the name without blanks.
func (st *site) itemURL(o *object) string {
	for _, field := range []string{"dashboards", "sheets"} {
		for _, view := range st.store.links(o, field) {
			if url, _, ok := strings.Cut(view.text("path"), "/"); ok {
				return url
			}
		}
	}
	return strings.ReplaceAll(o.text("name"), " ", "")
}

func (st *site) projectLUID(o *object) string {
	if luid := o.text("projectLuid"); luid != "" {
		return luid
	}
	return stableID("project", st.contentURL, o.text("projectName"))
}

func (st *site) ownerElem(o *object) elem {
	owner := st.one(o, "owner")
	return node("owner", "id", owner.text("luid"), "name", owner.text("username"))
}

func (st *site) tagsElem(o *object) elem {
	var tags []elem
	for _, tag := range st.store.links(o, "tags") {
		tags = append(tags, node("tag", "label", tag.text("name")))
	}
	return listOf("tags", tags)
}

func (st *site) guessProjects() []elem {
	var out []elem
	seen := map[string]bool{}
	for _, typeName := range []string{"Workbook", "PublishedDatasource"} {
		for _, o := range st.store.all[typeName] {
			luid := st.projectLUID(o)
			if personal(o) || seen[luid] {
				continue
			}
			seen[luid] = true
			out = append(out, node("project", "id", luid, "name", o.text("projectName")).
				with(node("owner", "id", st.admin.text("luid"))))
		}
	}
	return out
}

func (st *site) guessUsers() []elem {
	var out []elem
	for _, o := range st.store.all["TableauUser"] {
		out = append(out, node("user", "id", o.text("luid"), "name", o.text("username"), "fullName", o.text("name"),
			"email", o.text("email"), "siteRole", "Creator"))
	}
	return out
}

// guessViews lists what is published: a hidden view has no LUID.
func (st *site) guessViews() []elem {
	var out []elem
	for _, kind := range []struct{ typeName, sheetType string }{{"Dashboard", "dashboard"}, {"Sheet", "worksheet"}} {
		for i, o := range st.store.all[kind.typeName] {
			workbook := st.one(o, "workbook")
			if o.text("luid") == "" || workbook == nil {
				continue
			}
			url, name, _ := strings.Cut(o.text("path"), "/")
			out = append(out, node("view", "id", o.text("luid"), "name", o.text("name"),
				"contentUrl", url+"/sheets/"+name, "viewUrlName", name, "sheetType", kind.sheetType,
				"createdAt", o.text("createdAt"), "updatedAt", o.text("updatedAt")).with(
				node("workbook", "id", workbook.text("luid")), st.ownerElem(workbook),
				node("project", "id", st.projectLUID(workbook)), node("usage", "totalViewCount", (i*37)%1000)))
		}
	}
	return out
}

// guessConnections are one per published parent and one per database, of a data
// source or of all that are in a workbook.
func (st *site) guessConnections(owner *object) []elem {
	out := []elem{}
	add := func(d *object, kind, server string) {
		e := node("connection", "id", stableID("connection", d.id, fmt.Sprint(len(out))), "type", kind,
			"serverAddress", server, "serverPort", "", "userName", "")
		if d != owner { // a data source's own do not repeat its name
			e = e.with(node("datasource", "id", stableID("embedded", d.id), "name", d.text("name")))
		}
		out = append(out, e)
	}
	sources := []*object{owner}
	if owner.def.Name == "Workbook" {
		sources = st.store.links(owner, "embeddedDatasources")
	}
	for _, d := range sources {
		if len(st.store.links(d, "parentPublishedDatasources")) > 0 {
			add(d, "sqlproxy", "localhost")
		}
		for _, db := range st.store.links(d, "upstreamDatabases") {
			add(d, db.text("connectionType"), db.text("hostName"))
		}
	}
	return out
}
