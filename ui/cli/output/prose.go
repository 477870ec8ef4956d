package output

import (
	"fmt"
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

// Quoted is a value on one line, cut where it is long.
func Quoted(s string) string {
	if s == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", disk.Clip(s))
}
