// Package trusttest confirms servers in tests, with a book of the test's own: the rule
// is the same, only the word comes from the test.
package trusttest

import (
	"path/filepath"
	"testing"
	"time"

	"darkroom/sources/trust"
)

// Server confirms a server at an address.
func Server(t testing.TB, address string) trust.Confirmed {
	t.Helper()
	return Want(t, trust.Want{Server: address})
}

// Want confirms what a configuration says of a server.
func Want(t testing.TB, w trust.Want) trust.Confirmed {
	t.Helper()
	s, err := trust.Read(w)
	if err != nil {
		t.Fatal(err)
	}
	b, err := trust.OpenFile(filepath.Join(t.TempDir(), trust.FileName))
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.Confirm(s, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Home gives the test a home for darkroom's state, in which these servers are
// confirmed.
func Home(t testing.TB, servers ...trust.Want) {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	b, err := trust.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range servers {
		s, err := trust.Read(w)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Confirm(s, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}
