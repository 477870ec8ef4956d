package output

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"darkroom/sources/disk"
	"darkroom/ui/text"
)

// ProseWidth is that of sentences: fit for any terminal and for a ticket.
const ProseWidth = 100

// factsColumn is where a labelled text begins.
const factsColumn = 13

// Paragraph writes wrapped lines.
func Paragraph(b *strings.Builder, indent, s string) {
	for _, line := range text.Wrap(text.Clean(s), ProseWidth-len(indent)) {
		b.WriteString(indent + line + "\n")
	}
}

// Labelled writes a text in a column of its own after its label.
func Labelled(b *strings.Builder, label, s string) {
	for i, line := range text.Wrap(text.Clean(s), ProseWidth-factsColumn) {
		if i > 0 {
			label = ""
		}
		b.WriteString("  " + text.Pad(label, factsColumn-2) + line + "\n")
	}
}

// CleanLines makes a message of several lines safe for the terminal.
func CleanLines(s string) string {
	return strings.Join(text.CleanLines(s), "\n")
}

// CleanLinesTo is [CleanLines] for a text of whole lines that is written piece by piece.
func CleanLinesTo(out io.Writer) io.Writer { return &cleaner{out: out} }

type cleaner struct {
	out  io.Writer
	rest []byte // a line whose end is still to come
}

func (c *cleaner) Write(p []byte) (int, error) {
	end := bytes.LastIndexByte(p, '\n') + 1
	if end > 0 {
		lines := CleanLines(string(c.rest) + string(p[:end]))
		c.rest = c.rest[:0]
		if _, err := io.WriteString(c.out, lines); err != nil {
			return 0, err
		}
	}
	c.rest = append(c.rest, p[end:]...)
	return len(p), nil
}

// Quoted is a value on one line, cut where it is long.
func Quoted(s string) string {
	if s == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", disk.Clip(s))
}
