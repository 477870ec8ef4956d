package quote

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// end is what End is to give.
func end(b []byte, i int) int {
	for ; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// TestEnd: quotes and backslashes anywhere, in texts of all lengths around a block.
func TestEnd(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 200_000 {
		b := bytes.Repeat([]byte("x"), rnd.IntN(4*block))
		for range rnd.IntN(12) {
			if len(b) > 0 {
				from := rnd.IntN(len(b))
				for i := from; i < min(from+rnd.IntN(6), len(b)); i++ {
					b[i] = '\\'
				}
				b[rnd.IntN(len(b))] = "\"\\\xa2\xdc"[rnd.IntN(4)]
			}
		}
		check(t, b, rnd.IntN(len(b)+1))
	}
	for size := range 3 * block {
		check(t, bytes.Repeat([]byte(`\`), size), 0)
		check(t, append(bytes.Repeat([]byte(`\`), size), bytes.Repeat([]byte(`"`), block)...), 0)
	}
}

func FuzzEnd(f *testing.F) {
	f.Add([]byte(`\\\" is not the end, this is: " and \`), 0)
	f.Fuzz(func(t *testing.T, b []byte, i int) {
		if i >= 0 && i <= len(b) {
			check(t, b, i)
		}
	})
}

func check(t *testing.T, b []byte, i int) {
	t.Helper()
	want := end(b, i)
	if got := End(b, i); got != want {
		t.Fatalf("%q from %d: got %d, want %d", b, i, got, want)
	}
	if got := endByWords(b, i); got != want {
		t.Fatalf("%q from %d, by words: got %d, want %d", b, i, got, want)
	}
	if got, plain := KeyEnd(b, i); got != want || plain && bytes.IndexByte(b[i:got], '\\') >= 0 {
		t.Fatalf("%q from %d, as a key: got %d, plain %v, want %d", b, i, got, plain, want)
	}
}

func BenchmarkEnd(b *testing.B) {
	for name, text := range map[string]string{
		"word": `fct_orders", "resource_type": "model", "package_name": "shop", "path": "marts/orders.sql"`,
		"SQL":  string(bytes.Repeat([]byte(`select \"a\", \"b\" from \"warehouse\".\"orders\"\n where created_at >= '2024-01-01'\n`), 100)) + `"`,
	} {
		b.Run(name, func(b *testing.B) {
			text := []byte(text)
			b.SetBytes(int64(end(text, 0)))
			for b.Loop() {
				End(text, 0)
			}
		})
	}
}
