package query

import (
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
)

// Which text asks for no row that another one has not found.
func TestNarrows(t *testing.T) {
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{lineagetest.Tower("rpt")}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		before, text string
		want         bool
	}{
		{"ord", "orde", true},
		{"ord", "reorder", true},
		{"ord", "ord ", true},
		{"ord", "Order", true},
		{"Ord", "Order", true},
		{"a ord", "ab orders", true},
		{"owner:fi", "owner:fin", true},
		{"owner:fin", "owner:fin r", true},
		{"owner:fin r", "owner:fin re", true},
		{"views:>100 r", "views:>100 re", true},
		{"r -d", "re -d", true},
		{"r -owner:fin", "re -owner:fin", true},
		{"orde", "ord", false},
		{"ord", "order details", false}, // a row below "order" has the other word
		{"Ord", "order", false},
		{"r -d", "r -de", false},
		{"-owner:fi", "-owner:fin", false},
		{"-d", "-d r", false}, // groups are no hits of what only excludes
		{"r", "r -d", false},
		{"owner:fin", "-owner:fin", false},
		{"owner:fin", "name:fin", false},
		{"views:>1", "views:>10", false},
		{"views:>10", "views:>1", false},
		{"updated:<90d r", "updated:<90d re", false}, // by the clock
		{"state:und r", "state:und re", false},       // by what is decided
		{"+rpt r", "+rpt re", false},                 // by the manifests
		{"tag:a r", "tag:a re", false},
		{"r", "re owner:fin", false},
		{"views:x r", "views:x re", false},
	} {
		known := Known{Graph: g, Book: curate.New(nil), Now: noon}
		before, _ := Parse(c.before).Bind(known)
		b, _ := Parse(c.text).Bind(known)
		if got := b.Narrows(before); got != c.want {
			t.Errorf("%q after %q: %t", c.text, c.before, got)
		}
	}
	known := Known{Graph: lineage.Empty(), Book: curate.New(nil)}
	before, _ := Parse("r").Bind(known)
	b, _ := Parse("re").Bind(Known{Graph: g, Book: known.Book})
	if b.Narrows(before) || b.Narrows(nil) {
		t.Error("narrows what was asked of another graph")
	}
}
