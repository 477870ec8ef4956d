package workbook_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau/workbook"
	"darkroom/sources/tableau/workbooktest"
)

// A column's dashboards are exactly those whose sheets have a field that is made of it, and
// what is not known is exactly what cannot be traced.
func TestColumnsOfRandomWorkbooks(t *testing.T) {
	used, unknown := 0, 0
	for seed := range uint64(500) {
		m := workbooktest.New(rand.New(rand.NewPCG(seed, 3)), seed%4 == 0)
		sites, err := workbook.Load(t.Context(), []string{"site"}, workbook.Options{FS: m.Files()})
		if err != nil {
			t.Fatal(err)
		}
		want := m.Dashboards()
		if d := cmp.Diff(want, workbooktest.InGraph(t, sites...)); d != "" {
			for name, file := range m.Files() {
				t.Logf("%s\n%s", name, file.Data)
			}
			t.Fatalf("seed %d: want (-), got (+)\n%s", seed, d)
		}
		for _, truth := range want {
			used, unknown = used+len(truth.Columns), unknown+len(truth.Unknown)
		}
	}
	if used < 500 || unknown < 200 {
		t.Errorf("%d columns are used and %d tables unknown: the workbooks show too little", used, unknown)
	}
}
