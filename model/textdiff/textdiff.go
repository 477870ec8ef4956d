// Package textdiff writes unified diffs of texts of any size, in time that grows with what
// differs.
package textdiff

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// contextLines is how many lines that stay are shown around those that change.
const contextLines = 3

// Write writes the change of one file as a unified diff, line by line; nothing when
// there is none. name is the file's, with slashes. The texts may hold anything: whoever
// shows the diff on a terminal has to escape control characters. Errors are those of out
// and ctx.
func Write(ctx context.Context, out io.Writer, old, text []byte, name string) error {
	changes := changedLines(old, text, unchangedLines)
	if len(changes) == 0 {
		return ctx.Err()
	}
	d := differ{ctx: ctx, out: bufio.NewWriter(out), old: lineReader{text: old}, text: lineReader{text: text}, oldLines: countLines(old)}
	fmt.Fprintf(d.out, "--- a/%s\n+++ b/%s\n", name, name)
	for len(changes) > 0 && d.failed() == nil {
		n := 1
		for n < len(changes) && changes[n].Start <= changes[n-1].End+2*contextLines {
			n++
		}
		d.hunk(changes[:n])
		changes = changes[n:]
	}
	if err := d.failed(); err != nil {
		return err
	}
	return d.out.Flush()
}

// differ writes hunks in the order of their lines.
type differ struct {
	ctx       context.Context
	out       *bufio.Writer
	old, text lineReader
	oldLines  int
	err       error
}

// failed is why nothing more is written.
func (d *differ) failed() error {
	if d.err == nil {
		d.err = d.ctx.Err()
	}
	return d.err
}

// hunk writes changes that are close together, with the lines around them.
func (d *differ) hunk(changes []lcs.Diff) {
	first, last := changes[0], changes[len(changes)-1]
	from, to := max(first.Start-contextLines, 0), min(last.End+contextLines, d.oldLines)
	removed, added := to-from, to-from
	for _, c := range changes {
		added += (c.ReplEnd - c.ReplStart) - (c.End - c.Start)
	}
	fmt.Fprintf(d.out, "@@ -%s +%s @@\n", lineRange(from, removed), lineRange(first.ReplStart-(first.Start-from), added))
	d.old.skipTo(from)
	for _, c := range changes {
		d.write(' ', &d.old, c.Start)
		d.write('-', &d.old, c.End)
		d.text.skipTo(c.ReplStart)
		d.write('+', &d.text, c.ReplEnd)
	}
	d.write(' ', &d.old, to)
}

// lineRange is where lines are, from 0, as a hunk says it.
func lineRange(first, lines int) string {
	switch {
	case lines > 1:
		return fmt.Sprintf("%d,%d", first+1, lines)
	case lines == 0 && first == 0:
		return "0,0" // as diff -u has it for an empty file
	}
	return fmt.Sprint(first + 1)
}

// write writes the lines up to one, each with a sign before it.
func (d *differ) write(sign byte, lines *lineReader, to int) {
	for lines.at < to && d.failed() == nil {
		line := lines.next()
		d.out.WriteByte(sign)
		if _, d.err = d.out.Write(line); !bytes.HasSuffix(line, newline) {
			d.out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

var newline = []byte("\n")

// lineReader goes through the lines of a text.
type lineReader struct {
	text []byte // from the next line on
	at   int    // its number, from 0
}

// next gives a line with its line end.
func (r *lineReader) next() []byte {
	end := bytes.IndexByte(r.text, '\n') + 1
	if end == 0 {
		end = len(r.text)
	}
	line := r.text[:end]
	r.text = r.text[end:]
	r.at++
	return line
}

func (r *lineReader) skipTo(line int) {
	for r.at < line {
		r.next()
	}
}

// countLines counts lines; the last one may lack its line end.
func countLines(text []byte) int {
	n := bytes.Count(text, newline)
	if len(text) > 0 && !bytes.HasSuffix(text, newline) {
		n++
	}
	return n
}
