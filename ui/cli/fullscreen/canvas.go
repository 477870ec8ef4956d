package fullscreen

import (
	"bytes"
	"os"

	"github.com/charmbracelet/x/ansi"
)

// canvas is a terminal while a full screen is drawn on it. Lines do not wrap there,
// however many cells the terminal counts for a text (ui/TERMINAL.md#frames); outside of
// the screen they do as before.
type canvas struct{ *os.File }

// Write adds to what Bubble Tea writes when it begins and ends with the screen, also
// for a while and after a panic. Each of the two comes in one piece.
func (c canvas) Write(p []byte) (int, error) {
	q := bytes.ReplaceAll(p, []byte(ansi.SetModeAltScreenSaveCursor), []byte(ansi.SetModeAltScreenSaveCursor+ansi.ResetModeAutoWrap))
	q = bytes.ReplaceAll(q, []byte(ansi.ResetModeAltScreenSaveCursor), []byte(ansi.SetModeAutoWrap+ansi.ResetModeAltScreenSaveCursor))
	if n, err := c.File.Write(q); err != nil {
		return min(n, len(p)), err
	}
	return len(p), nil
}

// WriteString is Write.
func (c canvas) WriteString(s string) (int, error) { return c.Write([]byte(s)) }
