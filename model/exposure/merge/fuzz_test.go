package merge

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// FuzzMerge merges a fixed plan into any file over any last export: no panic, no
// line lost outside of the entries that are ours to change, none in them that the last
// export did not write, and nothing left to do for a second run.
func FuzzMerge(f *testing.F) {
	cands := three()
	first := Render(replan(nil, nil, cands...))
	f.Add([]byte(laidOut), first)
	f.Add(first, first)
	f.Add(first, []byte(nil))
	f.Add([]byte("exposures: []"), []byte(nil))
	f.Add([]byte("exposures:\n- name: a\n  description: >-\n    # x\n  # y\n\n# z\n- *a\n-\n  name: b\nx: 1"), []byte(nil))
	f.Add([]byte(strings.ReplaceAll(string(first), "Alpha\"", "Beta\" # c")), first)
	f.Add([]byte("\uFEFF"+strings.ReplaceAll(string(first), "\n", "\r\n")), first)
	anchored := strings.Replace(string(first), "    owner:\n", "    owner: &o\n      <<: {}\n", 1)
	f.Add([]byte(strings.Replace(anchored, "    owner:\n", "    # mine\n    owner: *o\n    was:\n", 1)), first)
	f.Add([]byte(anchored+"    tags: [{a: b}, !!str c, &d e] # f\n  # g\nx: [*o, *d]\n"), first)
	cands[0].Dashboard.Name = "Renamed"
	cands[1].Parents = cands[1].Parents[:1]
	cands[1].Unmatched = 2
	cands = cands[:2]
	f.Fuzz(func(t *testing.T, existing, base []byte) {
		disk, err := readOne(existing, base)
		if err != nil {
			return
		}
		plan := exposuretest.Plan(cands, disk.Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), File: exposuretest.OurFile})
		res, err := Merge(existing, base, plan)
		if err != nil {
			return
		}
		checkKept(t, existing, base, plan, res)
		if line, lost := lostLine([]File{{exposuretest.OurFile, existing}}, string(res.Text), string(base), res.Items); lost {
			t.Fatalf("%q is lost\n%+v\n%s", line, res.Items, Diff(existing, res.Text, "f"))
		}
		again, err := Merge(res.Text, res.Base, plan)
		if err != nil || string(again.Text) != string(res.Text) {
			t.Fatalf("second merge: %v\n%s", err, Diff(res.Text, again.Text, "f"))
		}
	})
}

// checkKept looks for every line of the file that was not ours, in order.
func checkKept(t *testing.T, existing, base []byte, plan exposure.Plan, res merged) {
	t.Helper()
	d := mustRead(existing, base)
	doc := d.files[0].doc
	ours := oursToChange(newMerger(d, plan, Settle{}))
	if res.Text == nil {
		return // nothing but ours was in it
	}
	var got []string
	for l := range strings.Lines(string(res.Text)) {
		got = append(got, strings.TrimPrefix(strings.TrimRight(l, "\r\n"), "\uFEFF"))
	}
	at := 0
	for n, l := range doc.Lines {
		text := strings.TrimRight(l.Text, "\r\n")
		if ours[n] || strings.TrimSpace(text) == "" || n == doc.ListLine() {
			continue
		}
		for at < len(got) && got[at] != text {
			at++
		}
		if at == len(got) {
			t.Fatalf("line %d is lost: %q\n%s", n+1, text, res.Text)
		}
		at++
	}
}

// oursToChange are the lines of the entries that a merge may rewrite or remove.
func oursToChange(m *merger) map[int]bool {
	ours := map[int]bool{}
	for i, e := range m.files[0].doc.Entries {
		key := m.files[0].keys[i]
		if key == "" || m.planned[key] == nil && (m.last.byKey[key] == nil || m.heldKeys[key]) {
			continue
		}
		for n := e.First; n < e.Last; n++ {
			ours[n] = true
		}
	}
	return ours
}
