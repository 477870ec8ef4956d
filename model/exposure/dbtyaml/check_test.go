package dbtyaml_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/exposuretest"
	"darkroom/model/exposure/merge"
	"darkroom/sources/dbt/dbttest"
)

// refused are texts that PyYAML does not load, with the line to be reported.
var refused = map[string]int{
	"a: *n\n":                         1,
	"a: &x 1\nb: &x 2\nc: *x\n":       2,
	"a:\n\t- b\n":                     2,
	"a: b\tc\n":                       1,
	"a:\tb\n":                         1,
	"a: 'x'\t# c\n":                   1,
	"- a\n\t\n- b\n":                  2,
	"a: >-\t\n  x\n":                  1,
	"x: 1\n# x\u2028b: [\n":           0,
	"x: 1\n# x\u0085b c\n":            0,
	"a: \x07\n":                       0,
	"a: \xff\n":                       0,
	"a: 2024-13-01\n":                 1,
	"a: 0000-01-01\n":                 1,
	"a: 2024-01-01T99:00:00Z\n":       1,
	"a: 2024-01-01 10:00:00 +24:00\n": 1,
	"a: =\n":                          1,
	"a: <<\n":                         1,
	"a: !foo x\n":                     1,
	"a: 0x_\n":                        1,
	"a: !!int foo\n":                  1,
	"? [a]\n: b\n":                    1,
	"<<: 3\n":                         1,
	"<<: [3]\n":                       1,
	"{a: b}\n---\nb\n":                0,
	"a: [b,,c]\n":                     0,
	"x: 1\na: @b\n":                   2,
	"a: \"\\q\"\n":                    0,
	"e:\n  - name: a\n  label: x\n":   0,
}

var accepted = []string{
	"", "# nothing\n", "a: 1\na: 2\n", "a: 'x\u2028y'\n", "a: \"x\u0085y\"\n", "a: \U0001F600 \u200b\n", "a: 08\n", "a: 1__\n", "a: 0b\n",
	"a: \"b\tc\"\n", "a: 'it''s\n\ta'\n", "# a\tb\n", "a: b # c\td\n", "a: |\n  b\tc\n  \td # e\n\nf: 1\n", "? a\n: b\n",
	"x: &x {a: 1}\nb:\n  <<: *x\n  c: 1\nd:\n  <<: [*x, {e: 1}]\n", "a: !!str 5\n", "=: 1\n", "a: 2024-12-01\n", "a: 2024-12-01 10:00:00 +13\n",
	"&k a: 1\nb: *k\n", "a: {b: 1, c}\n", "a: 'x\u2028y'\nb: \"c\td\"\n", "--- {a: b}\n...\n", "a: .inf\n", "\"é\": \"\t\"\n",
}

func TestRead(t *testing.T) {
	for text, line := range refused {
		if _, p := dbtyaml.Read([]byte(text)); p == nil {
			t.Errorf("%q is accepted", text)
		} else if p.Text == "" || line > 0 && p.Line != line {
			t.Errorf("%q: %v, want line %d", text, p, line)
		}
	}
	for _, text := range accepted {
		if _, p := dbtyaml.Read([]byte(text)); p != nil {
			t.Errorf("%q: %v", text, p)
		}
	}
}

// PyYAML takes a list that is in itself, and dbt does not end with it.
func TestReadRefusesAnEndlessList(t *testing.T) {
	if _, p := dbtyaml.Read([]byte("x: 1\na: &x [*x]\n")); p == nil || p.Line != 2 {
		t.Error(p)
	}
}

func TestNames(t *testing.T) {
	d, p := dbtyaml.Read([]byte("x: &x\n  name: merged\nexposures:\n  - name: a\n  - <<: *x\n  - *x\n  - {name: 'b'}\n  - text\n"))
	if p != nil {
		t.Fatal(p)
	}
	if got := d.Names("exposures"); !slices.Equal(got, []string{"a", "merged", "merged", "b", ""}) {
		t.Errorf("%q", got)
	}
}

// Read agrees with the real PyYAML, on the cases above and on exports with signs put
// in at random.
func TestReadAgreesWithPyYAML(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var texts [][]byte
	for text := range refused {
		texts = append(texts, []byte(text))
	}
	for _, text := range accepted {
		texts = append(texts, []byte(text))
	}
	p := exposuretest.Shop("1.12.6")
	base := string(merge.Render(exposuretest.PlanOf(p, exposuretest.Full(p)...)))
	base = strings.Replace(base, "exposures:", "x: &a {b: c}\nexposures:", 1)
	signs := []string{"\t", "&a ", "*a", "<<: *a", " #", "# ", "'", "\"", ": ", "- ", "{", "}", "[", "]", ",", "!x ", "|\n", ">\n", "\n", "\u2028", "\u0085", "\u2029", "\ufeff", "=", "  ", "? ", "%", "@", "`", "2024-13-01", "\\", "\x00", "~", "\r\n", "\r"}
	for range 120 {
		text := base
		for range 1 + r.IntN(2) {
			at := r.IntN(len(text))
			text = text[:at] + signs[r.IntN(len(signs))] + text[at:]
		}
		texts = append(texts, []byte(text))
	}
	strict := 0
	for i, want := range dbttest.PyYAML(t, texts) {
		_, got := dbtyaml.Read(texts[i])
		switch {
		case want != "" && got == nil:
			t.Errorf("accepted, but %s:\n%q", want, texts[i])
		case want == "" && got != nil:
			strict++
			t.Logf("only darkroom refuses it, %v:\n%q", got, texts[i])
		}
	}
	if strict > 0 {
		t.Errorf("%d of %d texts are refused that PyYAML takes", strict, len(texts))
	}
}
