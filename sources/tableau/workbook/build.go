package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"darkroom/model"
	"darkroom/sources/compact"
	"darkroom/sources/tableau/tool"
)

// builder makes one site of several documents.
type builder struct {
	site      *model.Site
	tables    map[tableKey]int // → index
	places    compact.Shared[model.Place]
	taken     map[string]int // ids, each with its kind in front → times asked for
	published *shelf
	budget    int  // ids that lists of this workbook may still hold, see spend
	short     bool // a list of this workbook was cut off by the budget
	columnAt  model.ColumnPlaces
	fields    map[publishedField]*found
	steps     int // that may still be taken to follow fields of published data sources
}

// maxLinks bounds, per workbook, the ids that sheets and stories repeat from
// each other, which is the only place where a small file could grow large.
const maxLinks = 1_000_000

// build turns documents, in the order of their files, into a site.
func build(docs []*document) *model.Site {
	b := &builder{
		site: &model.Site{Tool: tool.Tableau, Columns: []model.TableColumn{}}, tables: map[tableKey]int{}, taken: map[string]int{},
		published: newShelf(), columnAt: model.ColumnPlaces{}, fields: map[publishedField]*found{}, steps: maxSteps,
	}
	for _, d := range docs {
		if !d.workbook {
			b.publishedSource(d)
		}
	}
	for _, p := range b.published.list {
		b.parents(p.at, p.source)
	}
	books := slices.DeleteFunc(slices.Clone(docs), func(d *document) bool { return !d.workbook })
	for i, key := range workbookKeys(books) {
		b.workbook(books[i], key)
	}
	b.sortColumns()
	return b.site
}

// workbookKeys gives each workbook the name it keeps between runs: its content
// URL, otherwise its file's name. Of several copies of one workbook the one that is
// called like it keeps the plain name.
func workbookKeys(books []*document) []string {
	keys := make([]string, len(books))
	owner := map[string]int{}
	for i, d := range books {
		keys[i] = cmp.Or(d.location.name(), d.base)
		if at, taken := owner[keys[i]]; !taken || tool.Squeeze(books[at].base) != tool.Squeeze(keys[i]) && tool.Squeeze(d.base) == tool.Squeeze(keys[i]) {
			owner[keys[i]] = i
		}
	}
	for i, d := range books {
		if owner[keys[i]] != i {
			keys[i] += "~" + d.base
		}
	}
	return keys
}

// id makes an id that no other object of the kind has.
func (b *builder) id(kind, id string) string {
	free := id
	for b.taken[kind+free] > 0 {
		b.taken[kind+id]++
		free = id + "~" + strconv.Itoa(b.taken[kind+id])
	}
	b.taken[kind+free]++
	return free
}

// escape keeps the parts of an id apart.
func escape(part string) string {
	return strings.NewReplacer("%", "%25", "/", "%2F").Replace(part)
}

func (b *builder) workbook(d *document, key string) {
	w := model.Workbook{ID: b.id("w", "file:"+escape(key)), Name: d.base}
	b.site.Workbooks = append(b.site.Workbooks, w)
	sources := map[string]string{} // name in the file → id
	at := map[string]int{}
	for _, src := range d.sources {
		ds := model.Datasource{
			ID: b.id("d", w.ID+"/"+escape(src.name)), Name: cmp.Or(src.caption, src.name), WorkbookID: w.ID, HasExtract: src.extract,
		}
		sources[src.name], at[src.name] = ds.ID, len(b.site.Datasources)
		b.site.Datasources = append(b.site.Datasources, ds)
		b.tablesOf(at[src.name], src)
		b.parents(at[src.name], src)
	}
	sheets := b.sheets(d, &w, sources)
	b.usedTables(d, at, sheets)
	b.columns(d, at, sheets)
	b.dashboards(d, &w, sheets)
	if b.short {
		b.site.Partial = append(b.site.Partial, fmt.Sprintf("workbook %s: its stories and tooltips show more sheets than are kept", d.file))
	}
}

// sheets adds the worksheets and returns where the first one is.
func (b *builder) sheets(d *document, w *model.Workbook, sources map[string]string) int {
	first := len(b.site.Sheets)
	for _, s := range d.sheets {
		out := model.Sheet{ID: b.id("s", w.ID+"/"+escape(s.name)), Name: s.name, WorkbookID: w.ID}
		for _, u := range s.uses {
			// A source that the file lacks is linked to nevertheless: the walk says so.
			out.DatasourceIDs = append(out.DatasourceIDs, cmp.Or(sources[u.source], w.ID+"/"+escape(u.source)))
		}
		b.site.Sheets = append(b.site.Sheets, out)
	}
	return first
}

// dashboards adds dashboards and stories. A story shows what its points show.
func (b *builder) dashboards(d *document, w *model.Workbook, first int) {
	b.budget, b.short = maxLinks, false
	sheetID := map[string]string{}
	tooltips := map[string][]string{}
	for i := range d.sheets {
		name := d.sheets[i].name
		sheetID[name], tooltips[name] = b.site.Sheets[first+i].ID, d.sheets[i].tooltips
	}
	shows := map[string][]string{} // dashboard → sheet ids
	for _, v := range d.dashboards {
		shows[v.name] = b.shown(v.shows, sheetID, tooltips)
	}
	book := d.location.name()
	for _, v := range d.dashboards {
		out := model.Dashboard{ID: b.id("v", w.ID+"/"+escape(v.name)), Name: v.name, WorkbookID: w.ID, Views: -1, SheetIDs: shows[v.name]}
		if book != "" && v.view != "" && !d.hidden[v.name] {
			out.Path = book + "/" + v.view
		}
		if len(v.points) > 0 {
			out.SheetIDs = b.story(v, shows, sheetID, tooltips)
		}
		b.site.Dashboards = append(b.site.Dashboards, out)
	}
}

// shown lists the sheets of zones, then those of their tooltips.
func (b *builder) shown(names []string, sheetID map[string]string, tooltips map[string][]string) []string {
	var out []string
	for _, name := range names {
		if id := sheetID[name]; id != "" {
			out = append(out, id)
		}
	}
	for _, name := range names {
		for _, tip := range tooltips[name] {
			if id := sheetID[tip]; id != "" && b.afford(1) {
				out = append(out, id)
			}
		}
	}
	return model.Distinct(out)
}

func (b *builder) story(v *dashboard, shows map[string][]string, sheetID map[string]string, tooltips map[string][]string) []string {
	if len(v.points) == 1 && len(v.shows) == 0 && sheetID[v.points[0]] == "" {
		return shows[v.points[0]] // shared, not copied
	}
	out := b.shown(slices.Concat(v.shows, v.points), sheetID, tooltips)
	for _, name := range v.points {
		if list := shows[name]; sheetID[name] == "" && name != v.name && b.afford(len(list)) {
			out = append(out, list...)
		}
	}
	return model.Distinct(out)
}

// afford is spend for ids whose absence has to be reported.
func (b *builder) afford(n int) bool {
	ok := b.spend(n)
	b.short = b.short || !ok
	return ok
}

// spend takes n from the budget; false when it is used up.
func (b *builder) spend(n int) bool {
	b.budget -= n
	return b.budget >= 0
}
