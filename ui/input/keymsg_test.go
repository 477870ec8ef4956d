package input

import "testing"

// A key message made of a name has that name again.
func TestKeyMsg(t *testing.T) {
	for _, name := range append(KeyNames(), "a", "G", "?", "ж", " ", "alt+x", "alt+enter") {
		want := name
		if name == "space" {
			name, want = " ", " "
		}
		if got := KeyMsg(name).String(); got != want {
			t.Errorf("%q is %q", name, got)
		}
	}
}
