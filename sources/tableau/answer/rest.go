package answer

import (
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/snapshot"
)

// joinRest adds what REST knows to the objects of the metadata.
func (r *Reader) joinRest(rest *snapshot.Rest) {
	for i := range rest.Views {
		v := &rest.Views[i]
		object, ok := r.all.ByLUID(schema.Dashboard, v.LUID)
		if !ok {
			continue
		}
		d := r.all.Dashboards.At(object.At)
		d.Views = v.Count
		if d.Path == "" {
			d.Path = strings.Replace(v.ContentURL, "/sheets/", "/", 1)
		}
	}
	for _, a := range rest.Addresses {
		if object, ok := r.all.ByLUID(schema.Datasource, a.LUID); ok {
			r.all.Datasources.At(object.At).ContentURL = a.ContentURL
		}
	}
	for i := range rest.Projects {
		completeUser(&rest.Projects[i].Owner, rest.Users)
	}
	for _, w := range r.all.Workbooks.All() {
		completeUser(&w.Owner, rest.Users)
	}
	for _, d := range r.all.Datasources.All() {
		completeUser(&d.Owner, rest.Users)
	}
	for i := range rest.Collections {
		completeUser(&rest.Collections[i].Owner, rest.Users)
	}
	r.joinConnections(rest.Connections)
}

// joinConnections gives the embedded data sources of a workbook REST's connections
// of the same name: no other key is shared
// (model/walk/RULES.md#names-shared-with-rest).
func (r *Reader) joinConnections(byWorkbook map[string][]model.Connection) {
	if len(byWorkbook) == 0 {
		return
	}
	type key struct {
		workbook int32
		name     string
	}
	byName := map[key][]model.Connection{}
	for luid, list := range byWorkbook {
		object, ok := r.all.ByLUID(schema.Workbook, luid)
		if !ok {
			continue
		}
		for _, c := range list {
			k := key{object.At, c.DatasourceName}
			byName[k] = append(byName[k], c)
		}
	}
	for _, d := range r.all.Datasources.All() {
		d.Connections = byName[key{d.Workbook, d.Name}]
	}
}

// completeUser fills an owner's empty fields from the list of users.
func completeUser(u *model.User, users map[string]model.User) {
	known, ok := users[u.LUID]
	if u.LUID == "" || !ok {
		return
	}
	for _, f := range [...]struct {
		to   *string
		from string
	}{{&u.Name, known.Name}, {&u.Username, known.Username}, {&u.Email, known.Email}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
}

// collections keeps of the content what the site has: an item can be hidden, a
// worksheet, or deleted since.
func (r *Reader) collections(t *objects.Translator, collections []snapshot.Collection) []model.Collection {
	if collections == nil {
		return nil
	}
	out := make([]model.Collection, len(collections))
	for i := range collections {
		out[i] = collections[i].Collection
		items := func(k schema.Kind, is func(snapshot.Item) bool) []string {
			var found objects.Links
			for _, item := range collections[i].Items {
				object, ok := r.all.ByLUID(k, item.LUID)
				if ok && is(item) && r.all.Head(object).Described {
					found.Add(object.At)
				}
			}
			return t.IDs(k, found)
		}
		out[i].WorkbookIDs = items(schema.Workbook, func(item snapshot.Item) bool { return item.Workbook })
		out[i].DashboardIDs = items(schema.Dashboard, func(item snapshot.Item) bool { return item.Dashboard })
		out[i].DatasourceIDs = items(schema.Datasource, func(item snapshot.Item) bool { return item.Datasource })
	}
	return out
}
