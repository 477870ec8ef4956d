package explorer

import (
	"testing"

	"darkroom/ui/explorer/write"

	"github.com/google/go-cmp/cmp"
)

func TestConflictsAreAnsweredBeforeWriting(t *testing.T) {
	s, f := open(t, 120, 36)
	f.clashes = []write.Conflict{
		{Name: "sales", Field: "label", Tool: "Tableau", Yours: "Our Sales", Theirs: "Sales \x1b[31m2026", Moved: true},
		{Name: "sales", Field: "owner.name", Tool: "Tableau", Yours: "", Theirs: "BI Team"},
		{Name: "returns", Tool: "Tableau", Yours: "- name: returns", Theirs: "", Moved: true, Why: "it is written with &x"},
	}
	s.View("Dashboards").Filter("overview").Press("tick", "write")
	s.Has("3 values that you wrote and that Tableau has differently", "▌ sales.label  Tableau changed it too", "yours    Our Sales", "(nothing)", "returns  it is written with &x").Footer("tab next conflict")
	s.Keys("tab").Has("▌ sales.owner.name")
	s.Keys("t").Status("Tableau's value is used: sales.owner.name").Has("2 values").Hasnt("BI Team")
	s.Keys("tab", "y").Status("your value stays").Has("1 value")
	if diff := cmp.Diff(write.Answers{Take: []string{"sales.owner.name"}, Keep: []string{"sales.label"}}, f.answers); diff != "" {
		t.Error(diff)
	}
	if f.written != 0 {
		t.Error("an answer wrote")
	}
	s.Keys("w").Status("written:")
}

// Many entries that were not excluded are removed only with R.
func TestManyRemovalsAreAskedAbout(t *testing.T) {
	s, f := open(t, 120, 36)
	f.removals = []string{"this would remove 5 of 6 entries of shop: \x1b[31mnothing is decided"}
	s.View("Dashboards").Filter("overview").Press("tick", "write")
	s.Has("this would remove 5 of 6 entries of shop").Footer("R remove and write it")
	s.Keys("w").Status("press R to remove them").Keys("enter")
	if f.written != 0 {
		t.Fatal("written without the answer")
	}
	s.Keys("R").Status("written:")
	if f.written != 1 {
		t.Error("not written")
	}
}
