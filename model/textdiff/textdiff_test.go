package textdiff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"darkroom/model/growth"

	udiff "github.com/aymanbagabas/go-udiff"
)

// randomTexts are two texts of few different lines of which one is made from the other, so
// that many lines can be said to be new.
func randomTexts(r *rand.Rand) (old, text string) {
	words := []string{"a", "b", "", "same", "  - name: x"}
	line := func() string { return words[r.IntN(1+r.IntN(len(words)))] + "\n" }
	var lines []string
	for range r.IntN(40) {
		lines = append(lines, line())
	}
	old = strings.Join(lines, "")
	for range r.IntN(4) {
		at := r.IntN(len(lines) + 1)
		if r.IntN(2) == 0 {
			lines = append(lines[:at:at], append([]string{line()}, lines[at:]...)...)
		} else if at < len(lines) {
			lines = append(lines[:at:at], lines[at+r.IntN(len(lines)-at):]...)
		}
	}
	text = strings.Join(lines, "")
	if r.IntN(3) == 0 {
		old = strings.TrimSuffix(old, "\n")
	}
	if r.IntN(3) == 0 {
		text = strings.TrimSuffix(text, "\n")
	}
	return old, text
}

func diff(t *testing.T, old, text string) string {
	t.Helper()
	var b strings.Builder
	if err := Write(t.Context(), &b, []byte(old), []byte(text), "f"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// fromLibrary is a diff of whole texts. Its hunks say wrongly where they begin in the new
// text when one before has several changes: that is left out, here and in ours.
func fromLibrary(old, text string) string {
	return withoutPlaces(udiff.Unified("a/f", "b/f", old, text))
}

func withoutPlaces(diff string) string {
	return regexp.MustCompile(`(?m)^(@@ -\S+ \+)\d+`).ReplaceAllString(diff, "${1}N")
}

// patched applies a diff to a text, with everything that it says about both.
func patched(t *testing.T, old, diff string) string {
	t.Helper()
	lines, at := linesIn([]byte(old)), 0
	var out []string
	hunks := strings.SplitAfter(diff, "\n")
	for i := 2; i < len(hunks); i++ {
		line := strings.TrimSuffix(hunks[i], "\n")
		if i+1 < len(hunks) && strings.HasPrefix(hunks[i+1], `\ No`) {
			hunks[i+1] = ""
		} else {
			line = hunks[i]
		}
		var from, to, removed, added int
		switch {
		case line == "":
		case strings.HasPrefix(line, "@@ "):
			where := strings.NewReplacer("-", "", "+", "", ",", " ").Replace(line)
			if n, _ := fmt.Sscanf(where, "@@ %d %d %d %d", &from, &removed, &to, &added); n == 4 && from > 0 && to > 0 {
				if out = append(out, lines[at:from-1]...); len(out) != to-1 {
					t.Fatalf("%s: it is line %d of the new text\n%s", line, len(out)+1, diff)
				}
				at = from - 1
			}
		case line[0] == '+':
			out = append(out, line[1:])
		default:
			if lines[at] != line[1:] {
				t.Fatalf("line %d is %q, not %q\n%s", at+1, lines[at], line[1:], diff)
			}
			if at++; line[0] == ' ' {
				out = append(out, line[1:])
			}
		}
	}
	return strings.Join(append(out, lines[at:]...), "")
}

// The diff is the one that the library makes of whole texts.
func TestDiffIsThatOfTheLibrary(t *testing.T) {
	for seed := range 3000 {
		old, text := randomTexts(rand.New(rand.NewPCG(uint64(seed), 1)))
		diff := diff(t, old, text)
		if got, want := withoutPlaces(diff), fromLibrary(old, text); got != want {
			t.Fatalf("seed %d: %q → %q\n%s\nwant\n%s", seed, old, text, got, want)
		}
		if got := patched(t, old, diff); got != text {
			t.Fatalf("seed %d: %q → %q is patched to %q by\n%s", seed, old, text, got, diff)
		}
	}
}

// What both texts begin and end with is left out, and the diff stays what it is.
func TestDiffOfLongTexts(t *testing.T) {
	var lines []string
	for i := range 2000 {
		lines = append(lines, fmt.Sprintf("  - name: entry_%d\n    type: dashboard\n\n", i))
	}
	old := strings.Join(lines, "")
	for seed := range 200 {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		changed := append([]string{}, lines...)
		for range 1 + r.IntN(3) {
			switch at := r.IntN(len(changed)); r.IntN(3) {
			case 0:
				changed[at] = strings.Replace(changed[at], "dashboard", "notebook", 1)
			case 1:
				changed = append(changed[:at:at], changed[at+1:]...)
			default:
				changed = append(changed[:at:at], append([]string{"  - name: new\n    type: dashboard\n\n"}, changed[at:]...)...)
			}
		}
		text := strings.Join(changed, "")
		if begin, end := commonEnds([]byte(old), []byte(text), unchangedLines); old != text && begin+end == 0 {
			t.Fatalf("seed %d: nothing is left out", seed)
		}
		if got, want := withoutPlaces(diff(t, old, text)), fromLibrary(old, text); got != want {
			t.Fatalf("seed %d:\n%s\nwant\n%s", seed, got, want)
		}
	}
}

// With no line kept, too, each line of a diff is what the texts say.
func TestChangedLinesSayBothTexts(t *testing.T) {
	for seed := range 3000 {
		old, text := randomTexts(rand.New(rand.NewPCG(uint64(seed), 3)))
		for _, keep := range []int{0, 1, 5} {
			a, b := linesIn([]byte(old)), linesIn([]byte(text))
			var got []string
			at := 0
			for _, c := range changedLines([]byte(old), []byte(text), keep) {
				got = append(append(got, a[at:c.Start]...), b[c.ReplStart:c.ReplEnd]...)
				at = c.End
			}
			if got = append(got, a[at:]...); strings.Join(got, "") != text {
				t.Fatalf("seed %d, keep %d: %q → %q gives %q", seed, keep, old, text, got)
			}
		}
	}
}

// A diff of many lines stops with its context, and with the one who reads it.
func TestDiffStops(t *testing.T) {
	text := []byte(strings.Repeat("line\n", 10000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, io.Discard, nil, text, "f"); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	r, w := io.Pipe()
	_ = r.Close()
	if err := Write(t.Context(), w, nil, text, "f"); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("without a reader: %v", err)
	}
}

// The work of a diff grows with the lines, whether few or all of them change.
func TestWorkGrowsWithTheLines(t *testing.T) {
	text := func(n int, label string) []byte {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "  - name: entry_%d\n    label: %s\n\n", i, label)
		}
		return []byte(b.String())
	}
	for name, texts := range map[string]func(n int) (old, text []byte){
		"all new":     func(n int) ([]byte, []byte) { return nil, text(n, "x") },
		"all gone":    func(n int) ([]byte, []byte) { return text(n, "x"), nil },
		"all changed": func(n int) ([]byte, []byte) { return text(n, "x"), text(n, "y") },
		"one changed": func(n int) ([]byte, []byte) {
			return text(n, "x"), bytes.Replace(text(n, "x"), []byte("label: x"), []byte("label: y"), 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			growth.Check(t, 500, func(n int) growth.Run {
				a, b := texts(n)
				return func() int {
					var written counter
					if err := Write(t.Context(), &written, a, b, "f"); err != nil || written == 0 {
						t.Fatalf("%d bytes, error %v", written, err)
					}
					return int(written)
				}
			})
		})
	}
}

// counter counts the bytes that are written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// BenchmarkWrite is the diff of a file of many exposures, of which one changes or all are new.
func BenchmarkWrite(b *testing.B) {
	entry := "  - name: entry_%d\n    label: \"A dashboard\"\n    type: dashboard\n    url: \"https://bi.example.com\"\n\n"
	var lines strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&lines, entry, i)
	}
	text := []byte(lines.String())
	for name, old := range map[string][]byte{"new": nil, "one": bytes.Replace(text, []byte("type: dashboard"), []byte("type: notebook"), 1)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if err := Write(b.Context(), io.Discard, old, text, "f"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
