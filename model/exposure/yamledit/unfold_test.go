package yamledit

import (
	"strings"
	"testing"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"

	"github.com/google/go-cmp/cmp"
)

// A map in flow style gets one key per line, with the same content, or stays as it is.
func TestUnfold(t *testing.T) {
	for _, tt := range []struct{ from, want string }{
		{"meta: {team: sales}", "meta:\n  team: sales"},
		{"meta: {team: sales,} # keep", "meta: # keep\n  team: sales"},
		{`meta: {a: [x, {y: z}], "b, c": "d, } e", 'it''s': 'f, ''g''', h: don't}`, "meta:\n  a: [x, {y: z}]\n  \"b, c\": \"d, } e\"\n  'it''s': 'f, ''g'''\n  h: don't"},
		{`meta: {"a":1, b: http://x/y}`, "meta:\n  \"a\": 1\n  b: http://x/y"},
		{"meta: {a: {b: {c: 1}}}", "meta:\n  a: {b: {c: 1}}"},
		{"meta: {\n  team: sales, note:\n    two words\n  }", "meta:\n  team: sales\n  note: two words"},
		{"meta: {}", ""},
		{"meta: {a, b: 1}", ""},
		{"meta: {a: 1, # why\n  b: 2}", ""},
		{"meta: &m {a: 1}", ""},
		{"meta: {<<: {a: 1}, b: 2}", ""},
		{"meta: [a]", ""},
		{"meta:\n  a: 1", ""},
	} {
		entry := "- name: x\n" + tt.from + "\ntype: dashboard"
		lines := func(text string) (out []yamltext.Line) {
			for i, l := range strings.Split(text, "\n") {
				if i > 0 {
					l = "  " + l
				}
				out = append(out, yamltext.Line{Text: l, End: "\n"})
			}
			return out
		}
		d := NewDraft(lines(entry), "\n", func(string) int { return 0 })
		if !d.Editable() {
			t.Fatalf("%s cannot be read", tt.from)
		}
		want := entry
		if tt.want != "" {
			want = "- name: x\n" + tt.want + "\ntype: dashboard"
		}
		done := d.Unfold([]string{"meta"})
		if diff := cmp.Diff(lines(want), d.Lines()); diff != "" || done != (tt.want != "") {
			t.Errorf("%s: %t (-want +got):\n%s", tt.from, done, diff)
		}
	}
}

func FuzzUnfold(f *testing.F) {
	f.Add(`{a: 'b', "c": [d, {e: f}], g: h i}`)
	f.Add("{a: b,\n    c: d}")
	f.Fuzz(func(t *testing.T, value string) {
		var lines []yamltext.Line
		for l := range strings.SplitSeq("- name: x\n  meta: "+value+"\n  type: dashboard", "\n") {
			lines = append(lines, yamltext.Line{Text: l, End: "\n"})
		}
		d := NewDraft(lines, "\n", func(string) int { return 0 })
		if !d.Editable() {
			return
		}
		before := d.entry.node
		if d.Unfold([]string{"meta"}) && !yamltree.Same(before, d.entry.node) {
			t.Fatalf("%q says something else:\n%v", value, d.Lines())
		}
	})
}
