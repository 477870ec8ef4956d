package jsonwindow

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestUsual: objects that are as usual are read as all others are, whatever came before, and
// wherever the text ends.
func TestUsual(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	names := []string{"a", "ab", "name", `n\u0061me`, `a\": 1, \"ab`, "other"}
	values := []string{`1`, `12`, `1.5`, `null`, `nullx`, `"x"`, `"x\""`, `"x", "y": 1`, `{}`, `{"a": [1, "}"]}`, `[]`, `[1]]`, `true`, ``, `"` + strings.Repeat("long", 40) + `"`}
	between := []string{", ", ",", " , ", ",\n"}
	meaning := func(key []byte) uint8 { return uint8(strings.Index(" abname", string(key)) + 1) }
	u := NewUsual(meaning)
	for range 5_000 {
		var members []string
		for _, at := range rnd.Perm(len(names))[:rnd.IntN(len(names))] {
			value := values[(at*3+rnd.IntN(2)*rnd.IntN(2)*rnd.IntN(len(values)))%len(values)]
			members = append(members, `"`+names[at]+`":`+[]string{" ", ""}[rnd.IntN(2)]+value)
		}
		text := "{" + strings.Join(members, between[rnd.IntN(2)*rnd.IntN(len(between))]) + "}]"
		text = text[:len(text)-rnd.IntN(2)*rnd.IntN(2)*rnd.IntN(len(text))]
		var got, want [8]Span
		usual, plain := Lexer{b: []byte(text)}, Lexer{b: []byte(text)}
		u.Pick(&usual, got[:])
		pick(&plain, want[:], meaning)
		if usual.st != plain.st || usual.badAt != plain.badAt || usual.want != plain.want || plain.st == ok && (usual.i != plain.i || got != want) {
			t.Fatalf("%s: got %v, status %d at %d, want %v, status %d at %d", text, got, usual.st, usual.i, want, plain.st, plain.i)
		}
	}
}

// pick is what [Usual.Pick] is to give.
func pick(l *Lexer, out []Span, meaning func([]byte) uint8) {
	if !l.Enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.Key(first)
		if !more {
			return
		}
		m := meaning(key)
		out[m] = l.Value()
	}
}

// TestUsualIsBounded: keys without end are not kept.
func TestUsualIsBounded(t *testing.T) {
	t.Parallel()
	u := NewUsual(func([]byte) uint8 { return 0 })
	var b strings.Builder
	for range 10 * maxKeys {
		b.WriteString(`, "` + strings.Repeat("k", b.Len()%5000) + `": 1`)
	}
	l := Lexer{b: []byte("{" + b.String()[2:] + "}")}
	u.Pick(&l, make([]Span, 1))
	if l.st != ok || len(u.keys) > maxKeys+1 {
		t.Errorf("status %d, %d keys are kept", l.st, len(u.keys))
	}
}

func BenchmarkUsual(b *testing.B) {
	text := []byte(`{"name": "orders", "group": null, "docs": {"show": true, "node_color": null}, "columns": {}, "tags": []} `)
	u := NewUsual(func(key []byte) uint8 { return uint8(len(key)) })
	var out [256]Span
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l := Lexer{b: text}
		u.Pick(&l, out[:])
	}
}
