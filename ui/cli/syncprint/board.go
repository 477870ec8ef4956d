// Package syncprint prints a sync: its progress while it runs ([Board]), and what
// changed in a site ([Changes]).
//
// Not here: syncing and what is said of its results (sources/project/syncjob), and the
// explorer's board (ui/explorer/syncing).
package syncprint

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"darkroom/sources/project/syncjob"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/text"
)

// Board shows progress: on a terminal one line that changes, elsewhere a line for
// each list that is done.
type Board struct {
	w     io.Writer
	many  bool // sites
	width int  // of the terminal; 0 is none

	mu    sync.Mutex
	drawn bool            // the changing line is there
	waits map[string]wait // by site, the last that was worth showing
}

// wait is shown for as long as it lasts, whatever else moves; where lines stay, once
// in a while.
type wait struct {
	until, said time.Time
	line        string
}

// NewBoard shows one site, or many with their names.
func NewBoard(w io.Writer, many bool) *Board {
	return &Board{w: w, many: many, width: terminal.Width(w), waits: map[string]wait{}}
}

// Show takes an event in. Results are printed together, when all are there.
func (b *Board) Show(e syncjob.Event) {
	for _, line := range e.SignedIn {
		b.Line(e.Site, line)
	}
	if e.Waiting != nil {
		b.wait(e.Site, *e.Waiting)
	}
	if e.Progress != nil {
		b.progress(e.Site, *e.Progress)
	}
}

func (b *Board) progress(site string, p syncjob.Progress) {
	line := p.Stage + " " + text.Progress(p.Done, p.Total)
	if p.Finished && p.Done > 0 {
		b.Line(site, line)
	} else if !p.Finished {
		b.draw(site, line)
	}
}

// often is how often a line may say that a site waits.
const often = 20 * time.Second

func (b *Board) wait(site string, pause syncjob.Waiting) {
	line, now := pause.String(), time.Now()
	b.mu.Lock()
	w := b.waits[site]
	w.until, w.line = now.Add(pause.For), line
	due := b.width == 0 && now.Sub(w.said) >= often
	if due {
		w.said = now
	}
	b.waits[site] = w
	b.mu.Unlock()
	if due {
		b.Line(site, line)
		return
	}
	b.draw(site, "")
}

func (b *Board) label(site, line string) string {
	if b.many {
		line = site + ": " + line
	}
	return text.Clean(line)
}

// Line prints a line that stays.
func (b *Board) Line(site, line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wipe()
	fmt.Fprintln(b.w, b.label(site, line))
}

// draw shows a line until the next one.
func (b *Board) draw(site, line string) {
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

func (b *Board) wipe() {
	if b.drawn {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
	b.drawn = false
}

// Close wipes the changing line away.
func (b *Board) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wipe()
}
