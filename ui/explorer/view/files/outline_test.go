package files

import (
	"fmt"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/view/treeview"
	"darkroom/ui/tree"
)

// rows are the names of an outline with their depth.
func rows(o *treeview.Outline, ids []tree.ID, indent string) (out string) {
	for _, id := range ids {
		out += indent + o.Item(id).Name + "\n"
		if o.Item(id).Group {
			out += rows(o, o.Children(id), indent+"  ")
		}
	}
	return out
}

// Files are by project and path, their exposures by line, and those that are not written
// yet at the end; an exposure of several dashboards that are not known has no rows below.
func TestOutlineOrder(t *testing.T) {
	a, b := &model.Project{Name: "a", Root: "/a"}, &model.Project{Name: "b", Root: "/b"}
	g, err := lineage.Build(t.Context(), []*model.Project{a, b}, nil, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	entry := func(p *model.Project, path, name string, line int) *outlook.Entry {
		return &outlook.Entry{Name: name, In: p, Project: p.Name, Path: path, Line: line, Auto: true, Dashboards: []string{"gone"}}
	}
	o := outline(g, outlook.Make([]*outlook.Entry{
		entry(b, "y.yml", "z", 4), entry(a, "y.yml", "new", 0), entry(a, "y.yml", "last", 90), entry(a, "y.yml", "first", 3), entry(a, "x.yml", "q", 1),
		{Name: "", Label: "refused", State: outlook.Refused},
	}, nil, ""))
	want := "a: x.yml\n  q\na: y.yml\n  first\n  last\n  new\nb: y.yml\n  z\n"
	if got := rows(o, o.Roots(), ""); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if o := outline(g, nil); len(o.Roots()) != 0 {
		t.Error("rows before there is an outlook")
	}
}

// Thousands of files are thousands of rows, each once.
func TestOutlineOfManyFiles(t *testing.T) {
	p := &model.Project{Name: "a", Root: "/a"}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, nil, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var entries []*outlook.Entry
	for i := range 5000 {
		entries = append(entries, &outlook.Entry{Name: fmt.Sprint("e", i), In: p, Path: fmt.Sprintf("models/%05d.yml", i)})
	}
	if o := outline(g, outlook.Make(entries, nil, "")); len(o.Roots()) != 5000 || o.Item(o.Roots()[4999]).Name != "models/04999.yml" {
		t.Errorf("%d files", len(o.Roots()))
	}
}
