package jsonwindow

import (
	"math/rand/v2"
	"slices"
	"strconv"
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
		readsAsPlain(t, u, text, meaning)
	}
}

// TestStretches: members in a row that are as usual are read as if each were alone, also where
// one of them is another one this time, and wherever the text ends.
func TestStretches(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	kinds := [][]string{
		{`"id": %`, `"a": 1`, `"b": {"a": "}"}`, `"c": []`, `"d": %`, `"e": null`, `"f": true`},
		{`"id": %`, `"a": 1`, `"c": []`, `"d": %`, `"f": false`, `"g": "x\""`, `"id": 1`},
		{`"f": true`, `"b": {}`, `"a": 1`, `"d": %`, `"e": null`, `"c": []`},
	}
	odd := []string{`"a": 2`, `"a":1`, ` "a": 1`, `"a": 11`, `"b": {"a": "]"}`, `"b": {"a": "}}`, `"c": [`, `"e": nul`, `"\u0061": 3`, `"new": 1`, `"f": true "g": 1`, ``, `}`}
	meaning := func(key []byte) uint8 { return uint8(strings.Index("-abcdefg", string(key[:1])) + 1) }
	var u *Usual
	longest := 0
	for i := range 20_000 {
		if i%500 == 0 {
			u = NewUsual(meaning)
		}
		kind := i / 500 % len(kinds)
		if rnd.IntN(6) == 0 {
			kind = rnd.IntN(len(kinds))
		}
		members := slices.Clone(kinds[kind])
		for i := range members {
			members[i] = strings.ReplaceAll(members[i], "%", strconv.Itoa(rnd.IntN(1000)))
		}
		at := rnd.IntN(len(members))
		switch rnd.IntN(20) {
		case 0:
			members[at] = odd[rnd.IntN(len(odd))]
		case 1:
			members = slices.Delete(members, at, at+1)
		case 2:
			members = slices.Insert(members, at, odd[rnd.IntN(len(odd))])
		}
		text := "{" + strings.Join(members, ", ") + "}, "
		if rnd.IntN(20) == 0 {
			text = text[:rnd.IntN(len(text))]
		}
		readsAsPlain(t, u, text, meaning)
		for _, k := range u.keys {
			longest = max(longest, k.after.of[0].count, k.after.of[1].count)
		}
	}
	if longest < 3 {
		t.Errorf("the longest stretch has %d members", longest)
	}
}

// FuzzUsual: two objects after each other, as often as it takes until they are usual, and cut off.
func FuzzUsual(f *testing.F) {
	f.Add(`{"a": 1, "b": {"a": "}"}, "c": null, "d": "x"}`, `{"a": 1, "b": {"a": "}"}, "c": nul, "d": "y"}`, 20)
	f.Add(`{"f": true, "b": [], "\u0061": 1, "a": 2}`, `{"f": true, "b": [],"a": 2, "f": false} `, 7)
	f.Fuzz(func(t *testing.T, one, other string, end int) {
		meaning := func(key []byte) uint8 { return uint8(len(key) % 16) }
		u := NewUsual(meaning)
		for i := range 4 * patience {
			text := one
			if i%7 == 6 || i > 3*patience {
				text = other
			}
			if end > 0 && end < len(text) && i%11 == 10 {
				text = text[:end]
			}
			readsAsPlain(t, u, text, meaning)
		}
	})
}

// readsAsPlain checks what u reads in a text.
func readsAsPlain(t *testing.T, u *Usual, text string, meaning func([]byte) uint8) {
	t.Helper()
	var got, want [16]Span
	usual, plain := Lexer{b: []byte(text)}, Lexer{b: []byte(text)}
	u.Pick(&usual, got[:])
	pick(&plain, want[:], meaning)
	got[0], want[0] = Span{}, Span{} // of keys without a meaning
	if usual.st != plain.st || usual.badAt != plain.badAt || usual.want != plain.want || plain.st == ok && (usual.i != plain.i || got != want) {
		t.Fatalf("%s: got %v, status %d at %d, want %v, status %d at %d", text, got, usual.st, usual.i, want, plain.st, plain.i)
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
