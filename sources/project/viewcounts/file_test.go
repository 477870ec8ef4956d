package viewcounts

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/usage"
	"darkroom/sources/disk"
)

func site(views ...int) *model.Site {
	s := &model.Site{}
	for i, n := range views {
		s.Dashboards = append(s.Dashboards, model.Dashboard{LUID: string(rune('a' + i)), Views: n})
	}
	return s
}

func at(day int) time.Time { return time.Date(2026, 11, day, 4, 0, 0, 0, time.UTC) }

// Each sync adds one line with what changed; a second one of the day takes its place.
func TestAdd(t *testing.T) {
	snapshot := filepath.Join(t.TempDir(), "prod.json.gz")
	for _, c := range []struct {
		day  int
		site *model.Site
		want string
	}{
		{1, site(-1), ""},
		{1, site(5, 7), "2026-11-01 a=5 b=7\n"},
		{2, site(5, 7), "2026-11-01 a=5 b=7\n2026-11-02\n"},
		{3, site(6, -1), "2026-11-01 a=5 b=7\n2026-11-02\n2026-11-03 a=6 b=?\n"},
		{3, site(6, 9), "2026-11-01 a=5 b=7\n2026-11-02\n2026-11-03 a=6 b=9\n"},
		{4, site(-1, -1), "2026-11-01 a=5 b=7\n2026-11-02\n2026-11-03 a=6 b=9\n"},
		{4, site(6), "2026-11-01 a=5 b=7\n2026-11-02\n2026-11-03 a=6 b=9\n2026-11-04 b=?\n"},
	} {
		if err := Add(snapshot, c.site, at(c.day)); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(beside(snapshot))
		if got := strings.TrimPrefix(string(data), head+"\n"); got != c.want {
			t.Errorf("day %d: %v\n%s\nwant\n%s", c.day, err, got, c.want)
		}
	}
	h, err := Read(snapshot)
	if views, ok := h.Within(usage.Dashboard{LUID: "a", Total: 6}, at(1)); err != nil || !ok || views != 1 {
		t.Error(views, ok, err)
	}
}

// A file that is not ours, or that cannot be read, is named with its line and stays.
func TestForeignFiles(t *testing.T) {
	for text, want := range map[string]string{
		"my notes\n": "is not a file of view counts that darkroom wrote",
		"":           "is not a file of view counts that darkroom wrote",
		head + "\n2026-11-01 a=5\n<<<<<<< HEAD\n": `prod.views.txt:3:1: "<<<<<<<" is not a day`,
		head + "\n2026-11-01 a=many\n":            `prod.views.txt:2:1: "a=many" is not a count`,
		head + "\n2026-11-01 a=-4\n":              `"a=-4" is not a count`,
		head + "\n2026-11-31 a=4\n":               `"2026-11-31" is not a day`,
	} {
		snapshot := filepath.Join(t.TempDir(), "prod.json")
		if err := os.WriteFile(beside(snapshot), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := Add(snapshot, site(5), at(2))
		var e *disk.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), want) || e.Fix == "" {
			t.Errorf("%q: %v", text, err)
		}
		if data, _ := os.ReadFile(beside(snapshot)); string(data) != text {
			t.Errorf("%q became %q", text, data)
		}
	}
}

// A link is not followed: what comes with a repository must not lead elsewhere.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	snapshot, target := filepath.Join(dir, "prod.json"), filepath.Join(dir, "elsewhere")
	if err := os.WriteFile(target, []byte(head+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, beside(snapshot)); err != nil {
		t.Skip("no links here")
	}
	if err := Add(snapshot, site(5), at(2)); err == nil {
		t.Error("a link is followed")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(head + "\n2026-11-01 a=5 b=?\n2026-11-02\n \n")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parse("x", []byte(text))
		if err != nil {
			return
		}
		again, err := parse("x", format(h))
		if err != nil || string(format(again)) != string(format(h)) {
			t.Errorf("%v\n%s", err, format(h))
		}
	})
}
