package document

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
)

// listOf is a document with one list of n entries and what comes behind them.
func listOf(n int, behind string) string {
	var b strings.Builder
	b.WriteString(`{"lists":{"x":[{"n":0}`)
	for i := range n {
		fmt.Fprintf(&b, `,{"n":%d,"text":"%s"}`, i+1, strings.Repeat("x", i%500))
	}
	return b.String() + behind
}

// entries counts the entries of the list, which come in their order, and calls use with each
// number.
func entries(t *testing.T, r io.Reader, use func(n int) error) (n int, err error) {
	s, err := streamOf(t.Context(), r, defaultMaxBytes)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Root(func(string) error {
		return s.Object(func(string) error {
			var broken error
			for v := range s.List(3, &broken) {
				if got := v.Get("n"); got.Exists() && string(got.Text()) != fmt.Sprint(n) {
					t.Fatalf("entry %d is %q", n, v.Raw())
				}
				n++
				if err := use(n); err != nil {
					return err
				}
			}
			return broken
		})
	})
	return n, err
}

var errStopped = errors.New("stopped")

// Entries come in their order and before the error that is behind them, and whatever ends
// the list, nothing goes on beside it: the bubble of synctest waits for all of its goroutines.
func TestListsAreReadBeside(t *testing.T) {
	const n = 3000
	for _, c := range []struct {
		behind  string
		stop, n int
		fails   bool
	}{
		{"]}}", 0, n + 1, false},
		{",1 2]}}", 0, n + 2, true},
		{"", 0, n + 1, true},
		{"]}}", 1, 1, true},
		{"]}}", n / 2, n / 2, true},
		{"]}}", n + 1, n + 1, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			got, err := entries(t, strings.NewReader(listOf(n, c.behind)), func(n int) error {
				if n == c.stop {
					return errStopped
				}
				return nil
			})
			if got != c.n || (err != nil) != c.fails || errors.Is(err, errStopped) != (c.stop > 0) {
				t.Errorf("behind them %q, stopped after %d: %d entries, error %v", c.behind, c.stop, got, err)
			}
		})
	}
}

// failing panics at its end.
type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		panic("in the reader")
	}
	return n, err
}

// A panic of either goroutine comes where the list is used, and leaves no goroutine behind.
func TestPanicsOfLists(t *testing.T) {
	text := listOf(3000, "]}}")
	for _, c := range []struct {
		r  io.Reader
		at int
	}{{failing{strings.NewReader(text)}, 0}, {strings.NewReader(text), 2000}} {
		synctest.Test(t, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			_, _ = entries(t, c.r, func(n int) error {
				if n == c.at {
					panic("in its use")
				}
				return nil
			})
		})
	}
}
