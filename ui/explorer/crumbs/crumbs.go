// Package crumbs is the way to the cursor on one line: names with a sign between them, and
// what is left out where there is no room.
//
// Not here: what the names are (the views), and where the line is (ui/explorer).
package crumbs

import (
	"strings"

	"darkroom/ui/text"
)

// Path is what is shown, from the left to the right.
type Path []crumb

// crumb is a name, or what is between names.
type crumb struct {
	text string
	up   int // rows above the cursor's; -1 between names
}

// left is shown for names that are left out.
const left = "…"

// Fit is the path through names, the outermost first, in a room of some cells. Of one that
// is too long the middle is left out; if that does not do, all but the last names.
func Fit(names []string, sign string, room int) Path {
	if len(names) == 0 {
		return nil
	}
	all := make(Path, 0, len(names))
	for i, name := range names {
		all = append(all, crumb{text.Clean(name), len(names) - 1 - i})
	}
	whole := joined(all, sign)
	if whole.Width() <= room {
		return whole
	}
	for from := 2; from < len(all); from++ {
		if short := joined(append(Path{all[0], {left, -1}}, all[from:]...), sign); short.Width() <= room {
			return short
		}
	}
	for from := range all {
		end := joined(all[from:], sign)
		if most := text.Width(end[0].text) - end.Width() + room; most > 0 {
			if from == len(all)-1 { // a title says most at its beginning
				end[0].text = text.Cut(end[0].text, most)
			} else {
				end[0].text = text.CutLeft(end[0].text, most)
			}
			return end
		}
	}
	return nil
}

func joined(names Path, sign string) Path {
	out := make(Path, 0, 2*len(names))
	for i, c := range names {
		if i > 0 {
			out = append(out, crumb{sign, -1})
		}
		out = append(out, c)
	}
	return out
}

// Width is how many cells it takes.
func (p Path) Width() (cells int) {
	for _, c := range p {
		cells += text.Width(c.text)
	}
	return cells
}

// String is the path as it is shown.
func (p Path) String() string {
	var b strings.Builder
	b.Grow(16 * len(p))
	for _, c := range p {
		b.WriteString(c.text)
	}
	return b.String()
}

// At is how many rows above the cursor's the name at a cell is; 0 where there is none.
func (p Path) At(x int) int {
	end := 0
	for _, c := range p {
		if from := end; x >= from {
			if end += text.Width(c.text); x < end {
				return max(c.up, 0)
			}
		}
	}
	return 0
}
