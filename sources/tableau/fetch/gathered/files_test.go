package gathered_test

import (
	"testing"

	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

// A file that cannot be read again does not take away what it said last time, whether that
// came to light before an interruption or after it.
func TestUnreadableFileKeepsEarlierFacts(t *testing.T) {
	unreadable := gathered.FileRecord("workbooks", "L", "Sales")
	unreadable.Nodes = pages.Raw([]string{"null"})
	earlier := snapshot.File{UpdatedAt: "2026-10-01T00:00:00Z"}
	key := gathered.FileKey("workbooks", "L")
	for name, interrupted := range map[string]bool{"before": true, "after": false} {
		for _, outdated := range []bool{false, true} {
			s := gathered.New(nil, nil, nil, true, nil)
			if interrupted {
				s.Apply(unreadable)
			}
			s.Files.Known(key, &earlier, outdated)
			s.Apply(unreadable)
			want := gathered.FactsText(earlier)
			if outdated {
				want = "null"
			}
			if got := s.Files.Facts(key); got != want || s.Files.Result().Downloaded != 0 {
				t.Errorf("%s, outdated %t: %s", name, outdated, got)
			}
		}
	}
}
