package explorer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"darkroom/ui/explorer/crumbs"
	"darkroom/ui/explorer/header"
	"darkroom/ui/explorer/panes"
	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// View implements tea.Model. The frame never has more lines than the screen,
// because bubbletea would drop the top ones (ui/TERMINAL.md#frames).
func (a *App) View() string {
	switch {
	case a.opt.OnlyASCII:
		return text.ASCII(a.drawn())
	case a.opt.ASCII:
		return text.Signs(a.drawn())
	}
	return a.drawn()
}

func (a *App) drawn() string {
	if a.panes.Width <= 0 || a.panes.Height <= 0 {
		return "" // the first frame comes before the first size
	}
	if a.panes.TooSmall() {
		return text.Clip(text.Cut("window too small", a.panes.Width), a.panes.Width)
	}
	f := a.panes.Frame()
	screen := make([]string, a.panes.Height)
	if a.head.at != a.host.Drawing {
		a.head = head{a.host.Drawing, a.header(a.panes.Width).Draw(a.host.Styles)}
	}
	screen[0] = a.head.line
	if f.Crumbs.H > 0 {
		screen[f.Crumbs.Y] = a.crumbs(a.panes.Width)
	}
	a.body(screen, f)
	if f.Status.H > 0 {
		screen[f.Status.Y] = a.status(a.panes.Width)
	}
	screen[f.Footer.Y] = a.footer(a.panes.Width)
	if f.Status.H == 0 {
		screen[f.Footer.Y] = a.lastLine(screen[f.Footer.Y])
	}
	return strings.Join(screen, "\n")
}

// head is the first line as it was drawn; moving the cursor does not change it.
type head struct {
	at   int // view.Host.Drawing
	line string
}

// lastLine is the footer of a screen without a status line: a message takes its place, and
// so does what the filter hides.
func (a *App) lastLine(footer string) string {
	width, hidden, said := a.panes.Width, "", footer
	if n := a.hiddenIncluded(); n > 0 {
		hidden = a.host.Styles.Warn.Render(fmt.Sprintf(" %d included hidden", n))
	}
	room := max(width-text.Width(hidden), 0)
	if a.toast.text != "" {
		said = a.host.Styles.Toast.Render(text.Pad(text.Cut(a.toast.text, room), room))
	}
	return text.Join(text.Clip(said, room), hidden, width)
}

// body draws what is between crumbs and status: the panes, and an overlay on them.
func (a *App) body(screen []string, f panes.Frame) {
	a.drawPanes(screen, f)
	a.tour.Draw(screen, f.Edge)
	if a.filter.editing {
		a.drawOffers(screen, f)
	}
	if top := a.overlays.Top(); top != nil {
		a.box.Draw(screen, a.host, f.Body(), a.cursorLine(f), top)
	}
}

func (a *App) drawPanes(screen []string, f panes.Frame) {
	parts := append(make([]panes.Pane, 0, 3), f.View.With(a.drawLetters(a.viewPane(f.View.W), f.View)), f.Rule.With(a.rule(f.Rule)))
	if f.Details.H > 0 && f.Details.W > 0 {
		parts = append(parts, f.Details.With(a.details.Draw(a.view, a.panes.InDetails)))
	}
	panes.Place(screen, parts...)
}

// rule divides the panes; it is bold when the details have the keys.
func (a *App) rule(area panes.Rect) []string {
	st, g := a.host.Styles.Faint, a.host.Glyphs
	along, across := g.Rule, g.RuleAcross
	if a.panes.InDetails {
		st, along, across = a.host.Styles.Focus, g.Bold, g.BoldAcross
	}
	if area.W > 1 {
		return []string{st.Render(strings.Repeat(across, area.W))}
	}
	return repeat(st.Render(along), area.H)
}

func (a *App) viewPane(width int) []string {
	empty := a.view.Len() == 0
	switch {
	case a.loading.err != nil || a.loading.active && empty:
		return indent(a.loadingLines(width-2), 2)
	case empty:
		return indent(a.emptyLines(width-2), 2)
	}
	return a.view.Draw(!a.panes.InDetails)
}

// emptyLines say what to do when there is nothing to show.
func (a *App) emptyLines(width int) []string {
	st := a.host.Styles
	if a.filter.active() {
		return a.noMatch(width)
	}
	title, advice := a.view.Empty()
	lines := []string{"", st.Title.Render(title), ""}
	for _, l := range text.Wrap(advice, width) {
		lines = append(lines, st.Dim.Render(l))
	}
	return lines
}

// header is the first line at a width.
func (a *App) header(width int) header.Line {
	h := header.Header{Title: a.title, Summary: a.summary()}
	for _, v := range a.views {
		h.Tabs = append(h.Tabs, header.Tab{Key: a.viewKey(v), Title: v.Info().Title, Waiting: v.Waiting(), Current: v == a.view})
	}
	return h.At(width)
}

// crumbs is the second line: the filter, or where the cursor is.
func (a *App) crumbs(width int) string {
	left := ""
	if path := a.path().String(); path != "" {
		left = " " + a.host.Styles.Dim.Render(path)
	}
	if a.filter.editing || a.filter.active() {
		used := ansi.StringWidth(left)
		return left + text.Spaces(min(used, 1)) + a.filterLine(width-used-min(used, 1))
	}
	return left
}

// pathRoom is the room for the path: beside a filter what that leaves of a wide screen, and
// none while one types.
func (a *App) pathRoom(width int) int {
	if !a.filter.editing && !a.filter.active() {
		return width - 2
	}
	counts := text.Width(a.filterCounts()[0]) // at most two thirds of what is left, see filterLine
	room := width - 4 - max(text.Width(a.filter.line(width))+counts+4, (counts+2)*3/2)
	if a.filter.editing || width < panes.SideBySide || room < leastPath || a.filterProblem() != "" {
		return 0
	}
	return room
}

// leastPath are the cells of a path that is worth its place beside a filter.
const leastPath = 16

// path is the way to the cursor as the screen shows it.
func (a *App) path() crumbs.Path {
	return crumbs.Fit(a.view.Crumbs(), a.host.Glyphs.Crumb, a.pathRoom(a.panes.Width))
}

// status is the last line but one: a message, the numbers, beside it where both have room,
// and how many warnings were not read yet.
func (a *App) status(width int) string {
	st, unread := a.host.Styles, a.unread(width)
	room := width - 2
	if unread != "" {
		room -= text.Width(unread) + 1
	}
	said, style := a.said()
	said = text.Cut(said, room)
	left, right := " "+style.Render(said), st.Warn.Render(unread)
	counts := a.counts(room, text.Width(said))
	switch {
	case said == "":
		left = " " + st.Dim.Render(counts)
	case counts != "":
		right = st.Dim.Render(counts) + " " + right
	}
	return text.Join(left, right, width)
}

// unread says at the right of the status how many warnings were not read yet.
func (a *App) unread(width int) string {
	switch n := a.log.Unread(); {
	case n == 0:
		return ""
	case width < panes.Stacked:
		return a.keyOf(messagesName) + " " + strconv.Itoa(n) + " "
	default:
		return a.keyOf(messagesName) + " " + text.Count(n, "message") + " "
	}
}

// said is what the explorer has to say now, if anything.
func (a *App) said() (string, theme.Style) {
	st := a.host.Styles
	switch {
	case a.await != nil:
		return a.await.text, st.Toast
	case view.Ranging(a.view):
		return a.rangeStatus(), st.Toast
	case a.toast.text != "":
		return a.toast.text, st.Toast
	case a.loading.active:
		return "loading…", st.Dim
	}
	return a.sync.Status(), st.Toast
}

// counts are the numbers of the choice, as many as there is room for beside what is said.
// Without that they are cut rather than left out.
func (a *App) counts(room, said int) string {
	t := a.curation.Choice()
	switch g := a.host.Graph; {
	case a.loading.active || g == nil:
		return ""
	case t.Total() == 0 && len(g.Sites) == 0 && g.Resources() > 0 && said == 0:
		return text.Cut("no dashboards are known: darkroom init sets a site up", room)
	case t.Total() == 0:
		return ""
	}
	if said > 0 {
		room -= said + 3
	}
	ways := a.curation.Says()
	for _, line := range ways {
		if text.Width(line) <= room {
			return line
		}
	}
	if said > 0 {
		return ""
	}
	return text.Cut(ways[len(ways)-1], room)
}

// rangeStatus says what a decision would concern.
func (a *App) rangeStatus() string {
	n := len(a.view.Targets())
	if n == 0 {
		return fmt.Sprintf("range: 0 dashboards; an open row counts only through its rows in the range; %s ends it", a.keyOf(clearName))
	}
	return fmt.Sprintf("range: %s; %s includes, %s excludes, %s ends it", text.Count(n, "dashboard"), a.keyOf("decide.tick"), a.keyOf("decide.exclude"), a.keyOf(clearName))
}

// footer shows the keys that do something here and now; those of a box are on its edge.
func (a *App) footer(width int) string {
	if a.overlays.Top() != nil && a.box.Edged {
		return ""
	}
	return a.hints().Fit(width, helpName).Draw(a.host.Styles)
}

func (a *App) hints() registry.Hints {
	if top := a.overlays.Top(); top != nil {
		return registry.Plain(top.Hints())
	}
	if a.filter.editing {
		return registry.Plain(a.filterHints())
	}
	return a.registry.Hinted(a.view, a.panes.InDetails)
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
