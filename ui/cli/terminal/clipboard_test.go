package terminal

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestCopy(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "x") // your own clipboard stays as it is
	const said = "売上\nY"
	plain := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(said)) + "\x07"
	for _, c := range []struct {
		tmux, sty string
		parts     []string
	}{
		{"", "", []string{plain}},
		{"x", "", []string{plain, "\x1bPtmux;\x1b" + plain + "\x1b\\"}},
		{"", "x", []string{"\x1bP" + plain + "\x1b\\"}},
	} {
		t.Setenv("TMUX", c.tmux)
		t.Setenv("STY", c.sty)
		var b strings.Builder
		if Copy(&b, said); b.String() != strings.Join(c.parts, "") {
			t.Errorf("%q", b.String())
		}
	}
}
