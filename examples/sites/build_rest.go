package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// addView adds a view as REST lists it: its content URL has a "sheets" segment
// that the browser's path lacks (sources/tableau/API.md#browser-addresses). A nil count is a view
// without usage statistics.
func (b *builder) addView(d *desk, v restView, path string, count *int) {
	book, name, _ := strings.Cut(path, "/")
	v.ContentURL, v.ViewURLName = book+"/sheets/"+name, name
	v.CreatedAt, v.UpdatedAt = d.wb.CreatedAt, d.wb.UpdatedAt
	v.Workbook, v.Owner = restID{d.wb.LUID}, restID{d.wb.Owner.LUID}
	if d.wb.ProjectLUID != nil {
		v.Project = &restID{*d.wb.ProjectLUID}
	}
	if count != nil {
		v.Usage = &restUsage{strconv.Itoa(*count)}
	}
	b.out.REST.Views = append(b.out.REST.Views, v)
}

// addConnections lists the workbook's connections: one for every server that an
// embedded data source reads, and a sqlproxy one for every published parent.
func (b *builder) addConnections(d *desk) {
	list := []restConnection{}
	for i := range d.spec.Sources {
		spec := &d.spec.Sources[i]
		add := func(c restConnection) {
			c.ID = luid(b.site, "connection", d.seed, spec.Name, strconv.Itoa(len(list)))
			list = append(list, c)
		}
		for _, name := range spec.Published {
			p := b.published[name].ds
			add(restConnection{Type: "sqlproxy", ServerAddress: "localhost", Datasource: restRef{p.LUID, p.Name}})
		}
		if len(spec.Virtual) > 0 {
			add(restConnection{Type: "publishedConnection", ServerAddress: "localhost", Datasource: b.restRef(d, spec.Name)})
		}
		for _, db := range b.databases(spec) {
			c := restConnection{Type: db.ConnectionType, Datasource: b.restRef(d, spec.Name)}
			if db.HostName != nil {
				c.ServerAddress, c.ServerPort, c.UserName = *db.HostName, strconv.Itoa(*db.Port), "tableau_reader"
			}
			add(c)
		}
	}
	b.out.REST.WorkbookConnections[d.wb.LUID] = list
}

func (b *builder) restRef(d *desk, name string) restRef {
	return restRef{luid(b.site, "connection", d.seed, name), name}
}

// databases are the ones that an embedded data source reads itself.
func (b *builder) databases(spec *embeddedSpec) []*database {
	var out []*database
	add := func(db *database) {
		same := func(o *database) bool { return o.ID == db.ID }
		if !slices.ContainsFunc(out, same) {
			out = append(out, db)
		}
	}
	for _, ref := range spec.Tables {
		add(b.tables[ref].Database)
	}
	for _, key := range spec.SQL {
		// Both were resolved when the data source was read.
		if db, err := b.w.database(b.site, b.w.CustomSQL[key].Connection); err == nil {
			add(db)
		}
	}
	return out
}

// addCollections runs after everything that can be in a collection has been added.
func (b *builder) addCollections() error {
	luids := map[string]string{}
	titles := map[string]string{}
	for _, w := range b.out.Metadata.Workbooks {
		luids["workbook "+w.Name], titles[w.ID] = w.LUID, w.Name
	}
	for _, v := range b.out.Metadata.Dashboards {
		luids["view "+titles[v.Workbook.ID]+"/"+v.Name] = v.LUID
	}
	for name, s := range b.published {
		luids["datasource "+name] = s.ds.LUID
	}
	for _, spec := range b.sc.Collections {
		owner, err := b.owner(spec.Owner)
		if err != nil {
			return fmt.Errorf("collection %q: %w", spec.Name, err)
		}
		row := restCollection{
			LUID: luid(b.site, "collection", spec.Name), Name: spec.Name, Description: spec.Description, OwnerAlias: owner.Username,
		}
		for _, content := range []struct {
			kind  string
			names []string
		}{{"workbook", spec.Workbooks}, {"view", spec.Views}, {"datasource", spec.Published}} {
			for _, name := range content.names {
				id := luids[content.kind+" "+name]
				if id == "" {
					return fmt.Errorf("collection %q: no %s %q", spec.Name, content.kind, name)
				}
				row.Items = append(row.Items, restItem{content.kind, restContent{id}})
			}
		}
		b.out.REST.Collections = append(b.out.REST.Collections, row)
	}
	return nil
}
