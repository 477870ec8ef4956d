package main

import (
	"fmt"
	"maps"
	"slices"
)

// builder turns a scenario into a snapshot. Every id is a hash that starts with
// the site's folder, so the two sites share none.
type builder struct {
	sc   *scenario
	w    *warehouse
	site string
	out  *snapshot

	users     map[string]user
	projects  map[string]projectSpec
	published map[string]*source
	virtual   map[string]virtualTable // "connection/table"
	flows     map[string]*flow
	tables    map[string]databaseTable // by reference; only what is read
	urls      map[string]bool          // content URLs that are taken

	columns map[string][]string // names by reference of a table
	refs    map[string]string   // reference by id of a table
	reads   map[string][]link   // tables by sheet
	silent  map[string]string   // sheets whose columns are not all known
}

func build(sc *scenario, w *warehouse, columns map[string][]string) (*snapshot, error) {
	b := &builder{
		sc: sc, w: w, site: sc.Folder,
		out: &snapshot{
			Format:    "darkroom-tableau-snapshot/1",
			FetchedAt: sc.Site.FetchedAt,
			Server:    sc.Site.Server,
			Site:      siteInfo{sc.Site.ContentURL, sc.Site.Name},
			Partial:   []string{},
			REST:      rest{WorkbookConnections: map[string][]restConnection{}},
		},
		users:     map[string]user{},
		projects:  map[string]projectSpec{},
		published: map[string]*source{},
		virtual:   map[string]virtualTable{},
		flows:     map[string]*flow{},
		tables:    map[string]databaseTable{},
		urls:      map[string]bool{},
		columns:   columns,
		refs:      map[string]string{},
		reads:     map[string][]link{},
		silent:    map[string]string{},
	}
	steps := []func() error{
		b.addUsers, b.addProjects, b.addVirtualConnections, b.addFlows,
		b.addPublished, b.addFlowInputs, b.addWorkbooks, b.addCollections,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("scenario/%s: %w", sc.Folder, err)
		}
	}
	for _, ref := range slices.Sorted(maps.Keys(b.tables)) {
		b.out.Metadata.DatabaseTables = append(b.out.Metadata.DatabaseTables, b.tables[ref])
	}
	if b.out.Metadata.VirtualConnections == nil { // a site without any has [], not null
		b.out.Metadata.VirtualConnections = []virtualConnection{}
		b.out.Metadata.VirtualConnectionTables = []virtualTable{}
	}
	b.columnsOfSheets()
	return b.out, nil
}

func (b *builder) addUsers() error {
	for _, u := range b.sc.Users {
		id := luid(b.site, "user", u.Key)
		b.users[u.Key] = user{LUID: id, Username: u.Username, Name: u.Name, Domain: u.Domain, Email: u.Email}
		b.out.REST.Users = append(b.out.REST.Users, restUser{
			ID: id, Name: u.Username, FullName: u.Name, Email: u.Email, SiteRole: "Creator",
		})
	}
	return nil
}

func (b *builder) owner(key string) (user, error) {
	u, ok := b.users[key]
	if !ok {
		return u, fmt.Errorf("no user %q", key)
	}
	return u, nil
}

func (b *builder) addProjects() error {
	for _, p := range b.sc.Projects {
		owner, err := b.owner(p.Owner)
		if err != nil {
			return fmt.Errorf("project %q: %w", p.Key, err)
		}
		row := restProject{
			ID: b.projectLUID(p.Key), Name: p.Name,
			ContentPermissions: "ManagedByOwner", Owner: restID{owner.LUID},
		}
		if p.In != "" {
			if _, ok := b.projects[p.In]; !ok {
				return fmt.Errorf("project %q is in %q, which is not above it in the file", p.Key, p.In)
			}
			row.ParentProjectID = b.projectLUID(p.In)
		}
		b.projects[p.Key] = p
		b.out.REST.Projects = append(b.out.REST.Projects, row)
	}
	return nil
}

func (b *builder) projectLUID(key string) string { return luid(b.site, "project", key) }

func (b *builder) project(key string) (projectSpec, error) {
	p, ok := b.projects[key]
	if !ok {
		return p, fmt.Errorf("no project %q", key)
	}
	return p, nil
}

// table is the row for a reference, made on first use.
func (b *builder) table(ref string) (databaseTable, error) {
	if t, ok := b.tables[ref]; ok {
		return t, nil
	}
	t, err := b.w.table(b.site, ref)
	if err == nil {
		b.tables[ref], b.refs[t.ID] = t, ref
	}
	return t, err
}

// tableLinks are links to the rows of references.
func (b *builder) tableLinks(refs []string) ([]link, error) {
	out := []link{}
	for _, ref := range refs {
		t, err := b.table(ref)
		if err != nil {
			return nil, err
		}
		out = append(out, link{typeTable, t.ID})
	}
	return out, nil
}

// The type names that the API writes where a field has an interface type.
const (
	typeTable     = "DatabaseTable"
	typeSQL       = "CustomSQLTable"
	typeVirtual   = "VirtualConnectionTable"
	typeEmbedded  = "EmbeddedDatasource"
	typePublished = "PublishedDatasource"
)

// union adds the links that a list does not have yet, in order.
func union(list []link, more ...link) []link {
	if list == nil {
		list = []link{}
	}
	for _, l := range more {
		if !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	return list
}

func tags(names ...[]string) []tag {
	out := []tag{}
	for _, list := range names {
		for _, n := range list {
			out = append(out, tag{n})
		}
	}
	return out
}
