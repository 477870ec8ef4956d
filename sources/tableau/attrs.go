package tableau

import (
	"cmp"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/tool"
)

// fill copies what o says about itself into r, where that is still empty.
func (b *builder) fill(r ref, o object) {
	switch r.kind {
	case workbook:
		b.fillWorkbook(&b.workbooks[r.at].Workbook, o)
	case dashboard:
		b.fillDashboard(&b.dashboards[r.at].Dashboard, o)
	case sheet:
		s := &b.sheets[r.at]
		b.set(&s.LUID, o.get("luid"))
		b.set(&s.Name, o.get("name"))
	case datasource:
		b.fillDatasource(&b.datasources[r.at].Datasource, o)
	case table:
		b.fillTable(&b.tables[r.at], o)
	case database:
		d := &b.databases[r.at]
		b.set(&d.name, o.get("name"))
		b.set(&d.connectionType, o.get("connectionType"))
		b.set(&d.host, o.get("hostName"))
	case virtualConnection:
		c := &b.connections[r.at]
		b.set(&c.name, o.get("name"))
		b.set(&c.connectionType, o.get("connectionType"))
	case flow:
		f := &b.flows[r.at]
		b.set(&f.LUID, o.get("luid"))
		b.set(&f.Name, o.get("name"))
		b.set(&f.ContainerName, o.get("projectName"))
	}
}

func (b *builder) fillWorkbook(w *model.Workbook, o object) {
	b.set(&w.LUID, o.get("luid"))
	b.set(&w.Name, o.get("name"))
	b.set(&w.Description, o.get("description"))
	b.set(&w.ContainerLUID, o.get("projectLuid"))
	var uri, number string
	b.set(&uri, o.get("uri"))
	b.set(&number, o.get("vizportalUrlId"))
	w.PageID = cmp.Or(w.PageID, tool.WorkbookPage(uri, number))
	w.PersonalSpace = w.PersonalSpace || isPersonalSpace(o.text("containerType"))
	b.set(&w.ContainerName, o.get("projectName"))
	if !w.PersonalSpace {
		b.set(&w.ContainerName, o.get("containerName"))
	}
	b.user(&w.Owner, o.get("owner"))
	b.tags(&w.Tags, o.get("tags"))
	moment(&w.CreatedAt, o.get("createdAt"))
	moment(&w.UpdatedAt, o.get("updatedAt"))
	if b.site.name == "" {
		b.site.name = b.keep(text(o.get("site").Get("name")))
	}
}

// isPersonalSpace reads containerType, whose spelling the API's reference gives
// in prose only ("Either personal space or project").
func isPersonalSpace(containerType string) bool {
	before, after, _ := strings.Cut(strings.ReplaceAll(containerType, "_", " "), " ")
	return strings.EqualFold(before+after, "personalspace")
}

func (b *builder) fillDashboard(d *model.Dashboard, o object) {
	b.set(&d.LUID, o.get("luid"))
	b.set(&d.DocumentViewID, o.get("documentViewId"))
	b.set(&d.Name, o.get("name"))
	b.set(&d.Path, o.get("path"))
	b.tags(&d.Tags, o.get("tags"))
	moment(&d.CreatedAt, o.get("createdAt"))
	moment(&d.UpdatedAt, o.get("updatedAt"))
}

func (b *builder) fillDatasource(d *model.Datasource, o object) {
	b.set(&d.LUID, o.get("luid"))
	b.set(&d.Name, o.get("name"))
	b.set(&d.ContainerLUID, o.get("projectLuid"))
	b.set(&d.ContainerName, o.get("projectName"))
	b.set(&d.ContainerName, o.get("containerName"))
	b.user(&d.Owner, o.get("owner"))
	d.HasExtract = d.HasExtract || o.is("hasExtracts")
	d.UnsupportedCustomSQL = d.UnsupportedCustomSQL || o.is("containsUnsupportedCustomSql")
	d.Certified = d.Certified || o.is("isCertified")
	moment(&d.UpdatedAt, o.get("updatedAt"))
	// Full and incremental refreshes have a time each; the data is as new as the last.
	for _, name := range [...]string{"extractLastRefreshTime", "extractLastIncrementalUpdateTime", "extractLastUpdateTime"} {
		var at time.Time
		if moment(&at, o.get(name)); at.After(d.ExtractRefreshedAt) {
			d.ExtractRefreshedAt = at
		}
	}
}

func (b *builder) fillTable(t *tableNode, o object) {
	t.namesAsked = t.namesAsked || o.has("name") || o.has("fullName") || o.has("schema")
	b.set(&t.LUID, o.get("luid"))
	b.set(&t.Name, o.get("name"))
	b.set(&t.Schema, o.get("schema"))
	b.set(&t.FullName, o.get("fullName"))
	b.set(&t.ConnectionType, o.get("connectionType"))
	b.set(&t.Query, o.get("query"))
	t.UnsupportedSQL = t.UnsupportedSQL || o.is("isUnsupportedCustomSql")
}

func (b *builder) user(u *model.User, o gjson.Result) {
	if !o.IsObject() {
		return
	}
	b.set(&u.LUID, o.Get("luid"))
	b.set(&u.Name, o.Get("name"))
	b.set(&u.Username, o.Get("username"))
	b.set(&u.Email, o.Get("email"))
}

// tags adds the names of [{"name":"…"}]; finish drops duplicates.
func (b *builder) tags(to *[]string, list gjson.Result) {
	if !list.IsArray() {
		return
	}
	list.ForEach(func(_, tag gjson.Result) bool {
		if tag.IsObject() {
			tag = tag.Get("name")
		}
		if name := b.keep(text(tag)); name != "" {
			*to = append(*to, name)
		}
		return true
	})
}

// moment reads a time; one that cannot be read stays unknown.
func moment(to *time.Time, r gjson.Result) {
	if s := text(r); s != "" && to.IsZero() {
		if at, err := time.Parse(time.RFC3339, s); err == nil {
			*to = at.UTC()
		}
	}
}
