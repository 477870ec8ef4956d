package write

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plainly writes a page as text: numbers, sign, text.
func plainly(page []line) string {
	var b strings.Builder
	for _, l := range page {
		sign := map[kind]string{added: "+", removed: "-", context: " ", heading: "#", gap: "…"}[l.kind]
		fmt.Fprintf(&b, "%d %d %s%s %s\n", l.old, l.new, sign, l.text, l.note)
	}
	return b.String()
}

// Lines have the numbers of the file before and after, and each exposure that changes its
// heading, wherever the hunk begins.
func TestDiffIsReadByExposure(t *testing.T) {
	f := FilePlan{
		Added: []string{"c"}, Changed: []string{"a"}, Removed: []string{"b"},
		Old: []EntryLine{{"a", 3}, {"b", 20}, {"d", 24}}, New: []EntryLine{{"a", 3}, {"c", 21}, {"d", 25}},
		Diff: strings.Join([]string{
			"--- a/x.yml", "+++ b/x.yml",
			"@@ -4,3 +4,3 @@", "   label: A", "-  type: dashboard", "+  type: notebook", "   url: u",
			"@@ -18,7 +18,8 @@", "   tags:", "+    - new", " ", "-- name: b", "-  type: x", "-  url: y", "- ", "+- name: c", "+  type: z", "+  url: y", "+ ", " - name: d", "   type: q",
			`\ No newline at end of file`, "",
		}, "\n"),
	}
	want := strings.TrimPrefix(`
0 0 #a changed
4 4    label: A 
5 0 -  type: dashboard 
0 5 +  type: notebook 
6 6    url: u 
0 0 … 
0 0 #a changed, continued
18 18    tags: 
0 19 +    - new 
19 20   
0 0 #b removed
20 0 -- name: b 
21 0 -  type: x 
22 0 -  url: y 
23 0 -  
0 0 #c new
0 21 +- name: c 
0 22 +  type: z 
0 23 +  url: y 
0 24 +  
24 25  - name: d 
25 26    type: q 
0 0 \ No newline at end of file 
`, "\n")
	got := strings.ReplaceAll(plainly(f.read()), "  \n", " \n")
	if diff := cmp.Diff(strings.ReplaceAll(want, "  \n", " \n"), got); diff != "" {
		t.Error(diff)
	}
}

// Whatever a diff is, reading it neither fails nor loses a line of a hunk.
func FuzzDiff(f *testing.F) {
	f.Add("@@ -1 +1 @@\n-a\n+b\n", "a", 1)
	f.Add("@@ -0,0 +1,2 @@\n+  - name: x\n+\n@@", "x", 9)
	f.Add("@@\n@@ - +\n", "", -3)
	f.Fuzz(func(t *testing.T, diff, name string, at int) {
		p := FilePlan{Diff: diff, Added: []string{name}, New: []EntryLine{{name, at}}}
		lines := 0
		for _, l := range p.read() {
			if l.kind == added || l.kind == removed || l.kind == context {
				lines++
			}
		}
		begun, want := false, 0
		for l := range strings.SplitSeq(strings.TrimSuffix(diff, "\n"), "\n") {
			switch {
			case strings.HasPrefix(l, "@@"):
				begun = true
			case begun && !strings.HasPrefix(l, `\`):
				want++
			}
		}
		if lines != want {
			t.Errorf("%d lines of %d", lines, want)
		}
	})
}

// Only the lines that are seen or passed are drawn, however long the page is.
func TestOnlyWhatIsSeenIsDrawn(t *testing.T) {
	asked := 0
	s := scroll{lines: 1_000_000, seen: 20, rows: func(i int) int {
		asked++
		return 1 + i%3
	}}
	for _, step := range []func(){
		func() { s.to(0) },
		func() { s.by(30) },
		func() { s.to(500_000) },
		func() { s.by(-7) },
		func() { s.to(1 << 30) },
		func() { s.by(1) },
		s.clamp,
	} {
		asked = 0
		if step(); asked > 200 {
			t.Errorf("%d lines were drawn for a screen of 20", asked)
		}
	}
	if line, part := s.end(); s.top != line || s.part != part {
		t.Errorf("at %d, %d; the end is %d, %d", s.top, s.part, line, part)
	}
}

// One step is one row, and steps down and up come back, to the ends and not beyond.
func TestScrollingByRows(t *testing.T) {
	rows := []int{1, 3, 1, 7, 2, 1}
	s := scroll{lines: len(rows), seen: 4, rows: func(i int) int { return rows[i] }}
	type at struct{ top, part int }
	var down []at
	for range 11 { // 15 rows, of which 4 are seen
		down = append(down, at{s.top, s.part})
		s.by(1)
	}
	if last := (at{s.top, s.part}); last != (at{3, 6}) {
		t.Errorf("ends at %v", last)
	}
	s.by(5)
	for i := range down {
		s.by(-1)
		if want := down[len(down)-1-i]; (at{s.top, s.part}) != want {
			t.Errorf("%d up: %v, want %v", i+1, at{s.top, s.part}, want)
		}
	}
	s.by(-3)
	if s.top != 0 || s.part != 0 {
		t.Error("above the top")
	}
	s = scroll{rows: func(int) int { return 1 }, seen: 3}
	s.by(1)
	s.to(5)
	s.clamp()
	if s.top != 0 {
		t.Error("an empty page has no second line")
	}
}
