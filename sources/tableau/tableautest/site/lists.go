package site

import (
	"fmt"
	"strings"

	"darkroom/sources/tableau/tableautest/element"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// buildREST makes the lists REST shows. What the snapshot kept is given back as
// it was; the rest is drawn from the metadata.
func (st *Site) buildREST(rest map[string]any) {
	st.things = map[string]map[string]*sitedata.Object{
		"workbook": byLUID(st.Store.All["Workbook"]), "datasource": byLUID(st.Store.All["PublishedDatasource"]), "flow": byLUID(st.Store.All["Flow"]),
	}
	for _, o := range st.Store.All["Workbook"] {
		st.Workbooks = append(st.Workbooks, st.workbookElem(o))
	}
	for _, o := range st.Store.All["PublishedDatasource"] {
		st.Datasources = append(st.Datasources, st.datasourceElem(o))
	}
	if st.Projects = restEntries(rest["projects"], "project"); st.Projects == nil {
		st.Projects = st.guessProjects()
	}
	if st.Users = restEntries(rest["users"], "user"); st.Users == nil {
		st.Users = st.guessUsers()
	}
	views := restEntries(rest["views"], "view")
	if views == nil {
		views = st.guessViews()
	}
	st.ViewUsage = map[string]element.Element{}
	for _, v := range views {
		if usage := v.Kid("usage"); usage.Name != "" {
			st.ViewUsage[v.Get("id")] = usage
		}
		st.Views = append(st.Views, v.Without("usage"))
	}
	st.Collections = collectionsIn(rest["collections"])
	st.Connections = map[string][]element.Element{}
	for luid, o := range st.things["datasource"] {
		st.Connections[luid] = st.guessConnections(o)
	}
	kept, _ := rest["workbookConnections"].(map[string]any)
	for luid, o := range st.things["workbook"] {
		if st.Connections[luid] = restEntries(kept[luid], "connection"); st.Connections[luid] == nil {
			st.Connections[luid] = st.guessConnections(o)
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
func restEntries(v any, inner string) []element.Element {
	if wrapped, ok := v.(map[string]any); ok {
		if v = wrapped[inner]; v == nil {
			return []element.Element{}
		}
	}
	if single, ok := v.(map[string]any); ok {
		v = []any{single}
	}
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	out := []element.Element{}
	for _, entry := range list {
		if raw, ok := entry.(map[string]any); ok {
			out = append(out, element.FromJSON(inner, raw))
		}
	}
	return out
}

func (st *Site) workbookElem(o *sitedata.Object) element.Element {
	return st.item("workbook", o, "workbooks").With(st.placeElem(o), st.ownerElem(o), st.tagsElem(o))
}

func (st *Site) placeElem(o *sitedata.Object) element.Element {
	if personal(o) {
		return element.New("location", "type", "PersonalSpace", "name", o.Text("containerName"))
	}
	return element.New("project", "id", st.projectLUID(o), "name", o.Text("projectName"))
}

// personal reports a personal space, however the API writes it.
func personal(o *sitedata.Object) bool {
	return strings.EqualFold(strings.ReplaceAll(o.Text("containerType"), " ", ""), "personalspace")
}

func (st *Site) datasourceElem(o *sitedata.Object) element.Element {
	return st.item("datasource", o, "datasources").And("type", "federated").
		And("isCertified", o.Text("isCertified") == "true").And("hasExtracts", o.Text("hasExtracts") == "true").
		With(st.placeElem(o), st.ownerElem(o), st.tagsElem(o))
}

// item is what workbooks and data sources have in common.
func (st *Site) item(name string, o *sitedata.Object, folder string) element.Element {
	page := st.home + "/#/"
	if st.ContentURL != "" {
		page += "site/" + st.ContentURL + "/"
	}
	return element.New(name, "id", o.Text("luid"), "name", o.Text("name"), "description", o.Text("description"),
		"contentUrl", st.itemURL(o), "webpageUrl", page+folder+"/"+o.Text("vizportalUrlId"),
		"createdAt", o.Text("createdAt"), "updatedAt", o.Text("updatedAt"))
}

// itemURL is the workbook's part of its views' paths, otherwise the name without blanks.
func (st *Site) itemURL(o *sitedata.Object) string {
	for _, field := range []string{"dashboards", "sheets"} {
		for _, view := range st.Store.Links(o, field) {
			if url, _, ok := strings.Cut(view.Text("path"), "/"); ok {
				return url
			}
		}
	}
	return strings.ReplaceAll(o.Text("name"), " ", "")
}

func (st *Site) projectLUID(o *sitedata.Object) string {
	if luid := o.Text("projectLuid"); luid != "" {
		return luid
	}
	return sitedata.StableID("project", st.ContentURL, o.Text("projectName"))
}

func (st *Site) ownerElem(o *sitedata.Object) element.Element {
	owner := st.One(o, "owner")
	return element.New("owner", "id", owner.Text("luid"), "name", owner.Text("username"))
}

func (st *Site) tagsElem(o *sitedata.Object) element.Element {
	var tags []element.Element
	for _, tag := range st.Store.Links(o, "tags") {
		tags = append(tags, element.New("tag", "label", tag.Text("name")))
	}
	return element.List("tags", tags)
}

func (st *Site) guessProjects() []element.Element {
	var out []element.Element
	seen := map[string]bool{}
	for _, typeName := range []string{"Workbook", "PublishedDatasource"} {
		for _, o := range st.Store.All[typeName] {
			luid := st.projectLUID(o)
			if personal(o) || seen[luid] {
				continue
			}
			seen[luid] = true
			out = append(out, element.New("project", "id", luid, "name", o.Text("projectName")).
				With(element.New("owner", "id", st.Admin.Text("luid"))))
		}
	}
	return out
}

func (st *Site) guessUsers() []element.Element {
	var out []element.Element
	for _, o := range st.Store.All["TableauUser"] {
		out = append(out, element.New("user", "id", o.Text("luid"), "name", o.Text("username"), "fullName", o.Text("name"),
			"email", o.Text("email"), "siteRole", "Creator"))
	}
	return out
}

// guessViews lists what is published: a hidden view has no LUID.
func (st *Site) guessViews() []element.Element {
	var out []element.Element
	for _, kind := range []struct{ typeName, sheetType string }{{"Dashboard", "dashboard"}, {"Sheet", "worksheet"}} {
		for i, o := range st.Store.All[kind.typeName] {
			workbook := st.One(o, "workbook")
			if o.Text("luid") == "" || workbook == nil {
				continue
			}
			url, name, _ := strings.Cut(o.Text("path"), "/")
			out = append(out, element.New("view", "id", o.Text("luid"), "name", o.Text("name"),
				"contentUrl", url+"/sheets/"+name, "viewUrlName", name, "sheetType", kind.sheetType,
				"createdAt", o.Text("createdAt"), "updatedAt", o.Text("updatedAt")).With(
				element.New("workbook", "id", workbook.Text("luid")), st.ownerElem(workbook),
				element.New("project", "id", st.projectLUID(workbook)), element.New("usage", "totalViewCount", (i*37)%1000)))
		}
	}
	return out
}

// guessConnections are one per published parent and one per database, of a data
// source or of all that are in a workbook.
func (st *Site) guessConnections(owner *sitedata.Object) []element.Element {
	out := []element.Element{}
	add := func(d *sitedata.Object, kind, server string) {
		e := element.New("connection", "id", sitedata.StableID("connection", d.ID, fmt.Sprint(len(out))), "type", kind,
			"serverAddress", server, "serverPort", "", "userName", "")
		if d != owner { // a data source's own do not repeat its name
			e = e.With(element.New("datasource", "id", sitedata.StableID("embedded", d.ID), "name", d.Text("name")))
		}
		out = append(out, e)
	}
	sources := []*sitedata.Object{owner}
	if owner.Def.Name == "Workbook" {
		sources = st.Store.Links(owner, "embeddedDatasources")
	}
	for _, d := range sources {
		if len(st.Store.Links(d, "parentPublishedDatasources")) > 0 {
			add(d, "sqlproxy", "localhost")
		}
		for _, db := range st.Store.Links(d, "upstreamDatabases") {
			add(d, db.Text("connectionType"), db.Text("hostName"))
		}
	}
	return out
}
