package treeview

import (
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// planted is a view of two folders, with one more column than every tree has.
func planted() *View {
	h := &view.Host{Styles: &theme.Styles{}, Glyphs: view.NewGlyphs(false), Graph: lineage.Empty(), Book: curate.New(nil)}
	v := New(h, Spec{
		Build: func(g *lineage.Graph) *Outline {
			o := &Outline{Graph: g}
			fruit := o.Add(tree.None, Item{Name: "fruit", Group: true, Facts: &Facts{Word: "folder", Count: 1200}})
			o.Add(fruit, Item{Name: "pear", Note: "of the old orchard"})
			o.Add(tree.None, Item{Name: "evil \x1b[31m", Facts: &Facts{Gap: true}})
			return o
		},
		Columns: append(Columns(), table.Column[Row]{Name: "key", Heading: "KEY", Width: 8, From: 90, Value: func(r Row) string { return "<" + r.Key + "\x1b>" }}),
	})
	v.Prepare(h.Graph, h.Book)()
	return v
}

func TestColumnsAreData(t *testing.T) {
	for width, want := range map[int]string{
		100: "       TITLE                          EXPOSURE  LINEAGE   OWNER          UPDATED     VIEWS KEY\n" +
			"▌▾     fruit                          folder       1.2k dashboards                         <fruit�>",
		70: "       TITLE                              EXPOSURE  LINEAGE     VIEWS\n▌▾     fruit                     folder       1.2k dashboards",
		50: "       TITLE                                VIEWS\n▌▾     fruit              1.2k dashboards",
		30: "       TITLE            VIEWS\n▌▾     fruit",
	} {
		v := planted()
		v.Resize(width, 5)
		v.tree.Open()
		lines := v.Draw(true)
		if got := strings.TrimRight(lines[0], " ") + "\n" + strings.TrimRight(lines[1], " "); got != want {
			t.Errorf("at %d:\n%q\nwant\n%q", width, got, want)
		}
		for _, l := range lines {
			if text.Width(l) != width || strings.Contains(l, "\x1b") {
				t.Errorf("%d cells at %d: %q", text.Width(l), width, l)
			}
		}
	}
}

func TestAClickOnAnArrowFolds(t *testing.T) {
	v := planted()
	v.Resize(80, 5)
	if checkbox := v.Click(1, 1); checkbox || v.Len() != 3 {
		t.Errorf("%d rows, checkbox %t", v.Len(), checkbox)
	}
	if checkbox := v.Click(4, 2); checkbox || v.Position() != 1 { // the box of a row one level down begins at 5
		t.Errorf("at %d, checkbox %t", v.Position(), checkbox)
	}
	if !v.Click(5, 2) {
		t.Error("a click on the box is not one on a checkbox")
	}
}

// Folds and cursor stay when the outline is built again; a row that is gone gives
// the cursor to what came after it.
func TestReplanting(t *testing.T) {
	v := planted()
	v.tree.Open()
	v.MoveBy(1)
	o := &Outline{Graph: v.Graph}
	o.Add(tree.None, Item{Name: "bread", Group: true})
	fruit := o.Add(tree.None, Item{Name: "fruit", Group: true})
	o.Add(fruit, Item{Name: "plum"})
	o.Add(tree.None, Item{Name: "evil \x1b[31m"})
	v.Replant(o)
	if got := strings.Join(v.Crumbs(), " "); v.Len() != 4 || got != "evil �[31m" {
		t.Errorf("%d rows, cursor on %q", v.Len(), got)
	}
}
