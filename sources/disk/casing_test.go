package disk

import (
	"testing"

	"darkroom/sources/disk/disktest"
)

func TestSpelling(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"models/Sales/Q1.yml", "models/x.yml", "models/two/A.yml"} {
		disktest.Write(t, root, name, "")
	}
	s := NewSpelling(root)
	for name, want := range map[string]string{
		"models/sales/q1.yml": "models/Sales/Q1.yml",
		"MODELS/SALES/q2.yml": "models/Sales/q2.yml",
		"models/x.yml":        "models/x.yml",
		"models/new/q1.yml":   "models/new/q1.yml",
		"models/two/A.yml":    "models/two/A.yml",
		"x.yml":               "x.yml",
	} {
		if got := s.Of(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	// Two that differ only in case, as Linux can have them: the one asked for.
	disktest.Write(t, root, "models/two/a.yml", "")
	s = NewSpelling(root)
	for _, name := range []string{"models/two/a.yml", "models/two/A.yml"} {
		if got := s.Of(name); got != name && got != "models/two/A.yml" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
