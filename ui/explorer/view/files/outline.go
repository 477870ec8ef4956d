package files

import (
	"cmp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/tree"
)

// outline has the files of each project, and behind them what is in none.
func outline(g *lineage.Graph, o *outlook.Outlook) *treeview.Outline {
	b := builder{
		Outline: &treeview.Outline{Graph: g, Grow: treeview.GrowUpstream, Leaf: treeview.UpstreamLeaf},
		keys:    map[string]*lineage.Dashboard{}, seen: map[string]bool{}, files: map[string]*file{},
	}
	if o == nil { // not made yet
		return b.Outline
	}
	for _, d := range g.Dashboards() {
		b.keys[d.Key] = d
	}
	for _, e := range o.Entries {
		for _, key := range e.Dashboards {
			b.seen[key] = true
		}
		b.file(e).entries = append(b.file(e).entries, e)
	}
	slices.SortStableFunc(b.order, func(x, y *file) int {
		return cmp.Or(cmp.Compare(x.project, y.project), cmp.Compare(x.root, y.root), cmp.Compare(x.path, y.path))
	})
	b.addFiles()
	b.addLeftOut(o)
	b.addImported()
	return b.Outline
}

// file is one file of a project with its exposures.
type file struct {
	project, root, path string
	entries             []*outlook.Entry
}

type builder struct {
	*treeview.Outline
	keys  map[string]*lineage.Dashboard
	seen  map[string]bool  // keys of dashboards that have a row
	files map[string]*file // by folder and path
	order []*file
}

// file is that of an entry. One that has none is refused: its file has an empty path.
func (b *builder) file(e *outlook.Entry) *file {
	root := ""
	if e.In != nil {
		root = e.In.Root + "\x00" + e.In.Name
	}
	at := root + "\x00" + e.Path
	f := b.files[at]
	if f == nil {
		f = &file{project: e.Project, root: root, path: e.Path}
		b.files[at] = f
		b.order = append(b.order, f)
	}
	return f
}

func (b *builder) addFiles() {
	several := len(b.Graph.Projects) > 1
	for _, f := range b.order {
		if f.path == "" {
			continue
		}
		it := treeview.Item{
			Name: f.path, Group: true, Key: "\x01" + f.root + f.path,
			Facts: &treeview.Facts{Detail: fileDetail{f}},
		}
		if in := f.entries[0].In; in != nil {
			it.File = &view.Place{Project: in, File: f.path}
		}
		if several {
			it.Name = f.project + ": " + f.path
		}
		id := b.Add(tree.None, it)
		slices.SortStableFunc(f.entries, byLine)
		for _, e := range f.entries {
			b.addEntry(id, e)
		}
	}
}

// byLine is the order of the file; what is not in it yet is at the end, by name.
func byLine(x, y *outlook.Entry) int {
	line := func(e *outlook.Entry) int {
		if e.Line == 0 {
			return 1 << 30
		}
		return e.Line
	}
	return cmp.Or(cmp.Compare(line(x), line(y)), strings.Compare(x.Name, y.Name))
}

// addEntry adds an exposure. One of darkroom's and of one dashboard is that dashboard, so
// that decisions work on it; of several, they are below it.
func (b *builder) addEntry(parent tree.ID, e *outlook.Entry) {
	it := treeview.Item{
		Name: cmp.Or(e.Name, e.Label, e.Key), Note: e.Label, Key: "\x01" + cmp.Or(e.Key, e.Name),
		Facts: &treeview.Facts{Entry: e, Word: word(e), URL: func() string { return e.URL }},
	}
	var of []*lineage.Dashboard
	about := details.Exposure{Entry: e}
	for _, key := range e.Dashboards {
		if d := b.keys[key]; d != nil {
			about.About = append(about.About, d.Title())
			of = append(of, d)
		}
	}
	if it.Detail = about; !e.Auto {
		of = nil
	}
	if len(of) == 1 {
		it.Node, it.Lazy, it.URL = of[0].ID, true, nil
		b.AddNode(parent, it)
		return
	}
	it.Group = len(of) > 0
	id := b.Add(parent, it)
	for _, d := range of {
		b.AddDashboard(id, d)
	}
}

// addLeftOut adds what an export refuses and has no entry.
func (b *builder) addLeftOut(o *outlook.Outlook) {
	group := tree.None
	for _, d := range b.Graph.Dashboards() {
		of := o.Of(d.Key)
		if of.State != outlook.Refused || b.seen[d.Key] && hasFile(of) {
			continue
		}
		if group == tree.None {
			group = b.Add(tree.None, treeview.Item{
				Name: "left out", Key: "\x01left out", Group: true,
				Facts: &treeview.Facts{Detail: groupDetail{"Left out", "These dashboards are included, and dbt would refuse their exposures. The details say why, and the fix."}},
			})
		}
		b.seen[d.Key] = true
		b.AddDashboard(group, d)
	}
}

func hasFile(of *outlook.Dashboard) bool {
	return slices.ContainsFunc(of.Entries, func(e *outlook.Entry) bool { return e.Path != "" })
}

// addImported adds what is known and in no file, one group for each BI tool.
func (b *builder) addImported() {
	groups := map[*model.Tool]tree.ID{}
	for _, d := range b.Graph.Dashboards() {
		if b.seen[d.Key] {
			continue
		}
		group, known := groups[d.Site.Tool]
		if !known {
			name, from := "imported", "the BI tool"
			if t := d.Site.Tool; t != nil {
				name, from = name+"_from_"+t.Key, t.Name
			}
			group = b.Add(tree.None, treeview.Item{
				Name: name, Note: "not included", Key: "\x01" + name, Group: true, Shut: true,
				Facts: &treeview.Facts{Detail: groupDetail{name, "Dashboards that " + from + " has and that are in no file: they are not included. dbt lists automatic exposures under this name. space includes, x excludes."}},
			})
			groups[d.Site.Tool] = group
		}
		b.AddDashboard(group, d)
	}
}
