package tableautest

import (
	"fmt"
	"strings"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// buildREST makes the lists REST shows. What the snapshot kept is given back as
// it was; the rest is drawn from the metadata.
func (st *site) buildREST(rest map[string]any) {
	st.workbook, st.datasource = byLUID(st.store.All["Workbook"]), byLUID(st.store.All["PublishedDatasource"])
	st.flow = byLUID(st.store.All["Flow"])
	for _, o := range st.store.All["Workbook"] {
		st.workbooks = append(st.workbooks, st.workbookElem(o))
	}
	for _, o := range st.store.All["PublishedDatasource"] {
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
	kept, _ := rest["workbookConnections"].(map[string]any)
	for luid, o := range st.workbook {
		if st.connections[luid] = restEntries(kept[luid], "connection"); st.connections[luid] == nil {
			st.connections[luid] = st.guessConnections(o)
		}
	}
}

func byLUID(list []*sitedata.Object) map[string]*sitedata.Object {
	out := map[string]*sitedata.Object{}
	for _, o := range list {
		if luid := o.Text("luid"); luid != "" {
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

func (st *site) workbookElem(o *sitedata.Object) elem {
	return st.item("workbook", o, "workbooks").with(st.placeElem(o), st.ownerElem(o), st.tagsElem(o))
}

func (st *site) placeElem(o *sitedata.Object) elem {
	if personal(o) {
		return node("location", "type", "PersonalSpace", "name", o.Text("containerName"))
	}
	return node("project", "id", st.projectLUID(o), "name", o.Text("projectName"))
}

// personal reports a personal space, however the API writes it.
func personal(o *sitedata.Object) bool {
	return strings.EqualFold(strings.ReplaceAll(o.Text("containerType"), " ", ""), "personalspace")
}

func (st *site) datasourceElem(o *sitedata.Object) elem {
	e := st.item("datasource", o, "datasources")
	e.attrs = append(e.attrs, attr{"type", "federated"}, attr{"isCertified", o.Text("isCertified") == "true"},
		attr{"hasExtracts", o.Text("hasExtracts") == "true"})
	return e.with(st.placeElem(o), st.ownerElem(o), st.tagsElem(o))
}

// item is what workbooks and data sources have in common.
func (st *site) item(name string, o *sitedata.Object, folder string) elem {
	page := st.home + "/#/"
	if st.contentURL != "" {
		page += "site/" + st.contentURL + "/"
	}
	return node(name, "id", o.Text("luid"), "name", o.Text("name"), "description", o.Text("description"),
		"contentUrl", st.itemURL(o), "webpageUrl", page+folder+"/"+o.Text("vizportalUrlId"),
		"createdAt", o.Text("createdAt"), "updatedAt", o.Text("updatedAt"))
}

// itemURL is the workbook's part of its views' paths, otherwise the name without blanks.
func (st *site) itemURL(o *sitedata.Object) string {
	for _, field := range []string{"dashboards", "sheets"} {
		for _, view := range st.store.Links(o, field) {
			if url, _, ok := strings.Cut(view.Text("path"), "/"); ok {
				return url
			}
		}
	}
	return strings.ReplaceAll(o.Text("name"), " ", "")
}

func (st *site) projectLUID(o *sitedata.Object) string {
	if luid := o.Text("projectLuid"); luid != "" {
		return luid
	}
	return sitedata.StableID("project", st.contentURL, o.Text("projectName"))
}

func (st *site) ownerElem(o *sitedata.Object) elem {
	owner := st.One(o, "owner")
	return node("owner", "id", owner.Text("luid"), "name", owner.Text("username"))
}

func (st *site) tagsElem(o *sitedata.Object) elem {
	var tags []elem
	for _, tag := range st.store.Links(o, "tags") {
		tags = append(tags, node("tag", "label", tag.Text("name")))
	}
	return listOf("tags", tags)
}

func (st *site) guessProjects() []elem {
	var out []elem
	seen := map[string]bool{}
	for _, typeName := range []string{"Workbook", "PublishedDatasource"} {
		for _, o := range st.store.All[typeName] {
			luid := st.projectLUID(o)
			if personal(o) || seen[luid] {
				continue
			}
			seen[luid] = true
			out = append(out, node("project", "id", luid, "name", o.Text("projectName")).
				with(node("owner", "id", st.admin.Text("luid"))))
		}
	}
	return out
}

func (st *site) guessUsers() []elem {
	var out []elem
	for _, o := range st.store.All["TableauUser"] {
		out = append(out, node("user", "id", o.Text("luid"), "name", o.Text("username"), "fullName", o.Text("name"),
			"email", o.Text("email"), "siteRole", "Creator"))
	}
	return out
}

// guessViews lists what is published: a hidden view has no LUID.
func (st *site) guessViews() []elem {
	var out []elem
	for _, kind := range []struct{ typeName, sheetType string }{{"Dashboard", "dashboard"}, {"Sheet", "worksheet"}} {
		for i, o := range st.store.All[kind.typeName] {
			workbook := st.One(o, "workbook")
			if o.Text("luid") == "" || workbook == nil {
				continue
			}
			url, name, _ := strings.Cut(o.Text("path"), "/")
			out = append(out, node("view", "id", o.Text("luid"), "name", o.Text("name"),
				"contentUrl", url+"/sheets/"+name, "viewUrlName", name, "sheetType", kind.sheetType,
				"createdAt", o.Text("createdAt"), "updatedAt", o.Text("updatedAt")).with(
				node("workbook", "id", workbook.Text("luid")), st.ownerElem(workbook),
				node("project", "id", st.projectLUID(workbook)), node("usage", "totalViewCount", (i*37)%1000)))
		}
	}
	return out
}

// guessConnections are one per published parent and one per database, of a data
// source or of all that are in a workbook.
func (st *site) guessConnections(owner *sitedata.Object) []elem {
	out := []elem{}
	add := func(d *sitedata.Object, kind, server string) {
		e := node("connection", "id", sitedata.StableID("connection", d.ID, fmt.Sprint(len(out))), "type", kind,
			"serverAddress", server, "serverPort", "", "userName", "")
		if d != owner { // a data source's own do not repeat its name
			e = e.with(node("datasource", "id", sitedata.StableID("embedded", d.ID), "name", d.Text("name")))
		}
		out = append(out, e)
	}
	sources := []*sitedata.Object{owner}
	if owner.Def.Name == "Workbook" {
		sources = st.store.Links(owner, "embeddedDatasources")
	}
	for _, d := range sources {
		if len(st.store.Links(d, "parentPublishedDatasources")) > 0 {
			add(d, "sqlproxy", "localhost")
		}
		for _, db := range st.store.Links(d, "upstreamDatabases") {
			add(d, db.Text("connectionType"), db.Text("hostName"))
		}
	}
	return out
}
