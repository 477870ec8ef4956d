package workbook

import (
	"cmp"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/tool"
)

// shelf holds the published data sources of a folder by what workbooks may call
// them.
type shelf struct {
	list  []published
	byURL map[string][]int // content URL
	named map[string][]int // name as shown: the file's
	loose map[string][]int // either one, or the caption; letters and digits only
	stubs map[string]string
	byID  map[string]int // → index in the site

	sources map[int]*source // by index in the site
}

// published is a published data source that was read.
type published struct {
	at     int // index in the site
	site   string
	source *source
}

func newShelf() *shelf {
	return &shelf{byURL: map[string][]int{}, named: map[string][]int{}, loose: map[string][]int{}, stubs: map[string]string{}, byID: map[string]int{}, sources: map[int]*source{}}
}

// publishedSource adds a .tds. Its own address is the location it was published
// to, unless it only connects to another published source: then the location is
// that one's.
func (b *builder) publishedSource(d *document) {
	src := d.sources[0]
	url, site := d.location.name(), d.location.site
	if src.connection.class == classPublished {
		url, site = "", ""
	}
	ds := model.Datasource{
		ID: b.id("d", "published:"+escape(cmp.Or(url, d.base))), Name: d.base, ContentURL: url, Published: true, HasExtract: src.extract,
	}
	at := len(b.site.Datasources)
	b.site.Datasources = append(b.site.Datasources, ds)
	b.tablesOf(at, src)
	b.published.byID[ds.ID] = at
	b.published.put(published{at: at, site: strings.ToLower(site), source: src}, url, d.base, src.caption)
}

func (s *shelf) put(p published, url, name, caption string) {
	n := len(s.list)
	s.list = append(s.list, p)
	s.sources[p.at] = p.source
	add := func(m map[string][]int, key string) {
		if list := m[key]; key != "" && (len(list) == 0 || list[len(list)-1] != n) {
			m[key] = append(list, n)
		}
	}
	add(s.byURL, strings.ToLower(url))
	add(s.loose, tool.Squeeze(url))
	add(s.named, strings.ToLower(name))
	add(s.loose, tool.Squeeze(name))
	add(s.loose, tool.Squeeze(caption)) // captions repeat, so they come last
}

// wanted is what a connection says of a published data source, surest first
// (FILES.md#published-sources).
type wanted struct {
	derived, dbname, id string // content URLs; id can be stale
	friendly            string
	site                string
	self                int // the index of the one who asks
}

// wantedBy reads a proxy connection. The data source's location speaks of the
// published source only where the proxy is all there is: the location of a
// federated source may be its own, when it is published itself or has other
// connections too.
func wantedBy(src *source, c connection, self int, embedded bool) wanted {
	w := wanted{dbname: c.dbname, friendly: c.friendly, self: self}
	if src.connection.class == classPublished || embedded && len(src.order) == 1 {
		w.derived, w.id, w.site = src.location.derived, src.location.id, strings.ToLower(src.location.site)
	}
	return w
}

// find looks for the published source; many is true when several fit equally.
func (s *shelf) find(w wanted) (at int, many bool) {
	for _, try := range []struct {
		in  map[string][]int
		key string
	}{
		{s.byURL, strings.ToLower(w.derived)},
		{s.byURL, strings.ToLower(w.dbname)},
		{s.named, strings.ToLower(w.friendly)},
		{s.named, strings.ToLower(w.derived)},
		{s.named, strings.ToLower(w.dbname)},
		{s.loose, tool.Squeeze(cmp.Or(w.derived, w.dbname, w.friendly))},
		{s.byURL, strings.ToLower(w.id)},
		{s.loose, tool.Squeeze(w.id)},
	} {
		found := -1
		if try.key == "" {
			continue
		}
		for _, n := range try.in[try.key] {
			p := &s.list[n]
			switch {
			case p.at == w.self || p.site != "" && w.site != "" && p.site != w.site:
			case found >= 0:
				return -1, true
			default:
				found = p.at
			}
		}
		if found >= 0 {
			return found, false
		}
	}
	return -1, false
}

// parents links the data source at index at to the published ones it connects
// to. One that is not in the folder is there as a name without tables.
func (b *builder) parents(at int, src *source) {
	have := map[string]bool{}
	for _, c := range src.proxies() {
		ds := &b.site.Datasources[at]
		w := wantedBy(src, c, at, !ds.Published)
		found, many := b.published.find(w)
		if many {
			ds.Connections = append(ds.Connections, model.Connection{
				Type: classPublished, Server: c.server, DatasourceName: cmp.Or(w.friendly, w.derived, w.dbname),
			})
			continue
		}
		var id string
		if found >= 0 {
			id = b.site.Datasources[found].ID
		} else {
			id = b.stub(w, cmp.Or(src.caption, src.name))
		}
		if !have[id] {
			have[id] = true
			ds = &b.site.Datasources[at] // stub may have moved the list
			ds.ParentIDs = append(ds.ParentIDs, id)
		}
	}
}

// stub is a published data source known by its name only.
func (b *builder) stub(w wanted, caption string) string {
	key := cmp.Or(w.derived, w.dbname, w.id, w.friendly, caption)
	at := strings.ToLower(w.site + "/" + key)
	if id, known := b.published.stubs[at]; known {
		return id
	}
	id := b.id("d", "published:"+escape(key))
	b.published.stubs[at] = id
	b.site.Datasources = append(b.site.Datasources, model.Datasource{
		ID: id, Name: cmp.Or(w.friendly, key), ContentURL: cmp.Or(w.derived, w.dbname, w.id), Published: true,
	})
	return id
}
