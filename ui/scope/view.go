package scope

import (
	"fmt"
	"strconv"
	"strings"

	"darkroom/ui/text"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

// The sizes from which there is room for something.
const (
	minWidth  = 24
	minHeight = 6
	twoLines  = 10 // rows: a second line above, the status below
	withNouns = 60 // columns: "12 of 40 workbooks", not "12 of 40"
)

// View implements tea.Model. The frame is never larger than the screen.
func (p *Picker) View() string {
	frame := p.drawn()
	switch {
	case p.opt.Only:
		return text.ASCII(frame)
	case p.opt.ASCII:
		return text.Signs(frame)
	}
	return frame
}

func (p *Picker) drawn() string {
	if p.width <= 0 || p.height <= 0 {
		return "" // the first frame comes before the first size
	}
	if p.tooSmall() {
		return text.Cut("window too small", p.width)
	}
	lines := []string{p.header()}
	if p.height >= twoLines {
		lines = append(lines, p.secondLine())
	}
	body := p.treeLines()
	if p.help {
		body = p.helpLines()
	}
	for i := range p.bodyHeight() {
		line := ""
		if i < len(body) {
			line = text.Clip(body[i], p.width)
		}
		lines = append(lines, line)
	}
	if p.height >= twoLines || p.message != "" || p.leaving {
		lines = append(lines, " "+p.status())
	}
	if len(lines) < p.height {
		lines = append(lines, p.footer())
	}
	return strings.Join(lines, "\n")
}

func (p *Picker) bodyHeight() int {
	if p.height >= twoLines {
		return p.height - 4
	}
	return max(p.height-2, 1)
}

// header says what the screen is for.
func (p *Picker) header() string {
	const name = "darkroom"
	what := fitting(p.width-text.Width(name)-4, "Which projects should it show? Change this any time in darkroom.yml", "Which projects? Later: darkroom.yml", "Scope; later in darkroom.yml", "")
	return " " + p.st.Accent.Render(name) + "  " + p.st.Title.Render(what)
}

// secondLine is the filter, or what a tick means.
func (p *Picker) secondLine() string {
	f := &p.filter
	if !f.editing && !f.active() {
		return " " + p.st.Dim.Render(fitting(p.width-2, "Only ticked projects are shown. A tick includes all projects below.", "Only ticked projects are shown.", ""))
	}
	line := "/" + text.Clean(f.text)
	if f.editing {
		line = "/" + text.Clean(f.input.Value()) + "▏"
	}
	right := text.Count(f.hits, "hit") + " "
	left := " " + p.st.Accent.Render(text.CutLeft(line, p.width-text.Width(right)-3))
	return text.Join(left, p.st.Dim.Render(right), p.width)
}

// fitting is the first text that fits; if none does, the last one, shortened.
func fitting(width int, texts ...string) string {
	for _, s := range texts {
		if text.Width(s) <= width {
			return s
		}
	}
	return text.Cut(texts[len(texts)-1], width)
}

// treeLines are the rows on the screen.
func (p *Picker) treeLines() []string {
	if p.tree.Len() == 0 {
		return []string{"", "  " + p.st.Title.Render("Nothing matches."), "  " + p.st.Dim.Render("esc clears the filter, / changes it.")}
	}
	rows, first := p.tree.Window()
	count := p.countWidth()
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = p.row(r, first+i == p.tree.Cursor(), count)
	}
	return lines
}

func (p *Picker) row(r tree.Row, current bool, countWidth int) string {
	it := &p.ticks.rows[r.ID]
	bar := " "
	if current {
		bar = p.st.Accent.Render(p.gl.Cursor)
	}
	head := text.Spaces(p.indent(r.Depth)) + p.arrow(r.ID) + " "
	room := max(p.width-1-text.Width(head)-boxWidth-1-1-countWidth-1, 4)
	name := text.Cut(it.name, room)
	drawn := p.nameStyle(r.ID, name)
	if note := p.note(it); note != "" && text.Width(name)+2+text.Width(note) <= room {
		name, drawn = name+"  "+note, drawn+"  "+p.st.Dim.Render(note)
	}
	line := bar + head + p.box(it) + " " + drawn + text.Spaces(room-text.Width(name)+1) +
		p.st.Dim.Render(text.PadLeft(p.count(it), countWidth)) + " "
	line = text.Clip(line, p.width) // the screen may be too narrow for all of it
	if current {
		return p.st.Cursor.Over(line)
	}
	return line
}

// boxWidth are the cells of a checkbox.
const boxWidth = 3

// indent is where a row's arrow is, after the cursor's sign.
func (p *Picker) indent(depth int) int { return 2 * min(depth, p.width/8) }

func (p *Picker) arrow(id tree.ID) string {
	return p.gl.Arrow(p.ticks.HasChildren(id), p.tree.IsOpen(id))
}

func (p *Picker) box(it *row) string {
	switch {
	case it.every:
		return p.st.Included.Render(p.gl.Included)
	case it.some:
		return p.st.Mixed.Render(p.gl.Mixed)
	}
	return p.st.Undecided.Render(p.gl.Undecided)
}

func (p *Picker) nameStyle(id tree.ID, name string) string {
	switch m := p.filter.mark(id); {
	case m == markPath:
		return p.st.Dim.Render(name)
	case p.filter.active() && m == markHit:
		return theme.Highlight(name, p.filter.words, p.st.Text, p.st.Hit)
	case id == root:
		return p.st.Title.Render(name)
	}
	return p.st.Text.Render(name)
}

// note is the dim text after a name.
func (p *Picker) note(it *row) string {
	switch {
	case it.projects > 1:
		return fmt.Sprintf("%d projects with this name", it.projects)
	case it.own > 0 && len(it.children) > 0 && p.opt.Counted:
		return fmt.Sprintf("%d of its own", it.own)
	}
	return ""
}

// count is the number of workbooks at and below a row: all, or "3 of 12" in scope.
func (p *Picker) count(it *row) string {
	if !p.opt.Counted {
		return ""
	}
	count, noun := strconv.Itoa(it.all), " workbooks"
	if it.some && !it.every {
		count = fmt.Sprintf("%d of %d", it.in, it.all)
	}
	switch {
	case p.width < withNouns:
		noun = ""
	case it.all == 1:
		noun = " workbook " // keeps the numbers aligned
	}
	return count + noun
}

// countWidth is the width of the largest possible count.
func (p *Picker) countWidth() int {
	site := p.ticks.rows[root]
	site.in, site.some, site.every = site.all, true, false
	return text.Width(p.count(&site))
}

// status is the line above the footer: a question, a message, or the numbers.
func (p *Picker) status() string {
	width := p.width - 2
	site := &p.ticks.rows[root]
	in, all := p.ticks.projects()
	noun := text.Count(all, "project")
	if p.opt.Counted {
		in, all, noun = site.in, site.all, text.Count(site.all, "workbook")
	}
	switch {
	case p.leaving:
		return p.st.Warn.Render(fitting(width, "No limit: all "+noun+" are in scope. q again: yes, any other key: back", "No limit? q: yes, any other key: back", "No limit? q: yes"))
	case p.message != "":
		return p.st.Toast.Render(text.Cut(p.message, width))
	}
	line := fmt.Sprintf("%d of %s in scope", in, noun)
	if !site.some {
		line = fitting(width, "nothing ticked: all "+noun+" are in scope", fmt.Sprintf("nothing ticked: all %d are in scope", all), "nothing ticked: all")
	}
	if n := p.filter.hidden(p.ticks); n > 0 {
		line = fitting(width, line+fmt.Sprintf("; %d ticked hidden by the filter", n), fmt.Sprintf("%d ticked hidden by the filter", n))
	}
	if n := p.opt.Personal; n > 0 {
		line = fitting(width, line+fmt.Sprintf("; %d in personal spaces left out", n), line)
	}
	return p.st.Dim.Render(line)
}

// footer shows the keys that can be used now.
func (p *Picker) footer() string {
	line := ""
	for _, h := range p.hints() {
		line += " " + p.st.Accent.Render(h.label) + " " + p.st.Dim.Render(h.hint) + " "
	}
	return line
}

// hints are what the footer has, as many as fit.
func (p *Picker) hints() []action {
	hints := p.actions
	switch {
	case p.help:
		hints = []action{{label: "any key", hint: "closes"}}
	case p.leaving:
		hints = []action{{label: "q", hint: "no limit"}, {label: "any other key", hint: "back"}}
	case p.filter.editing:
		hints = []action{{label: "enter", hint: "keep"}, {label: "esc", hint: "back"}, {label: "↑↓", hint: "move"}}
	}
	var fit []action
	used := 0
	for _, h := range hints {
		w := hintWidth(h)
		if h.hint == "" || used+w > p.width-1 {
			continue
		}
		fit = append(fit, h)
		used += w
	}
	return fit
}

// helpLines lists the keys, on a small screen only the first ones.
func (p *Picker) helpLines() []string {
	lines := make([]string, len(p.actions))
	for i, act := range p.actions {
		lines[i] = "  " + p.st.Accent.Render(text.Pad(act.label, 9)) + text.Cut(act.title, p.width-12)
	}
	return lines
}
