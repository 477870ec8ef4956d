package fullscreen

import (
	"os"
	"strings"
	"sync/atomic"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/frames"
)

// canvas is a terminal while a full screen is drawn on it. Lines do not wrap there,
// however many cells the terminal counts for a text (ui/TERMINAL.md#frames); outside of
// the screen they do as before.
//
// Bubble Tea's renderer would draw at its ticks, and whole lines. It keeps what it is good
// for, the modes of the terminal, which it writes as strings. Frames, which it writes as
// bytes, are drawn here instead: it is only ever given an empty one.
type canvas struct {
	*os.File
	painter *frames.Painter
	erased  *atomic.Bool // the screen has been since the last frame
}

func newCanvas(terminal *os.File) canvas {
	return canvas{terminal, frames.New(), new(atomic.Bool)}
}

// Write leaves out the empty frames of Bubble Tea.
func (c canvas) Write(p []byte) (int, error) { return len(p), nil }

// WriteString adds to what Bubble Tea writes when it begins and ends with the screen, also
// for a while and after a panic. Each of the two comes in one piece.
func (c canvas) WriteString(s string) (int, error) {
	if strings.Contains(s, ansi.EraseEntireScreen) {
		c.erased.Store(true)
	}
	t := strings.ReplaceAll(s, ansi.SetModeAltScreenSaveCursor, ansi.SetModeAltScreenSaveCursor+ansi.ResetModeAutoWrap)
	t = strings.ReplaceAll(t, ansi.ResetModeAltScreenSaveCursor, ansi.SetModeAutoWrap+ansi.ResetModeAltScreenSaveCursor)
	if n, err := c.File.WriteString(t); err != nil {
		return min(n, len(s)), err
	}
	return len(s), nil
}

// draw shows a frame and reports whether that took any bytes.
func (c canvas) draw(frame string) (drawn bool, err error) {
	if c.erased.Swap(false) {
		c.painter.Forget()
	}
	p := c.painter.Paint(frame)
	if len(p) == 0 {
		return false, nil
	}
	_, err = c.File.Write(p)
	return true, err
}
