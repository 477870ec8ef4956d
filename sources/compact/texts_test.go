package compact

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Copies do not depend on what they were made of, and many of them are one allocation.
func TestCopiesShareBlocks(t *testing.T) {
	var a Arena
	source := []byte("warehouse.marts.orders \xff")
	got := a.Copy(source)
	long := strings.Repeat("x", arenaBlock)
	if got != "warehouse.marts.orders \xff" || a.Copy(nil) != "" || a.Copy([]byte(long)) != long {
		t.Errorf("copied %q", got)
	}
	text := []byte(strings.Repeat("text", 8))
	const copies = 1000
	if n := testing.AllocsPerRun(10, func() {
		for range copies {
			a.Copy(text)
		}
	}); n > copies/100 {
		t.Errorf("%v allocations for %d copies", n, copies)
	}
	if a.Copy([]byte("one")) != "one" || got != "warehouse.marts.orders \xff" {
		t.Errorf("a later copy changed an earlier one: %q", got)
	}
}

// Texts that are looked for together are those that are found one after the other.
func TestInternAll(t *testing.T) {
	t.Parallel()
	var texts [][]byte
	for i := range 2000 {
		texts = append(texts, fmt.Appendf(nil, "text %d", i*i%1500))
	}
	texts = append(texts, nil, []byte("\xff"), []byte("\ufffd"), []byte("text 0"))
	for n := range 20 {
		one, all := NewTexts(), NewTexts()
		all.InternAll(nil, texts[:7*n])
		got := all.InternAll([]string{"first"}, texts[n:])
		want := []string{"first"}
		for _, text := range texts[n:] {
			want = append(want, one.Intern(text))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("after %d: got %q, want %q", 7*n, got, want)
		}
	}
}

// BenchmarkIntern looks for texts that are far from each other, as parents are.
func BenchmarkIntern(b *testing.B) {
	const kept, together = 200_000, 4
	t := NewTexts()
	texts := make([][]byte, kept)
	for i := range texts {
		texts[i] = fmt.Appendf(nil, "model.shop.fct_orders_%d", i)
		t.Intern(texts[i])
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(kept, func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	var to []string
	b.Run("each", func(b *testing.B) {
		for i := 0; b.Loop(); i += together {
			for _, text := range texts[i%kept:][:together] {
				to = append(to[:0], t.Intern(text))
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		for i := 0; b.Loop(); i += together {
			to = t.InternAll(to[:0], texts[i%kept:][:together])
		}
	})
}
