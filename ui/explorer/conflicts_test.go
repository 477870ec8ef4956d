package explorer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConflictsAreAnsweredBeforeWriting(t *testing.T) {
	s, f := open(t, 120, 36)
	f.clashes = []Conflict{
		{Name: "sales", Field: "label", Yours: "Our Sales", Tableau: "Sales \x1b[31m2026", Moved: true},
		{Name: "sales", Field: "owner.name", Yours: "", Tableau: "BI Team"},
		{Name: "returns", Yours: "- name: returns", Tableau: ""},
	}
	s.Press("2", "/", "overview", "enter", "space", "w")
	s.Has("3 values that you wrote and Tableau has otherwise", "▌ sales.label  Tableau changed it too", "yours    Our Sales", "(nothing)", "tab next conflict")
	s.Press("tab").Has("▌ sales.owner.name")
	s.Press("t").Has("Tableau's goes in: sales.owner.name", "2 values").Hasnt("BI Team")
	s.Press("tab", "y").Has("yours stays", "1 value")
	if diff := cmp.Diff(Answers{Take: []string{"sales.owner.name"}, Keep: []string{"sales.label"}}, f.answers); diff != "" {
		t.Error(diff)
	}
	if f.written != 0 {
		t.Error("an answer wrote")
	}
	s.Press("w").Has("written:")
}
