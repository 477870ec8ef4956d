package overlay

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/ui/affected"
	"darkroom/ui/explorer/crumbs"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Impact shows what depends on some nodes: what darkroom impact prints.
type Impact struct {
	host   *view.Host
	answer affected.Answer
	goTo   func(lineage.ID)
	lines  []impactLine
	cursor int // of lines; -1 when no dashboard is affected
	top    int
	seen   int // lines on the screen at the last drawing
	title  int // cells of the longest title
}

// impactLine is a heading, a dashboard or an exposure.
type impactLine struct {
	heading   string
	numbers   string // at the right of a heading
	dashboard *impact.Dashboard
	exposure  *impact.Exposure
	head      string // of an exposure: name, type and owner
}

// NewImpact shows an answer; goTo goes to a dashboard.
func NewImpact(h *view.Host, a affected.Answer, goTo func(lineage.ID)) *Impact {
	o, r := &Impact{host: h, answer: a, goTo: goTo, cursor: -1}, a.Report
	heading := func(s, numbers string) {
		if len(o.lines) > 0 {
			o.lines = append(o.lines, impactLine{})
		}
		o.lines = append(o.lines, impactLine{heading: s, numbers: numbers})
	}
	for i := range r.Owners {
		owner := &r.Owners[i]
		heading(affected.Owner(owner), text.Count(len(owner.Dashboards), "dashboard")+"  "+affected.ViewsOf(owner.Dashboards, owner.Views))
		for k := range owner.Dashboards {
			if o.cursor < 0 {
				o.cursor = len(o.lines)
			}
			d := &owner.Dashboards[k]
			o.lines = append(o.lines, impactLine{dashboard: d})
			o.title = max(o.title, text.Width(text.Clean(d.Title())))
		}
	}
	if len(r.Exposures) > 0 {
		heading(affected.ExposuresTitle, "")
		for i, head := range affected.ExposureHeads(r) {
			o.lines = append(o.lines, impactLine{exposure: &r.Exposures[i], head: head})
		}
	}
	return o
}

// Wide implements view.Wide.
func (o *Impact) Wide() bool { return true }

// impactHead is how many lines are above those that scroll.
const impactHead = 3

func (o *Impact) Draw(width, height int) []string {
	st := o.host.Styles
	dot := o.host.Glyphs.Dot
	lines := []string{
		" " + st.Title.Render(text.Cut(o.answer.Title(), width-2)),
		" " + st.Dim.Render(text.Cut(o.answer.Numbers(dot), width-2)),
	}
	if len(o.lines) == 0 {
		return lines[:min(len(lines), height)]
	}
	lines = append(lines, "")
	o.seen = max(height-impactHead, 1)
	o.follow()
	for i := o.top; i < min(o.top+o.seen, len(o.lines)); i++ {
		lines = append(lines, o.line(i, width))
	}
	return lines[:min(len(lines), max(height, 0))]
}

func (o *Impact) line(i, width int) string {
	st, l := o.host.Styles, &o.lines[i]
	switch {
	case l.exposure != nil:
		return o.withWay("    "+l.head+"  ", l.exposure.Path, width)
	case l.dashboard == nil:
		return text.Join(" "+st.Accent.Render(text.Cut(l.heading, max(width-28, 8))), st.Dim.Render(l.numbers)+" ", width)
	}
	d := l.dashboard
	sign, style := o.host.PlanSign(d.State)
	title := text.Pad(text.Clean(d.Title()), min(o.title, max(width*2/5, 12)))
	bar := " "
	if i == o.cursor {
		bar = st.Accent.Render(o.host.Glyphs.Cursor)
	}
	mark := theme.Style{}
	if d.Certified {
		mark = st.Good
	}
	line := bar + " " + style.Render(sign) + " " + st.Dashboard.Render(title) + " " + text.PadLeft(affected.Views(d.Views), 6) + "  "
	if o.answer.Report.Counts.Certified > 0 && width >= 90 {
		line += mark.Render(text.Pad(map[bool]string{true: "certified"}[d.Certified], 9)) + "  "
	}
	line = o.withWay(line, d.Path, width)
	if i == o.cursor {
		return st.Cursor.Over(line + text.Spaces(width-ansi.StringWidth(line)))
	}
	return line
}

// withWay puts a way behind a line, without its middle where there is no room for it.
func (o *Impact) withWay(line string, path []lineage.ID, width int) string {
	const arrow = " → "
	names := strings.Split(affected.Way(o.answer.Graph, path, strings.TrimSpace(arrow)), arrow)
	way := crumbs.Fit(names, arrow, max(width-ansi.StringWidth(line), 0))
	return text.Clip(line+o.host.Styles.Dim.Render(way.String()), width)
}

func (o *Impact) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "I":
		o.host.Pop()
	case "y":
		return o.host.Copy("Markdown", o.answer.Markdown())
	case "enter":
		return o.follows()
	case "down", "j":
		o.move(1)
	case "up", "k":
		o.move(-1)
	case "pgdown", "ctrl+f", "ctrl+d":
		o.move(max(o.seen-1, 1))
	case "pgup", "ctrl+b", "ctrl+u":
		o.move(-max(o.seen-1, 1))
	case "home", "g":
		o.move(-len(o.lines))
	case "end", "G":
		o.move(len(o.lines))
	}
	return nil
}

// follows goes to the dashboard at the cursor.
func (o *Impact) follows() tea.Cmd {
	if o.cursor >= 0 {
		o.host.Pop()
		o.goTo(o.lines[o.cursor].dashboard.ID)
	}
	return nil
}

// move takes the cursor by so many lines, to a dashboard.
func (o *Impact) move(by int) {
	if o.cursor < 0 {
		o.Scroll(by)
		return
	}
	dir := 1
	if by < 0 {
		dir = -1
	}
	to := min(max(o.cursor+by, 0), len(o.lines)-1)
	for _, way := range [2]int{dir, -dir} { // past the last one back to it
		for at := to; at >= 0 && at < len(o.lines); at += way {
			if o.lines[at].dashboard != nil {
				o.cursor = at
				return
			}
		}
	}
}

// follow scrolls to the cursor, with the heading above the first dashboard.
func (o *Impact) follow() {
	if o.cursor >= 0 {
		o.top = min(max(o.top, o.cursor-o.seen+1), o.cursor)
		if o.cursor == 1 {
			o.top = 0
		}
	}
	o.top = max(min(o.top, len(o.lines)-o.seen), 0)
}

// Scroll implements view.Overlay: the cursor goes along.
func (o *Impact) Scroll(rows int) {
	if o.cursor >= 0 {
		o.move(rows)
		return
	}
	o.top = max(min(o.top+rows, len(o.lines)-o.seen), 0)
}

// Click implements view.Overlay: a dashboard that has the cursor is gone to.
func (o *Impact) Click(line int) tea.Cmd {
	at := o.top + line - impactHead
	switch {
	case line < impactHead || at >= len(o.lines) || o.lines[at].dashboard == nil:
		return nil
	case at == o.cursor:
		return o.follows()
	}
	o.cursor = at
	return nil
}

func (o *Impact) Hints() []view.Hint {
	hints := []view.Hint{{Key: "esc", Word: "back"}}
	if o.cursor >= 0 {
		hints = append(hints, view.Hint{Key: "enter", Word: "go there"})
	}
	return append(hints, view.Hint{Key: "y", Word: "copy for the pull request"}, view.Hint{Key: "↑↓", Word: "move"})
}
