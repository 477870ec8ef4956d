package dbt

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
)

// FuzzManifest: no input panics, the window's size makes no difference, what was
// loaded is what encoding/json sees, and no prefix of a manifest loads.
func FuzzManifest(f *testing.F) {
	for _, data := range manifests(f) {
		f.Add(data)
	}
	f.Add([]byte(`{"nodes": {"model.s.a": {"name": "a\"\\\u00e4", "name": 1e5, "config": {"tags": "x"}}}, "disabled": [{}], "parent_map": {"model.s.a": ["b"]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		small, errSmall := read(data, 64)
		big, errBig := read(data, 4096)
		if (errSmall == nil) != (errBig == nil) {
			t.Fatalf("window 64: %v\nwindow 4096: %v", errSmall, errBig)
		}
		if errBig != nil {
			if errBig.Error() != errSmall.Error() {
				t.Fatalf("window 64: %v\nwindow 4096: %v", errSmall, errBig)
			}
			return
		}
		equal(t, small, big, nil, nil)
		if n := len(bytes.TrimRight(data, " \t\r\n")); n > 0 {
			if _, err := read(data[:n-1], 512); err == nil {
				t.Fatal("loads without its last byte")
			}
		}
		if !utf8.Valid(data) || bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || !json.Valid(data) {
			return
		}
		agree(t, data, big, true)
	})
}

func FuzzCatalog(f *testing.F) {
	f.Add([]byte(catalogText))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, errA := readCatalog(context.Background(), bytes.NewReader(data), "f", 64)
		b, errB := readCatalog(context.Background(), bytes.NewReader(data), "f", 4096)
		equal(t, a, b, errA, errB)
	})
}

func FuzzRunResults(f *testing.F) {
	f.Add([]byte(runResultsText))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, errA := readRunResults(context.Background(), bytes.NewReader(data), "f", 64)
		b, errB := readRunResults(context.Background(), bytes.NewReader(data), "f", 4096)
		if errA != nil || errB != nil {
			equal(t, nil, nil, errA, errB)
			return
		}
		equal(t, a.runs, b.runs, errA, errB)
		equal(t, a.command, b.command, errA, errB)
	})
}

func FuzzSources(f *testing.F) {
	f.Add([]byte(sourcesText))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, errA := readFreshness(context.Background(), bytes.NewReader(data), "f", 64)
		b, errB := readFreshness(context.Background(), bytes.NewReader(data), "f", 4096)
		equal(t, a, b, errA, errB)
	})
}

func equal(t *testing.T, a, b any, errA, errB error) {
	t.Helper()
	if (errA == nil) != (errB == nil) || errA != nil && errA.Error() != errB.Error() {
		t.Fatalf("window 64: %v\nwindow 4096: %v", errA, errB)
	}
	if !reflect.DeepEqual(a, b) {
		t.Fatal(gocmp.Diff(a, b))
	}
}

// FuzzUnescape compares with encoding/json.
func FuzzUnescape(f *testing.F) {
	f.Add(`a\n\u00e4\ud83d\ude00\ud83dx\\\"\/`)
	f.Fuzz(func(t *testing.T, inside string) {
		var want string
		if json.Unmarshal([]byte(`"`+inside+`"`), &want) != nil {
			return
		}
		got, valid := unescape(nil, []byte(inside))
		if !valid || validText(string(got)) != want {
			t.Fatalf("%q: got %q %v, want %q", inside, got, valid, want)
		}
	})
}

// FuzzSettings: a hostile dbt_project.yml at worst gives an error.
func FuzzSettings(f *testing.F) {
	f.Add([]byte("name: shop\nmodel-paths: [a, *b]\nvars: {x: 1}\n---\ntarget-path: \"{{ env_var('X', 'y') }}\"\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := settingsOf(text)
		if err == nil && (s.target == "" || len(s.models) == 0) {
			t.Fatalf("no defaults in %+v", s)
		}
	})
}
