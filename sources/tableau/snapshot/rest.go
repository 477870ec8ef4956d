package snapshot

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/document"
)

// Rest is what a snapshot has of the REST API. The keys of its maps are in lower case,
// but those of Users.
type Rest struct {
	Projects    []model.Container
	Users       map[string]model.User         // by LUID
	Views       map[string]View               // by LUID
	Addresses   map[string]string             // content URLs of published data sources by LUID
	Connections map[string][]model.Connection // by LUID of the workbook
	Collections []Collection                  // nil when they are unknown
}

// View is what REST knows of a view; Count is -1 when it is unknown.
type View struct {
	Count      int
	ContentURL string
}

// KnownPaths are the paths of REST that something is known from, in lower case.
func (rest *Rest) KnownPaths() map[string]bool {
	out := map[string]bool{
		"projects": len(rest.Projects) > 0, "users": len(rest.Users) > 0, "views": len(rest.Views) > 0,
		"datasources": len(rest.Addresses) > 0, "collections": len(rest.Collections) > 0,
	}
	for luid := range rest.Connections {
		out["workbooks/"+luid+"/connections"] = true
	}
	for i := range rest.Collections {
		if c := &rest.Collections[i]; len(c.Items) > 0 {
			out["collections/"+strings.ToLower(c.LUID)+"/items"] = true
		}
	}
	return out
}

func (r *reader) readRest(rest gjson.Result) error {
	switch {
	case !rest.Exists() || rest.Type == gjson.Null:
		return nil
	case !rest.IsObject():
		return r.in.Fault(rest, "expected an object, found "+document.TypeName(rest))
	}
	r.Rest = Rest{
		Users: map[string]model.User{}, Views: map[string]View{}, Addresses: map[string]string{},
		Connections: map[string][]model.Connection{},
	}
	for _, list := range []struct {
		name, inner string
		take        func(o gjson.Result)
	}{
		{"projects", "project", r.takeProject},
		{"users", "user", r.takeUser},
		{"views", "view", r.takeView},
		{"datasources", "datasource", r.takeAddress},
	} {
		err := r.in.EntriesOf(rest, list.name, list.inner, func(o gjson.Result) error { list.take(o); return nil })
		if err != nil {
			return err
		}
	}
	if err := r.readCollections(rest); err != nil {
		return err
	}
	return r.readConnections(rest.Get("workbookConnections"))
}

func (r *reader) takeProject(o gjson.Result) {
	p := model.Container{}
	r.in.Set(&p.LUID, o.Get("id"))
	r.in.Set(&p.ParentLUID, o.Get("parentProjectId"))
	r.in.Set(&p.Name, o.Get("name"))
	r.in.Set(&p.Owner.LUID, o.Get("owner.id"))
	r.Rest.Projects = append(r.Rest.Projects, p)
}

func (r *reader) takeUser(o gjson.Result) {
	u := model.User{}
	r.in.Set(&u.LUID, o.Get("id"))
	r.in.Set(&u.Username, o.Get("name"))
	r.in.Set(&u.Name, o.Get("fullName"))
	r.in.Set(&u.Email, o.Get("email"))
	r.Rest.Users[u.LUID] = u
}

func (r *reader) takeView(o gjson.Result) {
	v := View{Count: viewCount(o.Get("usage.totalViewCount"))}
	r.in.Set(&v.ContentURL, o.Get("contentUrl"))
	r.Rest.Views[lowerID(o)] = v
}

func (r *reader) takeAddress(o gjson.Result) {
	r.Rest.Addresses[lowerID(o)] = r.in.Keep(document.Text(o.Get("contentUrl")))
}

func lowerID(o gjson.Result) string {
	return strings.ToLower(document.Text(o.Get("id")))
}

func (r *reader) readConnections(all gjson.Result) (err error) {
	switch {
	case !all.Exists() || all.Type == gjson.Null:
		return nil
	case !all.IsObject():
		return r.in.Fault(all, "expected an object of lists by workbook LUID, found "+document.TypeName(all))
	}
	defer r.in.Leave(r.in.Enter("workbookConnections"))
	all.ForEach(func(key, list gjson.Result) bool {
		luid := strings.ToLower(r.in.Keep(key.Str))
		err = r.in.Entries(list, key.Raw, "connection", func(o gjson.Result) error {
			c := model.Connection{}
			r.in.Set(&c.Type, o.Get("type"))
			r.in.Set(&c.Server, o.Get("serverAddress"))
			r.in.Set(&c.DatasourceLUID, o.Get("datasource.id"))
			r.in.Set(&c.DatasourceName, o.Get("datasource.name"))
			r.Rest.Connections[luid] = append(r.Rest.Connections[luid], c)
			return nil
		})
		return err == nil
	})
	return err
}

// viewCount reads "7" or 7; -1 is unknown.
func viewCount(r gjson.Result) int {
	n, err := strconv.Atoi(document.Text(r))
	if err != nil || n < 0 {
		return -1
	}
	return n
}
