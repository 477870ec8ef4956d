package textdiff

import (
	"bytes"
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// unchangedLines is how many of the lines that two texts have in common at the begin, and
// as many at the end, are compared again with what is between: which of several equal
// lines are said to be new depends on them.
const unchangedLines = 100

// changedLines are the lines that differ, by their numbers from 0. Only what is between
// the lines that both texts begin and end with, but for so many of these, is cut into
// lines.
func changedLines(old, text []byte, keep int) []lcs.Diff {
	if bytes.Equal(old, text) {
		return nil
	}
	begin, end := commonEnds(old, text, keep)
	skipped := bytes.Count(old[:begin], newline)
	old, text = old[begin:len(old)-end], text[begin:len(text)-end]
	if len(old) == 0 || len(text) == 0 {
		return []lcs.Diff{{Start: skipped, End: skipped + countLines(old), ReplStart: skipped, ReplEnd: skipped + countLines(text)}}
	}
	changes := lcs.DiffLines(linesIn(old), linesIn(text))
	for i := range changes {
		c := &changes[i]
		c.Start, c.End, c.ReplStart, c.ReplEnd = c.Start+skipped, c.End+skipped, c.ReplStart+skipped, c.ReplEnd+skipped
	}
	return changes
}

// commonEnds is how many bytes, in whole lines, two different texts have in common at the
// begin and at the end, without the last lines of the one and the first of the other.
func commonEnds(a, b []byte, without int) (begin, end int) {
	shorter := min(len(a), len(b))
	for begin < shorter && a[begin] == b[begin] {
		begin++
	}
	for end < shorter && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	overlap := max(begin+end-shorter, 0)
	begin = linesBack(a[:begin-overlap], without)
	end = linesOn(a[len(a)-end+overlap:], without)
	return begin, end
}

// linesBack is the size of a text without its last lines, and without what is left of a
// line at its end.
func linesBack(text []byte, lines int) int {
	at := len(text)
	for range lines + 1 {
		if at = bytes.LastIndexByte(text[:max(at-1, 0)], '\n') + 1; at == 0 {
			break
		}
	}
	return at
}

// linesOn is the size of a text without its first lines, and without what is left of a
// line at its begin.
func linesOn(text []byte, lines int) int {
	for range lines + 1 {
		_, text, _ = bytes.Cut(text, newline)
	}
	return len(text)
}

// linesIn are the lines of a text with their line ends.
func linesIn(text []byte) []string {
	lines := make([]string, 0, countLines(text))
	for line := range strings.Lines(string(text)) {
		lines = append(lines, line)
	}
	return lines
}
