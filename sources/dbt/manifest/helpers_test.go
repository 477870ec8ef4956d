package manifest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/modeltest"
)

// read loads a manifest from memory through a window of the given size.
func read(data []byte, window int) (*model.Project, error) {
	p, _, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)), "manifest.json", nil, window)
	return p, err
}

// manifests are the hand-written ones, by file name.
func manifests(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/manifest/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no manifests in testdata", err)
	}
	out := map[string][]byte{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(file)] = data
	}
	return out
}

// byID brings the lists into an order that a map-based decoder can produce too.
func byID(p *model.Project) *model.Project {
	resource := func(a, b model.Resource) int { return cmp.Compare(a.ID, b.ID) }
	for _, list := range [][]model.Resource{p.Resources, p.Disabled} {
		for i := range list {
			slices.SortFunc(modeltest.Extra(&list[i]).Columns, func(a, b *model.Column) int {
				return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type), cmp.Compare(fmt.Sprint(a.Quoted), fmt.Sprint(b.Quoted)))
			})
		}
	}
	slices.SortStableFunc(p.Resources, resource)
	slices.SortStableFunc(p.Disabled, resource)
	slices.SortStableFunc(p.Exposures, func(a, b model.Exposure) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(p.Tests, func(a, b model.Test) int { return cmp.Compare(a.ID, b.ID) })
	return p
}

// dump prints every field that is not zero, one entry to a paragraph.
func dump(v any) string {
	var b strings.Builder
	dumpValue(&b, "", reflect.ValueOf(v))
	return b.String()
}

func dumpValue(b *strings.Builder, path string, v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		fmt.Fprintf(b, "%s %s\n", path, v.Interface().(time.Time).Format(time.RFC3339Nano))
	case v.Kind() == reflect.Pointer:
		dumpValue(b, path, v.Elem())
	case v.Kind() == reflect.Slice && (v.Type().Elem().Kind() == reflect.Struct || v.Type().Elem().Kind() == reflect.Pointer):
		for i := range v.Len() {
			fmt.Fprintf(b, "\n%s %d\n", path, i)
			dumpValue(b, " ", v.Index(i))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); !f.IsZero() {
				dumpValue(b, path+" "+v.Type().Field(i).Name, f)
			}
		}
	case v.Kind() == reflect.String:
		fmt.Fprintf(b, "%s %q\n", path, v.String())
	default:
		fmt.Fprintf(b, "%s %v\n", path, v.Interface())
	}
}
