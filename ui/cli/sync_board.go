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

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
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

func (b *board) progress(site string, p fetch.Progress) {
	count := fmt.Sprint(p.Done)
	if p.Total > p.Done {
		count = fmt.Sprintf("%d of %d", p.Done, p.Total)
	}
	line := p.Stage + " " + count
	if p.Finished && p.Done > 0 {
		b.line(site, line)
	} else if !p.Finished {
		b.draw(site, line)
	}
}

func (b *board) connected(site string, info api.Info, warnings []string) {
	b.line(site, fmt.Sprintf("signed in to %s, Tableau %s", info.Server, info.Product))
	for _, w := range warnings {
		b.line(site, "warning: "+w)
	}
}

// noticeable is a wait that a person would wonder about.
const noticeable = 2 * time.Second

func (b *board) waiting(site string) func(time.Duration, string) {
	return func(wait time.Duration, why string) {
		if wait >= noticeable {
			b.wait(site, wait, why)
		}
	}
}

// often is how often a line may say that a site waits.
const often = 20 * time.Second

func (b *board) wait(site string, wait time.Duration, why string) {
	line, now := waitLine(wait, why), time.Now()
	b.mu.Lock()
	w := b.waits[site]
	w.until, w.line = now.Add(wait), line
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

func waitLine(wait time.Duration, why string) string {
	return fmt.Sprintf("waiting %s (%s)", wait.Round(time.Second), why)
}

// ended implements watcher: results are told together, when all are there.
func (b *board) ended(*syncJob, fetch.Result, error) {}

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
