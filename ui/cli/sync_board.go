package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"darkroom/sources/project/syncjob"
	"darkroom/ui/text"
)

// board shows progress: on a terminal one line that changes, elsewhere a line for
// each list that is done.
type board struct {
	w     io.Writer
	many  bool // sites
	width int  // of the terminal; 0 is none

	mu    sync.Mutex
	drawn bool            // the changing line is there
	waits map[string]wait // by site, the last that was worth telling
}

// wait is told for as long as it lasts, whatever else moves; where lines stay, once
// in a while.
type wait struct {
	until, told time.Time
	line        string
}

func newBoard(w io.Writer, many bool) *board {
	return &board{w: w, many: many, width: terminalWidth(w), waits: map[string]wait{}}
}

// terminalWidth is 0 for what is no terminal, or none that can move its cursor.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) || os.Getenv("TERM") == "dumb" {
		return 0
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 10 {
		return width
	}
	return 80
}

// show takes an event in. Results are printed together, when all are there.
func (b *board) show(e syncjob.Event) {
	for _, line := range e.SignedIn {
		b.line(e.Site, line)
	}
	if e.Waiting != nil {
		b.wait(e.Site, *e.Waiting)
	}
	if e.Progress != nil {
		b.progress(e.Site, *e.Progress)
	}
}

func (b *board) progress(site string, p syncjob.Progress) {
	line := p.Stage + " " + text.Progress(p.Done, p.Total)
	if p.Finished && p.Done > 0 {
		b.line(site, line)
	} else if !p.Finished {
		b.draw(site, line)
	}
}

// often is how often a line may say that a site waits.
const often = 20 * time.Second

func (b *board) wait(site string, pause syncjob.Waiting) {
	line, now := pause.String(), time.Now()
	b.mu.Lock()
	w := b.waits[site]
	w.until, w.line = now.Add(pause.For), line
	tell := b.width == 0 && now.Sub(w.told) >= often
	if tell {
		w.told = now
	}
	b.waits[site] = w
	b.mu.Unlock()
	if tell {
		b.line(site, line)
		return
	}
	b.draw(site, "")
}

func (b *board) label(site, line string) string {
	if b.many {
		line = site + ": " + line
	}
	return text.Clean(line)
}

// line is there to stay.
func (b *board) line(site, line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wipe()
	fmt.Fprintln(b.w, b.label(site, line))
}

// draw is gone with the next.
func (b *board) draw(site, line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.width == 0 {
		return
	}
	if w := b.waits[site]; time.Now().Before(w.until) {
		line = strings.TrimSuffix(w.line+"; "+line, "; ")
	}
	b.wipe()
	fmt.Fprint(b.w, text.Cut(b.label(site, line), b.width-1))
	b.drawn = true
}

func (b *board) wipe() {
	if b.drawn {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
	b.drawn = false
}

func (b *board) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wipe()
}
