package merge

import (
	"fmt"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
	"darkroom/model/growth"
)

// many are n dashboards of n/5 workbooks.
func many(n int) []exposure.Candidate {
	p := exposuretest.Shop("1.12.6")
	var out []exposure.Candidate
	for i := range n {
		c := exposuretest.Candidate(p, fmt.Sprintf("%08x-0000-4000-8000-000000000000", i), fmt.Sprint("Sales ", i), "model.shop.fct_orders")
		c.Workbook.LUID, c.Workbook.Name = fmt.Sprintf("11112222-0000-4000-8000-%012d", i/5), fmt.Sprint("Book ", i/5)
		out = append(out, c)
	}
	return out
}

// asWorkbooks are the same at the other level.
func asWorkbooks(cands []exposure.Candidate) []exposure.Candidate {
	var out []exposure.Candidate
	for i := range cands {
		if c := cands[i]; i%5 == 0 {
			c.Key, c.Dashboard = c.Workbook.LUID, nil
			out = append(out, c)
		}
	}
	return out
}

// others are n dashboards of workbooks that many does not have.
func others(n int) []exposure.Candidate {
	out := many(n)
	for i := range out {
		c := &out[i]
		c.Key, c.Dashboard.Name, c.Workbook.LUID = "f"+c.Key[1:], "Other "+c.Dashboard.Name, "f"+c.Workbook.LUID[1:]
		c.Dashboard.LUID, c.URL = c.Key, c.URL+"/other"
	}
	return out
}

// The work of a merge grows with the number of entries, whatever happens to them, and
// however many files there are.
func TestMergeGrowsWithTheEntries(t *testing.T) {
	written := func(cands []exposure.Candidate, pattern exposure.Pattern) (files []File, base []byte) {
		out, files := layout(t, nil, nil, pattern, cands...)
		return files, out.Base
	}
	const perWorkbook = exposure.Pattern("models/{workbook}.yml")
	for _, test := range []struct {
		name          string
		before, after func(n int) []exposure.Candidate
		from, to      exposure.Pattern
		keep          bool // the entries that are there stay
	}{
		{"first export", nil, many, exposuretest.OurFile, exposuretest.OurFile, false},
		{"nothing to do", many, many, exposuretest.OurFile, exposuretest.OurFile, false},
		{"all removed", many, nil, exposuretest.OurFile, exposuretest.OurFile, false},
		{"held back by the other level", many, func(n int) []exposure.Candidate { return asWorkbooks(many(n)) }, exposuretest.OurFile, exposuretest.OurFile, true},
		{"a file for each workbook", nil, many, perWorkbook, perWorkbook, false},
		{"moved to files", many, many, exposuretest.OurFile, perWorkbook, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			growth.Check(t, 60, func(n int) growth.Run {
				var files []File
				var base []byte
				if test.before != nil {
					files, base = written(test.before(n), test.from)
				}
				var cands []exposure.Candidate
				if test.after != nil {
					cands = test.after(n)
				}
				return func() int {
					disk, err := ReadDisk(t.Context(), files, base)
					if err != nil {
						t.Fatal(err)
					}
					opt := exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), Place: test.to.File, WasRead: disk.WasRead}
					if test.keep {
						opt.KeepKeys = disk.KeysExcept()
					}
					out, err := disk.Merge(t.Context(), exposuretest.Plan(cands, disk.Known(), opt), Settle{})
					if err != nil || len(out.Files) == 0 && test.after != nil {
						t.Fatalf("%d files, error %v", len(out.Files), err)
					}
					return 0
				}
			})
		})
	}
}

// Whether an entry waits for the other level is looked up, however many entries stay.
func TestOtherLevelIsLookedUp(t *testing.T) {
	growth.Check(t, 60, func(n int) growth.Run {
		out, files := layout(t, nil, nil, exposuretest.OurFile, others(n)...)
		disk, err := ReadDisk(t.Context(), files, out.Base)
		if err != nil {
			t.Fatal(err)
		}
		m := newMerger(disk, exposuretest.PlanOf(exposuretest.Shop("1.12.6"), many(n)...), Settle{})
		return func() int {
			levels := m.levels()
			for i := range m.plan.Exposures {
				if m.blockedByOtherLevel(levels, &m.plan.Exposures[i]) {
					t.Fatal("another workbook holds it back")
				}
			}
			return 0
		}
	})
}
