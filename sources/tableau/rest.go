package tableau

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// restData is the "rest" part of a snapshot, joined to the metadata at the end.
type restData struct {
	projects    []model.Container
	users       map[string]model.User // by LUID
	views       map[string]restView   // by LUID in lower case
	addresses   map[string]string     // content URLs of published data sources, by LUID in lower case
	connections map[string][]model.Connection
	collections []restCollection // nil when they are not told
}

// restView is what REST knows of a view; count is -1 when it does not say.
type restView struct {
	count      int
	contentURL string
}

func (b *builder) readRest(rest gjson.Result) error {
	switch {
	case !rest.Exists() || rest.Type == gjson.Null:
		return nil
	case !rest.IsObject():
		return b.fault(rest, "expected an object, found "+typeName(rest))
	}
	b.rest = restData{
		users: map[string]model.User{}, views: map[string]restView{}, addresses: map[string]string{},
		connections: map[string][]model.Connection{},
	}
	err := b.restList(rest, "projects", "project", func(o gjson.Result) error {
		p := model.Container{}
		b.set(&p.LUID, o.Get("id"))
		b.set(&p.ParentLUID, o.Get("parentProjectId"))
		b.set(&p.Name, o.Get("name"))
		b.set(&p.Owner.LUID, o.Get("owner.id"))
		b.rest.projects = append(b.rest.projects, p)
		return nil
	})
	if err != nil {
		return err
	}
	err = b.restList(rest, "users", "user", func(o gjson.Result) error {
		u := model.User{}
		b.set(&u.LUID, o.Get("id"))
		b.set(&u.Username, o.Get("name"))
		b.set(&u.Name, o.Get("fullName"))
		b.set(&u.Email, o.Get("email"))
		b.rest.users[u.LUID] = u
		return nil
	})
	if err != nil {
		return err
	}
	err = b.restList(rest, "views", "view", func(o gjson.Result) error {
		v := restView{count: viewCount(o.Get("usage.totalViewCount"))}
		b.set(&v.contentURL, o.Get("contentUrl"))
		b.rest.views[strings.ToLower(text(o.Get("id")))] = v
		return nil
	})
	if err != nil {
		return err
	}
	err = b.restList(rest, "datasources", "datasource", func(o gjson.Result) error {
		b.rest.addresses[strings.ToLower(text(o.Get("id")))] = b.keep(text(o.Get("contentUrl")))
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.restCollections(rest); err != nil {
		return err
	}
	return b.restConnections(rest.Get("workbookConnections"))
}

// told are the paths of REST that something is known from, in lower case.
func (r *restData) told() map[string]bool {
	out := map[string]bool{
		"projects": len(r.projects) > 0, "users": len(r.users) > 0, "views": len(r.views) > 0,
		"datasources": len(r.addresses) > 0, "collections": len(r.collections) > 0,
	}
	for luid := range r.connections {
		out["workbooks/"+luid+"/connections"] = true
	}
	for i := range r.collections {
		if c := &r.collections[i]; len(c.items) > 0 {
			out["collections/"+strings.ToLower(c.LUID)+"/items"] = true
		}
	}
	return out
}

func (b *builder) restConnections(all gjson.Result) (err error) {
	switch {
	case !all.Exists() || all.Type == gjson.Null:
		return nil
	case !all.IsObject():
		return b.fault(all, "expected an object of lists by workbook LUID, found "+typeName(all))
	}
	b.path = append(b.path, step{name: "workbookConnections"})
	all.ForEach(func(key, list gjson.Result) bool {
		luid := strings.ToLower(b.keep(key.Str))
		err = b.restItems(list, key.Raw, "connection", func(o gjson.Result) error {
			c := model.Connection{}
			b.set(&c.Type, o.Get("type"))
			b.set(&c.Server, o.Get("serverAddress"))
			b.set(&c.DatasourceLUID, o.Get("datasource.id"))
			b.set(&c.DatasourceName, o.Get("datasource.name"))
			b.rest.connections[luid] = append(b.rest.connections[luid], c)
			return nil
		})
		return err == nil
	})
	b.path = b.path[:len(b.path)-1]
	return err
}

func (b *builder) restList(rest gjson.Result, name, inner string, fn func(gjson.Result) error) error {
	return b.restItems(rest.Get(name), name, inner, fn)
}

// restItems calls fn for each entry of a REST list in any of its shapes: a list,
// {"inner":[…]}, {"inner":{…}}, {} and null (facts/tableau.md §1.7).
func (b *builder) restItems(v gjson.Result, name, inner string, fn func(gjson.Result) error) error {
	depth := len(b.path)
	defer func() { b.path = b.path[:depth] }()
	b.path = append(b.path, step{name: name})
	if v.IsObject() {
		v = v.Get(inner)
		b.path = append(b.path, step{name: inner})
	}
	switch {
	case v.Type == gjson.Null:
		return nil
	case v.IsObject():
		return fn(v)
	case !v.IsArray():
		return b.fault(v, "expected a list of objects, found "+typeName(v))
	}
	return b.list(v, fn)
}

// viewCount reads "7" or 7; -1 is unknown.
func viewCount(r gjson.Result) int {
	n, err := strconv.Atoi(text(r))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// joinRest adds what REST knows to the objects of the metadata.
func (b *builder) joinRest() {
	for luid, v := range b.rest.views {
		at, ok := b.index[dashboard].byLUID[luid]
		if !ok {
			continue
		}
		d := &b.dashboards[at]
		d.Views = v.count
		if d.Path == "" {
			d.Path = strings.Replace(v.contentURL, "/sheets/", "/", 1)
		}
	}
	for luid, address := range b.rest.addresses {
		if at, ok := b.index[datasource].byLUID[luid]; ok {
			b.datasources[at].ContentURL = address
		}
	}
	for i := range b.rest.projects {
		b.completeUser(&b.rest.projects[i].Owner)
	}
	for i := range b.workbooks {
		b.completeUser(&b.workbooks[i].Owner)
	}
	for i := range b.datasources {
		b.completeUser(&b.datasources[i].Owner)
	}
	for i := range b.rest.collections {
		b.completeUser(&b.rest.collections[i].Owner)
	}
	b.joinConnections()
}

// joinConnections gives the embedded data sources of a workbook REST's
// connections of the same name: no other key is shared (facts/matching.md §1.1).
func (b *builder) joinConnections() {
	if len(b.rest.connections) == 0 {
		return
	}
	type key struct {
		workbook int32
		name     string
	}
	byName := map[key][]model.Connection{}
	for luid, list := range b.rest.connections {
		at, ok := b.index[workbook].byLUID[luid]
		if !ok {
			continue
		}
		for _, c := range list {
			k := key{at, c.DatasourceName}
			byName[k] = append(byName[k], c)
		}
	}
	for i := range b.datasources {
		d := &b.datasources[i]
		d.Connections = byName[key{d.workbook, d.Name}]
	}
}

// completeUser fills an owner's empty fields from the list of users.
func (b *builder) completeUser(u *model.User) {
	known, ok := b.rest.users[u.LUID]
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
