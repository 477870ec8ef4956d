package decisions

import (
	"bytes"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aymanbagabas/go-udiff"
	"github.com/google/go-cmp/cmp"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/decisions/flowline"
	"darkroom/sources/yamlfile"
)

var update = flag.Bool("update", false, "write testdata/*/*.out again")

const newLUID = "77777777-0000-4000-8000-000000000000"

// hostile is a title that tries everything.
const hostile = "\"}\n# x: [&a *b] {{ ref('x') }} \x1b[31m\u202e\u2028\x85\u00a0\U000e0001 ünï 🎉 \\ 'q' \xff\x00"

var evening = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// nextDay is a step that touches the first record and a new dashboard.
func nextDay(b *curate.Book) {
	m := curate.Meta{At: evening, By: "ben", About: func(string) (string, string) { return hostile, "t.example.com" }}
	b.Set([]string{newLUID}, curate.Included, m)
	m.Why = "old"
	for key := range b.All() {
		b.Set([]string{key}, curate.Excluded, m)
		return
	}
}

func TestDecisions(t *testing.T) {
	disktest.EachCase(t, "testdata/decisions", *update, func(t *testing.T, name string, data []byte) string {
		d, err := parseDecisions(decisionsName, data)
		if strings.HasPrefix(name, "err_") != (err != nil) {
			t.Fatal(err)
		}
		if err != nil {
			return err.Error() + "\n"
		}
		var out strings.Builder
		b := curate.New(d.records())
		for key, r := range b.All() {
			fmt.Fprintf(&out, "%s %+v\n", key, r)
		}
		fmt.Fprintf(&out, "pins %+v\nignore %+v\n\n", d.matches.Pins, d.matches.Ignore)
		nextDay(b)
		after := d.render(b)
		out.WriteString(udiff.Unified("before", "after", string(data), string(after)))
		again := mustParse(t, after)
		want := map[string]curate.Record{}
		for key, r := range b.All() {
			r.Title = strings.ToValidUTF8(r.Title, "\ufffd")
			want[key] = r
		}
		if diff := cmp.Diff(want, again.records()); diff != "" {
			t.Error("what was written reads otherwise", diff)
		}
		if got := again.render(curate.New(again.records())); !bytes.Equal(got, after) {
			t.Error("a second write changes the file", udiff.Unified("first", "second", string(after), string(got)))
		}
		return strings.ReplaceAll(out.String(), "\r", "<CR>")
	})
}

func mustParse(t *testing.T, data []byte) *decisionsFile {
	t.Helper()
	d, err := parseDecisions(decisionsName, data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return d
}

// TestFastLine compares flowline.Read with the library: the two must never
// disagree.
func TestFastLine(t *testing.T) {
	var w strings.Builder
	for _, r := range []curate.Record{
		{Decision: curate.Included},
		{Decision: curate.Excluded, At: evening, By: "ana", Why: hostile, Title: hostile, Site: "a.b/c"},
		{Decision: curate.Undecided, Why: "ask"},
	} {
		for _, key := range []string{newLUID, "a/b", "", hostile, "null", strings.ToUpper(newLUID)} {
			w.Reset()
			flowline.Write(&w, key, rawOf(r).fields())
			line := strings.TrimSuffix(w.String(), "\n")
			if strings.Contains(line, "\n") {
				t.Errorf("more than one line: %q", line)
			}
			if !agree(t, line) {
				t.Errorf("our own line is not read fast: %s", line)
			}
		}
	}
	for _, line := range []string{
		`a: {decision: include}`, `"a": {decision: include, by: null}`, `"a": {decision: "include", by: 0123}`,
		`"a": {decision: include, decision: include}`, `"\x41\xe9": {decision: include}`, `"\xc3\xa9": {decision: include}`, `"a": {decision: include}  # c`,
		`"a": {decision: include, by: "x" }`, `"a": {by: "\ud800", decision: include}`, `"a": {by: a:, decision: include}`,
		`"a": {by: 2026-11-23, decision: include}`, `"a":  {decision: include}`, `"a": {}`, `"a": {decision: include},`,
	} {
		agree(t, line)
	}
}

// agree reports whether the line was read fast; if so the library has to read the
// same.
func agree(t *testing.T, line string) bool {
	t.Helper()
	var raw rawRecord
	key, ok := flowline.Read(line, raw.fields())
	if !ok {
		return false
	}
	if _, field := raw.record(); field != "" {
		return true // entry gives it to the library
	}
	y := yamlfile.Parse("x", line, 1)
	got := map[string]rawRecord{}
	r := &decisionsReader{out: newDecisions(), lines: []string{line}}
	records := map[string]rawRecord{}
	y.Decode(&records)
	r.library(y, "$", records, entry{})
	for k, e := range r.out.entries {
		got[k] = *rawOf(e.rec)
	}
	rec, _ := raw.record()
	if low := strings.ToLower(key); flowline.IsLUID(low) {
		key = low
	}
	if diff := cmp.Diff(map[string]rawRecord{key: *rawOf(rec)}, got); diff != "" || len(r.problems) > 0 {
		t.Errorf("%s: %v %s", line, r.problems, diff)
	}
	return true
}

func FuzzDecisions(f *testing.F) {
	f.Add([]byte(decisionsHead + "  " + newLUID + `: {decision: include, at: 2026-11-23T18:00:00Z, by: "a\x07\u00e9", why: 'x', title: "T"} # c` + "\npins:\n"))
	f.Add([]byte("decisions:\n  # a\n  a:\n    decision: exclude\n    why: |\n      x\n  \"b\": {decision: include}\nignore: []\n"))
	f.Add([]byte("decisions: {a: {decision: include}}\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for line := range strings.Lines(string(data)) {
			agree(t, strings.Trim(line, " \n"))
		}
		d, err := parseDecisions("decisions.yml", data)
		if err != nil {
			return
		}
		b := curate.New(d.records())
		for _, step := range []func(){func() {}, func() { nextDay(b) }} {
			step()
			after := d.render(b)
			again := mustParse(t, after)
			for key, r := range b.All() {
				r.Title = strings.ToValidUTF8(r.Title, "\ufffd")
				if diff := cmp.Diff(r, again.entries[key].rec); diff != "" {
					t.Fatalf("%q: %s\n%s", key, diff, after)
				}
			}
			if n := curate.New(again.records()).Len(); n != b.Len() {
				t.Fatalf("%d records, want %d", n, b.Len())
			}
			if diff := cmp.Diff(d.matches.Pins, again.matches.Pins); diff != "" {
				t.Fatal(diff)
			}
			if got := again.render(curate.New(again.records())); !bytes.Equal(got, after) {
				t.Fatal("a second write changes the file", udiff.Unified("first", "second", string(after), string(got)))
			}
		}
	})
}

func BenchmarkDecisions20000(b *testing.B) {
	records := map[string]curate.Record{}
	for i := range 20000 {
		records[fmt.Sprintf("%08x-0000-4000-8000-000000000000", i)] = curate.Record{Decision: curate.Included, At: evening, By: "ana", Why: "because", Title: "Sales Overview", Site: "t.example.com/acme"}
	}
	book := curate.New(records)
	data := newDecisions().render(book)
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if _, err := parseDecisions("x", data); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("render", func(b *testing.B) {
		for b.Loop() {
			newDecisions().render(book)
		}
	})
}
