package tableau

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/sources/tableau/sitetest"
)

// Any value below the lists can be null or an empty object: that is never an
// error and never a dangling link. A list in its place may be refused.
func TestAnythingCanBeNull(t *testing.T) {
	for _, name := range []string{"snapshot.json", "nested.json", "fields.json", "noids.json", "views.json", "collections.json", "files.json", "incomplete.json"} {
		text, err := os.ReadFile("testdata/sites/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		eachValue(doc, "", 0, func(place string, depth int, set func(any)) {
			for _, value := range []any{nil, map[string]any{}, []any{}} {
				set(value)
				text, err := json.Marshal(doc)
				if err != nil {
					t.Fatal(err)
				}
				opt := Options{FS: fstest.MapFS{"in.json": {Data: text}}}
				sites, err := Load(t.Context(), []string{"in.json"}, opt)
				_, isList := value.([]any)
				if err != nil && depth > 2 && !isList {
					t.Errorf("%s: %s = %v: %v", name, place, value, err)
				}
				for _, s := range sites {
					sitetest.Check(t, s)
				}
				if t.Failed() {
					t.Fatalf("%s: %s = %v", name, place, value)
				}
			}
		})
	}
}

// eachValue calls fn for every value under v with a way to replace it, and puts
// the old value back.
func eachValue(v any, place string, depth int, fn func(place string, depth int, set func(any))) {
	visit := func(place string, old any, set func(any)) {
		fn(place, depth, set)
		set(old)
		eachValue(old, place, depth+1, fn)
	}
	switch v := v.(type) {
	case map[string]any:
		for key, old := range v {
			visit(strings.TrimPrefix(place+"."+key, "."), old, func(x any) { v[key] = x })
		}
	case []any:
		for i, old := range v {
			visit(place+"[]", old, func(x any) { v[i] = x })
		}
	}
}
