// Package terminal is what commands know of the terminal: whether one is there, how wide
// it is, what it can show, and lines that are typed on it.
//
// Not here: what is printed (ui/cli/output), and full screens (ui/explorer, ui/scope).
package terminal

import (
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// Input is the terminal on which questions can be answered.
func Input(stdin io.Reader) (*os.File, bool) {
	in, ok := stdin.(*os.File)
	return in, ok && isatty.IsTerminal(in.Fd())
}

// Screen is the output when it can show a full screen, which needs an Input, too.
func Screen(stdin io.Reader, stdout io.Writer) (*os.File, bool) {
	out, ok := file(stdout)
	if !ok || !isatty.IsTerminal(out.Fd()) || os.Getenv("TERM") == "dumb" {
		return nil, false
	}
	_, ok = Input(stdin)
	return out, ok
}

// Dumb reports a terminal that cannot move its cursor.
func Dumb(w io.Writer) bool {
	f, ok := file(w)
	return ok && isatty.IsTerminal(f.Fd()) && os.Getenv("TERM") == "dumb"
}

// Width is 0 for what is not a terminal, or none that can move its cursor.
func Width(w io.Writer) int {
	f, ok := file(w)
	if !ok || !isatty.IsTerminal(f.Fd()) || os.Getenv("TERM") == "dumb" {
		return 0
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 10 {
		return width
	}
	return 80
}

// UTF8 reports whether the locale can show more than ASCII. Without any
// locale variable the answer is yes: that is how containers usually are.
func UTF8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(os.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}
