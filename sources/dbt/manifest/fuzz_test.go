package manifest

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"darkroom/sources/dbt/dbttest"
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
		dbttest.Equal(t, small, big, nil, nil)
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
