package merge

import (
	"testing"

	"darkroom/model/exposure/exposuretest"
)

// Entries begin in the files, old and new, where a result says.
func TestLinesOfEntries(t *testing.T) {
	begins := func(text []byte) (out []EntryLine) {
		for _, e := range EntriesIn(text) {
			out = append(out, EntryLine{e.Name, e.Line})
		}
		return out
	}
	same := func(what string, got, want []EntryLine) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: %v, want %v", what, got[i], want[i])
			}
		}
	}
	first, files := layout(t, nil, nil, exposuretest.OurFile, many(5)...)
	same("first", first.Files[0].OldLines, nil)
	same("first", first.Files[0].NewLines, begins(first.Files[0].Text))
	second, files := layout(t, files, first.Base, exposuretest.OurFile, append(many(3), others(4)...)...)
	same("second", second.Files[0].OldLines, begins(second.Files[0].Old))
	same("second", second.Files[0].NewLines, begins(second.Files[0].Text))
	if len(second.Files[0].NewLines) != 7 {
		t.Errorf("%d entries", len(second.Files[0].NewLines))
	}
	third, _ := layout(t, files, second.Base, exposuretest.OurFile)
	same("emptied", third.Files[0].OldLines, begins(third.Files[0].Old))
	same("emptied", third.Files[0].NewLines, nil)
}
