package explorer

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/text"
)

// View implements tea.Model. The frame never has more lines than the screen,
// because bubbletea would drop the top ones (facts/terminal.md §4.1).
func (a *App) View() string {
	if a.opt.ASCII {
		return text.ASCII(a.drawn())
	}
	return a.drawn()
}

func (a *App) drawn() string {
	if a.width <= 0 || a.height <= 0 {
		return "" // the first frame comes before the first size
	}
	if a.width < minWidth || a.height < minHeight {
		return text.Clip(text.Cut("window too small", a.width), a.width)
	}
	f := a.frame()
	screen := make([]string, a.height)
	screen[0] = a.header(a.width)
	if f.crumbs.h > 0 {
		screen[f.crumbs.y] = a.crumbs(a.width)
	}
	a.body(screen, f)
	if f.status.h > 0 {
		screen[f.status.y] = a.status(a.width)
	}
	screen[f.footer.y] = a.footer(a.width)
	if f.status.h == 0 && a.toast.text != "" {
		screen[f.footer.y] = a.st.Toast.Render(text.Pad(a.toast.text, a.width))
	}
	return strings.Join(screen, "\n")
}

// body draws what stands between crumbs and status: an overlay, or the panes.
func (a *App) body(screen []string, f frame) {
	if n := len(a.overlays); n > 0 {
		area := a.bodyRect(f)
		place(screen, area, a.overlays[n-1].draw(a, area.w, area.h))
		return
	}
	place(screen, f.tree, a.treePane(f.tree.w))
	if f.rule.h > 1 {
		place(screen, f.rule, repeat(a.st.Faint.Render(a.gl.rule), f.rule.h))
	} else if f.rule.h == 1 {
		place(screen, f.rule, []string{a.st.Faint.Render(strings.Repeat(a.gl.ruleAcross, f.rule.w))})
	}
	if f.details.h > 0 && f.details.w > 0 {
		place(screen, f.details, a.detailLines(f.details.w, f.details.h))
	}
}

// bodyRect is everything between the header lines and the status lines.
func (a *App) bodyRect(f frame) rect {
	top, bottom := 1+f.crumbs.h, f.footer.y-f.status.h
	return rect{0, top, a.width, bottom - top}
}

func (a *App) treePane(width int) []string {
	switch {
	case a.loading.err != nil || a.loading.active && a.tree().Len() == 0:
		return indent(a.loadingLines(width-2), 2)
	case a.tree().Len() == 0:
		return indent(a.emptyLines(width-2), 2)
	}
	return a.treeLines(width)
}

// emptyLines say what to do when there is nothing to show.
func (a *App) emptyLines(width int) []string {
	if a.filter.active() {
		return []string{"", a.st.Title.Render("Nothing matches."), a.st.Dim.Render("esc clears the filter, / changes it.")}
	}
	var lines []string
	say := func(title, cure string) {
		lines = append(lines, "", a.st.Title.Render(title), "")
		for _, l := range text.Wrap(cure, width) {
			lines = append(lines, a.st.Dim.Render(l))
		}
	}
	switch {
	case a.view == viewInbox && len(a.graph.Dashboards()) > 0:
		say("The Inbox is empty.", "Dashboards that are new, renamed, moved or gone since the last review come here, to be decided one after another. What was there the first time is known already.")
	case a.view != viewModels && a.servers > 0:
		say("No dashboards yet.", "Press r to fetch what Tableau knows: dashboards, what they read, who looks at them. darkroom sync does the same without a screen.")
	case a.view != viewModels:
		say("No dashboards yet.", "Give darkroom Tableau metadata: a snapshot or an answer saved from GraphiQL, with --tableau FILE, or name it under sites: in darkroom.yml.")
	default:
		say("No dbt project yet.", "Run dbt parse in the project, or name a manifest with --manifest FILE.")
	}
	return lines
}

// header is the first line: what is open, the views, and the choice so far.
func (a *App) header(width int) string {
	left := " " + a.st.Accent.Render("darkroom")
	if title := text.Clean(a.title); title != "" && width >= 70 {
		left += a.st.Dim.Render("  " + text.Cut(title, width/3))
	}
	tabs := ""
	for v, title := range viewTitles {
		waiting := ""
		if n := len(a.news); view(v) == viewInbox && n > 0 {
			waiting = fmt.Sprintf("(%s)", text.Short(n))
		}
		switch label := fmt.Sprintf("%d %s", v+1, title) + waiting; {
		case view(v) == a.view:
			tabs += a.st.Accent.Render("[" + label + "]")
		case width < stacked: // only the key
			tabs += a.st.Dim.Render(label[:1] + waiting)
		default:
			tabs += a.st.Dim.Render(" " + label + " ")
		}
		tabs += " "
	}
	right := ""
	if t := a.choice(); t.Total() > 0 && width >= 60 {
		right = a.st.Included.Render(fmt.Sprintf("%d included", t.Included)) + " "
	}
	return text.Join(left+"  "+tabs, right, width)
}

// crumbs is the second line: the filter, or where the cursor stands.
func (a *App) crumbs(width int) string {
	if a.filter.editing || a.filter.active() {
		right := text.Count(a.filter.hits, "hit") + " "
		style := a.st.Dim
		if a.filter.err != "" {
			right, style = a.filter.err+" ", a.st.Warn
		}
		right = text.Cut(right, width*2/3)
		left := " " + a.st.Accent.Render(a.filter.line(width-text.Width(right)-3))
		return text.Join(left, style.Render(right), width)
	}
	id, ok := a.tree().Current()
	if !ok {
		return ""
	}
	path := strings.Join(a.outline().crumbs(id), a.gl.crumb)
	return " " + a.st.Dim.Render(text.CutLeft(path, width-2))
}

// status is the last line but one: a message, or the numbers.
func (a *App) status(width int) string {
	if a.awaitLevel {
		return " " + a.st.Toast.Render("how many levels? 1–9")
	}
	if a.rangeFrom >= 0 {
		return " " + a.st.Toast.Render(text.Cut(fmt.Sprintf("range: %s; space ticks, x excludes, esc ends it", text.Count(len(a.targets()), "dashboard")), width-2))
	}
	if a.toast.text != "" {
		return " " + a.st.Toast.Render(text.Cut(a.toast.text, width-2))
	}
	if a.loading.active {
		return " " + a.st.Dim.Render("loading…")
	}
	if line := a.sync.status(); line != "" {
		return " " + a.st.Toast.Render(text.Cut(line, width-2))
	}
	t := a.choice()
	if t.Total() == 0 {
		return ""
	}
	line := fmt.Sprintf("%d included, %d excluded, %d undecided of %s", t.Included, t.Excluded, t.Undecided, text.Count(t.Total(), "dashboard"))
	if t.byRule > 0 {
		line += fmt.Sprintf("; %d by rule", t.byRule)
	}
	if n := a.hiddenIncluded(); n > 0 {
		line += fmt.Sprintf("; %d included hidden by the filter", n)
	}
	return " " + a.st.Dim.Render(text.Cut(line, width-2))
}

// footer shows the keys that do something here and now.
func (a *App) footer(width int) string {
	line, used := "", 0
	for _, h := range a.hints() {
		w := text.Width(h.key) + 1 + text.Width(h.word) + 2
		if used+w > width-1 {
			continue
		}
		line += " " + a.st.Accent.Render(h.key) + " " + a.st.Dim.Render(h.word) + " "
		used += w
	}
	return line
}

// hint is one entry of the footer.
type hint struct {
	key, word string
	act       *Action
}

func (a *App) hints() []hint {
	if n := len(a.overlays); n > 0 {
		return a.overlays[n-1].hints()
	}
	if a.filter.editing {
		return []hint{{"enter", "keep", nil}, {"esc", "back", nil}, {"↑↓", "move", nil}}
	}
	var hs []hint
	for i := range a.actions {
		act := &a.actions[i]
		if act.Hint == "" || act.reason != nil && act.reason(a) != "" {
			continue
		}
		hs = append(hs, hint{keyLabel(act.Keys[0]), act.Hint, act})
	}
	return hs
}

// place copies lines into an area of the screen; areas are given left to right.
func place(screen []string, area rect, lines []string) {
	for i := range area.h {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		y := area.y + i
		if area.x > 0 {
			screen[y] += text.Spaces(area.x - ansi.StringWidth(screen[y]))
		}
		screen[y] += text.Clip(line, area.w)
	}
}

func indent(lines []string, n int) []string {
	for i, l := range lines {
		lines[i] = text.Spaces(n) + l
	}
	return lines
}

func repeat(s string, n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = s
	}
	return lines
}
