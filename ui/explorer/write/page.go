package write

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// lay puts the page together: what to know first, what is left out and why, conflicts,
// and the files.
func (d *Diff) lay(plan Plan) {
	plan.Read()
	d.plan, d.chosen = plan, min(d.chosen, max(len(plan.Conflicts)-1, 0))
	d.page = d.page[:0]
	for _, said := range plan.About {
		d.add(dim, said)
		d.add(plain, "")
	}
	about := len(d.page)
	for _, said := range plan.Removals {
		d.add(warning, said)
		d.add(plain, "")
	}
	d.refusals()
	for _, note := range plan.Notes {
		d.add(warning, note)
		d.add(plain, "")
	}
	d.conflicts()
	for i := range plan.Files {
		f := &plan.Files[i]
		d.page = append(d.page, line{kind: title, text: f.Path, note: summaryOf(f)})
		d.page = append(slices.Grow(d.page, len(plan.rows[i])+1), plan.rows[i]...)
		d.add(plain, "")
	}
	switch {
	case len(d.page) > about:
	case len(d.host.Graph.Dashboards()) == 0:
		title, advice := d.host.NoDashboards()
		d.add(plain, title)
		d.add(plain, "")
		d.add(dim, advice)
	default:
		d.add(plain, "Nothing is included, and nothing was exported before.")
		d.add(plain, "")
		d.add(dim, "Include dashboards with space, then press w again.")
	}
	d.plan.rows = nil // they are in the page now
	d.stops, d.digits = headings(d.page), widest(d.page)
	d.scroll.lines = len(d.page)
}

func (d *Diff) add(k kind, s string) { d.page = append(d.page, line{kind: k, text: s}) }

func (d *Diff) refusals() {
	n := len(d.plan.Refusals)
	if n == 0 {
		return
	}
	d.add(warning, text.Count(n, "dashboard")+" left out")
	for _, r := range d.plan.Refusals {
		d.page = append(d.page, line{text: text.Cut(text.Clean(r.Title), refusedTitle), indent: 2},
			line{kind: dim, text: r.Rule, indent: 4}, line{text: r.Fix, indent: 4})
	}
	d.add(plain, "")
}

// refusedTitle is how much of a title is shown of what is left out.
const refusedTitle = 120

func summaryOf(f *FilePlan) string {
	if f.Diff == "" {
		return "nothing changes"
	}
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{{len(f.Added), "added"}, {len(f.Changed), "changed"}, {len(f.Removed), "removed"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	return strings.Join(parts, ", ")
}

// summary is the line at the bottom: all of it in numbers.
func (d *Diff) summary() string {
	p := &d.plan
	var parts []string
	count := func(n int, word string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, word))
		}
	}
	var added, changed, gone, open, yours int
	for i := range p.Files {
		f := &p.Files[i]
		added, changed, gone = added+len(f.Added), changed+len(f.Changed), gone+len(f.Removed)
	}
	for _, c := range p.Conflicts {
		if c.Moved {
			open++
		} else {
			yours++
		}
	}
	all := "no exposures"
	if p.Written > 0 {
		all = text.Count(p.Written, "exposure")
	}
	if added > 0 && added != p.Written {
		all += fmt.Sprintf(" (%d new)", added)
	}
	parts = append(parts, all)
	count(changed, "changed")
	count(gone, "removed")
	count(len(p.Refusals), "refused")
	count(open, "in conflict")
	count(yours, "yours")
	line := strings.Join(parts, ", ")
	if n := p.changed(); n > 0 {
		return line + "; " + text.Count(n, "file")
	}
	return line + "; no file changes"
}

// rowsOf is how many rows a line takes.
func (d *Diff) rowsOf(i int) int { return len(d.parts(i)) }

// parts are the rows of a line, without gutter and style, so that nothing of what is
// written is cut.
func (d *Diff) parts(i int) []string {
	l := &d.page[i]
	switch l.kind {
	case context, added, removed:
		return text.Wrap(text.Clean(l.text), max(d.room()-d.gutterWidth()-1, 8))
	case title, heading, choice, gap:
		return []string{text.Clean(l.text)}
	}
	return text.Wrap(text.Clean(l.text), max(d.room()-int(l.indent), 8))
}

// drawn are the rows of a line as they are seen.
func (d *Diff) drawn(i int) []string {
	l, st := &d.page[i], d.host.Styles
	rows := slices.Clone(d.parts(i))
	switch l.kind {
	case title:
		return []string{st.Title.Render(rows[0]) + "  " + st.Dim.Render(l.note)}
	case heading:
		return []string{d.heading(i, rows[0])}
	case choice:
		return []string{d.choice(l, rows[0])}
	case gap:
		return []string{st.Faint.Render(text.Spaces(d.gutterWidth()-1) + strings.Repeat(d.host.Glyphs.Dot, 3))}
	case context, added, removed:
		for n := range rows {
			rows[n] = d.fileRow(l, rows[n], n == 0)
		}
		return rows
	}
	for n := range rows {
		rows[n] = text.Spaces(int(l.indent)) + d.style(l.kind).Render(rows[n])
	}
	return rows
}

func (d *Diff) style(k kind) theme.Style {
	st := d.host.Styles
	switch k {
	case dim:
		return st.Dim
	case warning:
		return st.Warn
	case added:
		return st.Add
	case removed:
		return st.Del
	}
	return theme.Style{}
}

// heading is the line before an exposure; the bar shows where n and N are.
func (d *Diff) heading(i int, name string) string {
	bar := " "
	if d.stop >= 0 && d.stop < len(d.stops) && d.stops[d.stop] == i {
		bar = d.host.Styles.Accent.Render(d.host.Glyphs.Cursor)
	}
	sign, st := "~", d.host.Styles.Hunk
	switch word, _, _ := strings.Cut(d.page[i].note, ","); word {
	case "new":
		sign, st = "+", d.host.Styles.Add
	case "removed":
		sign, st = "-", d.host.Styles.Del
	}
	return bar + st.Render(sign+" "+name) + "  " + d.host.Styles.Dim.Render(d.page[i].note)
}

// narrow is the width below which only one number is shown.
const narrow = 60

// gutterWidth are the cells before a line of a file: one number, or both.
func (d *Diff) gutterWidth() int {
	if d.room() < narrow {
		return d.digits + 1
	}
	return 2*d.digits + 2
}

func (d *Diff) fileRow(l *line, row string, first bool) string {
	number := func(n int) string {
		if n == 0 || !first {
			return text.Spaces(d.digits)
		}
		return text.PadLeft(fmt.Sprint(n), d.digits)
	}
	gutter := number(int(l.old)) + " " + number(int(l.new)) + " "
	if d.room() < narrow {
		gutter = number(int(max(l.old, l.new))) + " "
	}
	sign := " "
	switch l.kind {
	case added:
		sign = "+"
	case removed:
		sign = "-"
	}
	if !first {
		sign = " "
	}
	return d.host.Styles.Faint.Render(gutter) + d.style(l.kind).Render(sign+row)
}
