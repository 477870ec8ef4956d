package merge

import (
	"bytes"
	"testing"

	"darkroom/model/exposure"

	"github.com/google/go-cmp/cmp"

	"darkroom/model/exposure/exposuretest"
)

// What is kept of a text is used for that text alone: another one as long, of a file or of a
// last export that is older or was edited, is read again.
func TestCacheComparesTexts(t *testing.T) {
	base := exported(t)
	edits := [][2]string{{`label: "Beta"`, `label: "Bets"`}, {"name: beta", "name: bets"}, {"ref('fct_orders')", "ref('fct_order2')"}, {"kind: dashboard", "kind: dashboare"}}
	texts := [][]byte{base}
	for _, e := range edits {
		texts = append(texts, bytes.Replace(base, []byte(e[0]), []byte(e[1]), 1))
	}
	var cache Cache
	for range 2 {
		for _, file := range texts {
			for _, last := range texts {
				files := []File{{exposuretest.OurFile, file}}
				kept, err := cache.ReadDisk(t.Context(), files, cache.Base(last))
				if err != nil {
					t.Fatal(err)
				}
				fresh, err := ReadDisk(t.Context(), files, last)
				if err != nil {
					t.Fatal(err)
				}
				plan := exposuretest.PlanOf(exposuretest.Shop("1.12.6"), three()...)
				got, err := kept.Foresee(t.Context(), plan)
				if err != nil {
					t.Fatal(err)
				}
				want, err := fresh.Foresee(t.Context(), plan)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got) + cmp.Diff(fresh.Entries(), kept.Entries()) + cmp.Diff(allKnown(fresh), allKnown(kept)); diff != "" {
					t.Fatalf("(-fresh +kept):\n%s", diff)
				}
			}
		}
		cache.Sweep()
	}
}

// allKnown is what a disk knows, and what it says of each key.
func allKnown(d *Disk) (out struct {
	Known    exposure.Known
	Previous map[string]exposure.Previous
},
) {
	out.Known, out.Previous = d.Known(), map[string]exposure.Previous{}
	for key := range out.Known.Names {
		out.Previous[key], _ = out.Known.Previous(key)
	}
	out.Known.Previous = nil
	return out
}
