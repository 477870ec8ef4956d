package jsonwindow

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// besideNumbers adds up the numbers in {"nodes": {"a": 1, "b": 2}}, and refuses strings.
func besideNumbers(r io.Reader, size int) (keys, sum int, err error) {
	w := New(context.Background(), r, "m.json", "write it again", size)
	err = w.Document(func(string) error {
		walk := func(l *Lexer, v *Span) { *v = l.Value() }
		return Beside(w, walk, func(l *Lexer, key []byte, v *Span) {
			var n int
			if c := l.FirstByte(*v); c == '"' {
				l.fail(int(v.from), "a number")
			} else if _, err := fmt.Sscan(string(l.Text(*v)), &n); err != nil || string(key) != fmt.Sprint("k", keys) {
				l.fail(int(v.from), "the next number")
			}
			keys, sum = keys+1, sum+n
		})
	})
	return keys, sum, err
}

func numbered(n int, last string) string {
	var b strings.Builder
	b.WriteString(`{"nodes": {`)
	for i := range n {
		fmt.Fprintf(&b, `"k%d": %d, `, i, i)
	}
	fmt.Fprintf(&b, `"k%d": %s}}`, n, last)
	return b.String()
}

// TestBeside: every member comes once and in order, whatever the window is.
func TestBeside(t *testing.T) {
	t.Parallel()
	for _, size := range []int{16, 64, 1 << 10, DefaultSize} {
		for _, n := range []int{0, 1, maxMembers, 5000} {
			keys, sum, err := besideNumbers(strings.NewReader(numbered(n, "7")), size)
			if err != nil || keys != n+1 || sum != n*(n-1)/2+7 {
				t.Errorf("window %d: %d of %d members with the sum %d, %v", size, keys, n+1, sum, err)
			}
		}
	}
}

// TestBesideErrors: the error that comes first in the text is the one that is given, and
// says the place, whichever goroutine finds it.
func TestBesideErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"use", numbered(300, `"x"`), `nodes.k300: want a number, got a string at byte `},
		{"walk", numbered(300, `nope`), `nodes.k300: want a value, got 'n' at byte `},
		{"use before walk", `{"nodes": {"k0": "x", "k1": nope}}`, `nodes.k0: want a number, got a string at byte 17`},
		{"use before the end", `{"nodes": {"k0": "x", "k1": 1`, `nodes.k0: want a number, got a string at byte 17`},
		{"cut", numbered(300, `1`)[:2000], `the rest of the JSON, got the end of the file at byte 2000`},
	}
	for _, tt := range tests {
		for _, size := range []int{16, 64, DefaultSize} {
			if _, _, err := besideNumbers(strings.NewReader(tt.in), size); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s, window %d: got %v, want %s", tt.name, size, err, tt.want)
			}
		}
	}
}

// TestBesideStops: an error while members are used ends the reading.
func TestBesideStops(t *testing.T) {
	t.Parallel()
	const size = 1 << 10
	r := strings.NewReader(`{"nodes": {"k0": "x", ` + numbered(10000, "1")[len(`{"nodes": {`):])
	before := r.Len()
	if _, _, err := besideNumbers(r, size); err == nil {
		t.Fatal("no error")
	}
	if read := before - r.Len(); read > (ahead+3)*size {
		t.Errorf("%d bytes are read, with a window of %d", read, size)
	}
}

// TestBesideMemory: many tiny members take no more memory than a few.
func TestBesideMemory(t *testing.T) {
	text := `{"nodes": {` + strings.Repeat(`"":0,`, 200_000) + `"":0}}`
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w := New(context.Background(), strings.NewReader(text), "m.json", "", DefaultSize)
	err := w.Document(func(string) error {
		walk := func(l *Lexer, _ *[400]byte) { l.Skip() }
		return Beside(w, walk, func(*Lexer, []byte, *[400]byte) {})
	})
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; err != nil || taken > 10*DefaultSize {
		t.Errorf("%d bytes are allocated for members in %d bytes of JSON, %v", taken, len(text), err)
	}
}
