package snapshot

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/document"
)

// Rest is what a snapshot has of the REST API. LUIDs are in lower case, but those of Users.
type Rest struct {
	Projects    []model.Container
	Users       map[string]model.User // by LUID
	Views       []View
	Addresses   []Address
	Connections map[string][]model.Connection // by LUID of the workbook
	Collections []Collection                  // nil when they are unknown
}

// View is what REST knows of a view; Count is -1 when it is unknown.
type View struct {
	LUID       string
	Count      int
	ContentURL string
}

// Address is the content URL of a published data source.
type Address struct{ LUID, ContentURL string }

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
	for _, list := range r.restLists() {
		err := r.in.EntriesOf(rest, list.name, list.inner, func(o gjson.Result) error { list.take(o); return nil })
		if err != nil {
			return err
		}
	}
	if err := r.readCollections(rest.Get("collections")); err != nil {
		return err
	}
	return r.readConnections(rest.Get("workbookConnections"))
}

// streamRest is readRest for what darkroom writes: lists, each once.
func (r *reader) streamRest(s *document.Stream) error {
	defer r.in.Leave(r.in.Enter("rest"))
	lists, seen := r.restLists(), map[string]bool{}
	return s.Object(func(name string) error {
		if seen[name] {
			return s.Strange()
		}
		seen[name] = true
		for _, list := range lists {
			if list.name == name {
				defer r.in.Leave(r.in.Enter(name))
				var broken error
				err := r.in.Items(s.List(3, &broken), func(o document.Value) error { list.take(o.Result()); return nil })
				return cmp.Or(broken, err)
			}
		}
		if name == "workbookConnections" {
			return s.Object(func(luid string) error {
				list, err := s.Value(3)
				return cmp.Or(err, r.takeConnections(luid, luid, list))
			})
		}
		v, err := s.Value(2)
		if err == nil && name == "collections" {
			err = r.readCollections(v)
		}
		return err
	})
}

// restList is a list of REST that is read entry by entry.
type restList struct {
	name, inner string
	take        func(o gjson.Result)
}

// restLists are those lists, from when on nothing is in them.
func (r *reader) restLists() []restList {
	r.Rest = Rest{
		Users: map[string]model.User{}, Connections: map[string][]model.Connection{},
	}
	return []restList{
		{"projects", "project", r.takeProject},
		{"users", "user", r.takeUser},
		{"views", "view", r.takeView},
		{"datasources", "datasource", r.takeAddress},
	}
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
	v := View{LUID: lowerID(o), Count: viewCount(o.Get("usage.totalViewCount"))}
	r.in.Set(&v.ContentURL, o.Get("contentUrl"))
	r.Rest.Views = append(r.Rest.Views, v)
}

func (r *reader) takeAddress(o gjson.Result) {
	r.Rest.Addresses = append(r.Rest.Addresses, Address{lowerID(o), r.in.Keep(document.Text(o.Get("contentUrl")))})
}

// lowerID is not kept with what the site keeps.
func lowerID(o gjson.Result) string {
	return strings.Clone(strings.ToLower(document.Text(o.Get("id"))))
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
		err = r.takeConnections(key.Raw, key.Str, list)
		return err == nil
	})
	return err
}

// takeConnections takes those of a workbook; place is for errors.
func (r *reader) takeConnections(place, luid string, list gjson.Result) error {
	name := strings.ToLower(r.in.Keep(luid))
	return r.in.Entries(list, place, "connection", func(o gjson.Result) error {
		c := model.Connection{}
		r.in.Set(&c.Type, o.Get("type"))
		r.in.Set(&c.Server, o.Get("serverAddress"))
		r.in.Set(&c.DatasourceLUID, o.Get("datasource.id"))
		r.in.Set(&c.DatasourceName, o.Get("datasource.name"))
		r.Rest.Connections[name] = append(r.Rest.Connections[name], c)
		return nil
	})
}

// viewCount reads "7" or 7; -1 is unknown.
func viewCount(r gjson.Result) int {
	n, err := strconv.Atoi(document.Text(r))
	if err != nil || n < 0 {
		return -1
	}
	return n
}
