package manifest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/dbt/jsonwindow"
)

// TestGenerations reads one hand-written manifest of each schema generation. The
// goldens list every field that is not zero.
func TestGenerations(t *testing.T) {
	for name, data := range manifests(t) {
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			p, err := read(data, jsonwindow.DefaultSize)
			if err != nil {
				t.Fatal(err)
			}
			golden.RequireEqual(t, dump(p))
		})
	}
}

// TestAgainstReference compares with encoding/json, field by field.
func TestAgainstReference(t *testing.T) {
	cases := manifests(t)
	for _, n := range []int{1, 30, 150} {
		cases[fmt.Sprint("generated ", n)] = dbttest.Generate(uint64(n), n)
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := read(data, jsonwindow.DefaultSize)
			if err != nil {
				t.Fatal(err)
			}
			agree(t, data, got, false)
		})
	}
}

// TestWindows: the size of the window makes no difference to the result.
func TestWindows(t *testing.T) {
	cases := manifests(t)
	cases["generated"] = dbttest.Generate(5, 60)
	for name, data := range cases {
		want, err := read(data, jsonwindow.DefaultSize)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, size := range []int{64, 65, 97, 1000, 4096} {
			got, err := read(data, size)
			if err != nil {
				t.Fatal(name, size, err)
			}
			dbttest.Same(t, want, got)
		}
	}
}
