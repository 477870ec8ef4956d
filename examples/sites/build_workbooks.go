package main

import (
	"fmt"
	"slices"
)

// desk is one workbook while it is built.
type desk struct {
	spec    *workbookSpec
	wb      *workbook
	seed    string
	url     string
	sources map[string]*source
	sheets  map[string]*sheet
	boards  map[string]*dashboard
	paths   map[string]bool
}

func (b *builder) addWorkbooks() error {
	for i := range b.sc.Workbooks {
		spec := &b.sc.Workbooks[i]
		if err := b.addWorkbook(spec); err != nil {
			return fmt.Errorf("workbook %q: %w", spec.Name, err)
		}
	}
	return nil
}

func (b *builder) addWorkbook(spec *workbookSpec) error {
	d := &desk{
		spec: spec, seed: spec.Project + "/" + spec.Name,
		sources: map[string]*source{}, sheets: map[string]*sheet{},
		boards: map[string]*dashboard{}, paths: map[string]bool{},
	}
	d.url = spec.URL
	if d.url == "" {
		d.url = urlName(spec.Name)
	}
	if b.urls[d.url] {
		d.url += "_" + number(10000, 9000, b.site, d.seed)
	}
	b.urls[d.url] = true
	if err := b.openWorkbook(d); err != nil {
		return err
	}
	for i := range spec.Sources {
		if err := b.addEmbedded(d, &spec.Sources[i]); err != nil {
			return fmt.Errorf("source %q: %w", spec.Sources[i].Name, err)
		}
	}
	for i := range spec.Dashboards {
		if err := b.addDashboard(d, &spec.Dashboards[i]); err != nil {
			return fmt.Errorf("dashboard %q: %w", spec.Dashboards[i].Name, err)
		}
	}
	for _, s := range spec.Sheets {
		if _, err := b.sheet(d, s, true); err != nil {
			return fmt.Errorf("sheet %q: %w", s.Name, err)
		}
	}
	b.addConnections(d)
	return nil
}

func (b *builder) openWorkbook(d *desk) error {
	spec := d.spec
	owner, err := b.owner(spec.Owner)
	if err != nil {
		return err
	}
	number := number(1000, 90000, b.site, "workbook", d.seed)
	wb := &workbook{
		ID: metaID(b.site, "workbook", d.seed), LUID: luid(b.site, "workbook", d.seed),
		Name: spec.Name, Description: spec.Description,
		URI: "sites/" + b.sc.Site.Number + "/workbooks/" + number, VizportalURLID: number,
		ContainerType: "personal space", ContainerName: owner.Name,
		Owner: owner, Tags: tags(spec.Tags),
		Dashboards: []link{}, Sheets: []link{}, EmbeddedDatasources: []link{},
	}
	if spec.Project != "" {
		project, err := b.project(spec.Project)
		if err != nil {
			return err
		}
		id := b.projectLUID(spec.Project)
		wb.ProjectName, wb.ProjectLUID = &project.Name, &id
		wb.ContainerType, wb.ContainerName = "project", project.Name
	}
	wb.CreatedAt, wb.UpdatedAt, err = b.stamps(spec.Created, spec.Updated, d.seed)
	d.wb = wb
	b.out.Metadata.Workbooks = append(b.out.Metadata.Workbooks, wb)
	return err
}

func (b *builder) addEmbedded(d *desk, spec *embeddedSpec) error {
	if d.sources[spec.Name] != nil {
		return fmt.Errorf("is there twice")
	}
	ds := &datasource{
		ID: metaID(b.site, "embedded", d.seed, spec.Name), Name: spec.Name,
		Workbook:  &link{ID: d.wb.ID},
		CreatedAt: d.wb.CreatedAt, UpdatedAt: d.wb.UpdatedAt,
	}
	reads := spec.Reads
	if spec.RESTOnly {
		reads.Published = nil
	}
	s, err := b.read(ds, link{typeEmbedded, ds.ID}, reads, !spec.Bare)
	if err != nil {
		return err
	}
	if s.unused, err = b.tableLinks(spec.Unused); err != nil {
		return err
	}
	if s.thin = spec.Thin; s.thin {
		ds.UpstreamTables = []link{}
	}
	for i := range ds.Fields {
		ds.Fields[i].Datasource = &link{ID: ds.ID}
	}
	d.sources[spec.Name] = s
	d.wb.EmbeddedDatasources = append(d.wb.EmbeddedDatasources, link{ID: ds.ID})
	b.out.Metadata.EmbeddedDatasources = append(b.out.Metadata.EmbeddedDatasources, ds)
	return nil
}

func (b *builder) addDashboard(d *desk, spec *dashboardSpec) error {
	v := &dashboard{
		ID: metaID(b.site, "dashboard", d.seed, spec.Name), DocumentViewID: luid(b.site, "document", d.seed, spec.Name),
		Name: spec.Name, Index: len(d.boards), CreatedAt: d.wb.CreatedAt, UpdatedAt: d.wb.UpdatedAt,
		Tags: tags(spec.Tags), Workbook: link{ID: d.wb.ID},
		Sheets: []link{}, UpstreamDatasources: []link{}, UpstreamTables: []link{},
	}
	if d.boards[spec.Name] != nil {
		return fmt.Errorf("is there twice")
	}
	d.boards[spec.Name] = v
	d.wb.Dashboards = append(d.wb.Dashboards, link{ID: v.ID})
	b.out.Metadata.Dashboards = append(b.out.Metadata.Dashboards, v)
	for _, ss := range spec.Sheets {
		sh, err := b.sheet(d, ss, false)
		if err != nil {
			return fmt.Errorf("sheet %q: %w", ss.Name, err)
		}
		v.Sheets = append(v.Sheets, link{ID: sh.ID})
		sh.ContainedInDashboards = union(sh.ContainedInDashboards, link{ID: v.ID})
		v.UpstreamDatasources = union(v.UpstreamDatasources, sh.ParentEmbeddedDatasources...)
		v.UpstreamDatasources = union(v.UpstreamDatasources, sh.UpstreamDatasources...)
		v.UpstreamTables = union(v.UpstreamTables, sh.UpstreamTables...)
		b.downstream(d, sh, v)
	}
	if len(v.UpstreamTables) == 0 {
		v.UpstreamColumns = b.columnsOfDashboard(v)
	}
	for _, name := range spec.Shows {
		shown, ok := d.boards[name]
		if !ok {
			return fmt.Errorf("shows %q, which is not above it", name)
		}
		v.UpstreamDatasources = union(v.UpstreamDatasources, shown.UpstreamDatasources...)
		v.UpstreamTables = union(v.UpstreamTables, shown.UpstreamTables...)
	}
	if !spec.Hidden {
		v.LUID, v.Path = luid(b.site, "view", d.seed, spec.Name), b.path(d, spec.Name)
		kind := "dashboard"
		if len(spec.Shows) > 0 {
			kind = "story"
		}
		b.addView(d, restView{ID: v.LUID, Name: v.Name, SheetType: kind}, v.Path, spec.Views)
	}
	return nil
}

// path is a view's "WorkbookUrl/ViewUrl", unique within the workbook.
func (b *builder) path(d *desk, title string) string {
	p := d.url + "/" + urlName(title)
	if d.paths[p] {
		p += "_" + number(1, 99, b.site, d.seed, title)
	}
	d.paths[p] = true
	return p
}

// sheet is the worksheet with a name, made when it is first described. Sheets that
// are only used in dashboards are hidden, as most publishers do, unless the workbook
// shows its tabs.
func (b *builder) sheet(d *desk, spec sheetSpec, alone bool) (*sheet, error) {
	if old := d.sheets[spec.Name]; old != nil || spec.Known {
		if old == nil || !spec.Known {
			return nil, fmt.Errorf("must be described once, the first time it is named")
		}
		return old, nil
	}
	sh := &sheet{
		ID: metaID(b.site, "sheet", d.seed, spec.Name), DocumentViewID: luid(b.site, "sheet document", d.seed, spec.Name),
		Name: spec.Name, Index: len(d.sheets), CreatedAt: d.wb.CreatedAt, UpdatedAt: d.wb.UpdatedAt,
		Tags: []tag{}, Workbook: link{ID: d.wb.ID}, ContainedInDashboards: []link{},
		ParentEmbeddedDatasources: []link{}, UpstreamDatasources: []link{}, UpstreamTables: []link{},
		DatasourceFields: []field{},
	}
	b.reads[sh.ID] = []link{}
	for _, name := range spec.Sources {
		s, ok := d.sources[name]
		if !ok {
			return nil, fmt.Errorf("no data source %q in the workbook", name)
		}
		sh.ParentEmbeddedDatasources = union(sh.ParentEmbeddedDatasources, s.self)
		sh.UpstreamDatasources = union(sh.UpstreamDatasources, s.parents...)
		sh.UpstreamTables = union(sh.UpstreamTables, s.used()...)
		sh.DatasourceFields = append(sh.DatasourceFields, field{
			Typename: "ColumnField", Datasource: &link{ID: s.self.ID}, UpstreamColumns: columnsOf(s.named()),
		})
		b.sheetReads(sh.ID, s)
	}
	if alone || d.spec.Tabs {
		sh.LUID, sh.Path = luid(b.site, "sheet view", d.seed, spec.Name), b.path(d, spec.Name)
		b.addView(d, restView{ID: sh.LUID, Name: sh.Name, SheetType: "worksheet"}, sh.Path, nil)
	}
	d.sheets[spec.Name] = sh
	d.wb.Sheets = append(d.wb.Sheets, link{ID: sh.ID})
	b.out.Metadata.Sheets = append(b.out.Metadata.Sheets, sh)
	return sh, nil
}

// downstream adds a sheet and its dashboard to the custom SQL tables that it reads.
func (b *builder) downstream(d *desk, sh *sheet, v *dashboard) {
	for _, s := range d.sources {
		if !slices.Contains(sh.ParentEmbeddedDatasources, s.self) {
			continue
		}
		for _, sql := range s.sql {
			sql.DownstreamSheets = union(sql.DownstreamSheets, link{ID: sh.ID})
			sql.DownstreamDashboards = union(sql.DownstreamDashboards, link{ID: v.ID})
		}
	}
}
