package main

import (
	"fmt"
	"slices"
	"strings"
)

// source is a data source while it is built, with what the views above it need.
type source struct {
	ds      *datasource
	self    link
	tables  []link            // database tables, the parents' too
	from    []link            // tables of all kinds that fields come from, the parents' too
	sql     []*customSQLTable // the parents' too
	parents []link            // published data sources, the parents' parents too
	unused  []link            // tables that are joined in but not on any sheet
	thin    bool
}

// used are the tables with fields on the views, as far as the API reports them.
func (s *source) used() []link {
	out := []link{}
	if s.thin {
		return out
	}
	for _, t := range s.tables {
		if !slices.Contains(s.unused, t) {
			out = append(out, t)
		}
	}
	return out
}

// named are the tables that fields of a sheet name: those that are used, and custom SQL and
// the like of a source for which nothing else is known, whose fields a sync looks at.
func (s *source) named() []link {
	out := s.used()
	for _, t := range s.from {
		if len(s.ds.UpstreamTables) == 0 && !s.thin && t.Typename != typeTable {
			out = union(out, t)
		}
	}
	return out
}

// read fills in what a data source reads. With repeat, the parents' tables are also
// listed as its own, as the API mostly does for embedded copies.
func (b *builder) read(ds *datasource, self link, r Reads, repeat bool) (*source, error) {
	s := &source{ds: ds, self: self}
	own, err := b.tableLinks(r.Tables)
	if err != nil {
		return nil, err
	}
	columns := slices.Clone(own)
	for i, key := range r.SQL {
		sql, err := b.customSQL(key, i, self)
		if err != nil {
			return nil, err
		}
		s.sql = append(s.sql, sql)
		own = union(own, sql.Tables...)
		columns = append(columns, link{typeSQL, sql.ID})
		ds.ContainsUnsupportedCustomSQL = ds.ContainsUnsupportedCustomSQL || sql.IsUnsupportedCustomSQL
	}
	ds.UpstreamTables, ds.UpstreamDatasources, ds.UpstreamFlows, ds.Fields = own, []link{}, []link{}, []field{}
	s.tables, s.from = slices.Clone(own), slices.Clone(columns)
	if len(columns) > 0 {
		ds.Fields = append(ds.Fields, field{Typename: "ColumnField", UpstreamColumns: columnsOf(columns)})
	}
	for _, step := range []func(*source, Reads) error{b.readVirtual, b.readFlows, b.readExtract} {
		if err := step(s, r); err != nil {
			return nil, err
		}
	}
	return s, b.readParents(s, r, repeat)
}

func (b *builder) readVirtual(s *source, r Reads) error {
	for _, name := range r.Virtual {
		vt, ok := b.virtual[name]
		if !ok {
			return fmt.Errorf("no virtual connection table %q", name)
		}
		l := link{typeVirtual, vt.ID}
		s.from = append(s.from, l)
		s.ds.Fields = append(s.ds.Fields, field{
			Typename: "ColumnField", UpstreamColumns: columnsOf([]link{l}),
			UpstreamVirtualConnectionTables: []link{{ID: vt.ID}},
		})
		if s.ds.publishedPart != nil {
			s.ds.UpstreamVirtualConnectionTables = append(s.ds.UpstreamVirtualConnectionTables, link{ID: vt.ID})
		}
	}
	return nil
}

func (b *builder) readFlows(s *source, r Reads) error {
	for _, name := range r.Flows {
		f, ok := b.flows[name]
		if !ok {
			return fmt.Errorf("no flow %q", name)
		}
		s.ds.UpstreamFlows = append(s.ds.UpstreamFlows, link{ID: f.ID})
		f.DownstreamDatasources = union(f.DownstreamDatasources, s.self)
	}
	return nil
}

func (b *builder) readExtract(s *source, r Reads) error {
	if r.Extract == "" {
		return nil
	}
	// Before the nightly fetch: an extract must not be newer than its snapshot.
	at, err := clock(r.Extract, 1, 5, b.site, "extract", s.ds.ID)
	s.ds.HasExtracts, s.ds.ExtractLastRefreshTime, s.ds.ExtractLastUpdateTime = true, &at, &at
	return err
}

func (b *builder) readParents(s *source, r Reads, repeat bool) error {
	for _, name := range r.Published {
		p, ok := b.published[name]
		if !ok {
			return fmt.Errorf("no published data source %q above this in the files", name)
		}
		s.ds.UpstreamDatasources = union(s.ds.UpstreamDatasources, p.self)
		if s.self.Typename == typeEmbedded {
			s.ds.ParentPublishedDatasources = union(s.ds.ParentPublishedDatasources, link{ID: p.self.ID})
		}
		s.parents = union(union(s.parents, p.self), p.parents...)
		s.sql = append(s.sql, p.sql...)
		s.tables, s.from = union(s.tables, p.tables...), union(s.from, p.from...)
		f := field{
			Typename: "DatasourceField", UpstreamColumns: []column{},
			RemoteField: &remote{Datasource: p.self},
		}
		if repeat {
			s.ds.UpstreamTables = union(s.ds.UpstreamTables, p.tables...)
			f.UpstreamColumns = columnsOf(p.tables)
		}
		s.ds.Fields = append(s.ds.Fields, f)
	}
	return nil
}

func columnsOf(tables []link) []column {
	out := []column{}
	for _, t := range tables {
		out = append(out, column{t})
	}
	return out
}

// customSQL adds a custom SQL table; every data source has its own.
func (b *builder) customSQL(key string, nth int, of link) (*customSQLTable, error) {
	spec, query, err := b.w.query(key)
	if err != nil {
		return nil, err
	}
	db, err := b.w.database(b.site, spec.Connection)
	if err != nil {
		return nil, fmt.Errorf("custom SQL %q: %w", key, err)
	}
	tables, err := b.tableLinks(spec.Tables)
	if err != nil {
		return nil, fmt.Errorf("custom SQL %q: %w", key, err)
	}
	name := "Custom SQL Query"
	if nth > 0 {
		name += fmt.Sprint(nth)
	}
	t := &customSQLTable{
		ID: metaID(b.site, "sql", of.ID, key), Name: name, Query: query,
		IsUnsupportedCustomSQL: spec.Unsupported, IsEmbedded: of.Typename == typeEmbedded,
		ConnectionType: db.ConnectionType, Database: db, Tables: tables,
		DownstreamSheets: []link{}, DownstreamDashboards: []link{}, DownstreamDatasources: []link{of},
	}
	b.out.Metadata.CustomSQLTables = append(b.out.Metadata.CustomSQLTables, t)
	return t, nil
}

func (b *builder) addPublished() error {
	for i := range b.sc.Published {
		spec := &b.sc.Published[i]
		if err := b.addPublishedOne(spec); err != nil {
			return fmt.Errorf("published %q: %w", spec.Name, err)
		}
	}
	return nil
}

func (b *builder) addPublishedOne(spec *publishedSpec) error {
	seed := spec.Project + "/" + spec.Name
	project, err := b.project(spec.Project)
	if err != nil {
		return err
	}
	owner, err := b.owner(spec.Owner)
	if err != nil {
		return err
	}
	number := number(1000, 90000, b.site, "datasource", seed)
	ds := &datasource{
		ID: metaID(b.site, "published", seed), Name: spec.Name,
		publishedPart: &publishedPart{
			LUID: luid(b.site, "published", seed), Description: spec.Description,
			ProjectName: project.Name, ProjectLUID: b.projectLUID(spec.Project), ContainerName: project.Name,
			URI: "sites/" + b.sc.Site.Number + "/datasources/" + number, VizportalURLID: number,
			IsCertified: spec.Certified, HasActiveWarning: spec.Warning,
			Owner: owner, Tags: tags(spec.Tags),
		},
	}
	if ds.CreatedAt, ds.UpdatedAt, err = b.stamps(spec.Created, spec.Updated, seed); err != nil {
		return err
	}
	s, err := b.read(ds, link{typePublished, ds.ID}, spec.Reads, false)
	if err != nil {
		return err
	}
	if b.published[spec.Name] != nil {
		return fmt.Errorf("is there twice")
	}
	b.published[spec.Name] = s
	b.out.Metadata.PublishedDatasources = append(b.out.Metadata.PublishedDatasources, ds)
	return nil
}

// stamps are the times of an object that was made and changed on two dates.
func (b *builder) stamps(created, updated, seed string) (from, to string, err error) {
	if from, err = clock(created, 6, 11, b.site, "created", seed); err != nil {
		return "", "", err
	}
	to, err = clock(updated, 12, 18, b.site, "updated", seed)
	if err == nil && to < from {
		err = fmt.Errorf("was updated on %q, before it was created on %q", updated, created)
	}
	return from, to, err
}

func (b *builder) addVirtualConnections() error {
	for _, vc := range b.sc.VirtualCon {
		project, err := b.project(vc.Project)
		if err != nil {
			return fmt.Errorf("virtual connection %q: %w", vc.Name, err)
		}
		owner, err := b.owner(vc.Owner)
		if err != nil {
			return fmt.Errorf("virtual connection %q: %w", vc.Name, err)
		}
		row := virtualConnection{
			ID: metaID(b.site, "vc", vc.Name), LUID: luid(b.site, "vc", vc.Name),
			Name: vc.Name, ProjectName: project.Name, Owner: owner, Tables: []link{},
		}
		for _, ref := range vc.Tables {
			up, err := b.tableLinks([]string{ref})
			if err != nil {
				return fmt.Errorf("virtual connection %q: %w", vc.Name, err)
			}
			_, name, _ := strings.Cut(ref, ".")
			vt := virtualTable{
				ID: metaID(b.site, "vc", vc.Name, ref), LUID: luid(b.site, "vc", vc.Name, ref), Name: name,
				VirtualConnection: link{ID: row.ID}, UpstreamTables: up,
			}
			row.Tables = append(row.Tables, link{ID: vt.ID})
			b.virtual[vc.Name+"/"+name], b.refs[vt.ID] = vt, ref
			b.out.Metadata.VirtualConnectionTables = append(b.out.Metadata.VirtualConnectionTables, vt)
		}
		b.out.Metadata.VirtualConnections = append(b.out.Metadata.VirtualConnections, row)
	}
	return nil
}
