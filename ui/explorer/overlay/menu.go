package overlay

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
	"darkroom/ui/text"
)

// Menu lists the actions: as help, grouped with all keys, and as palette. Typing
// narrows it, by words or by key; enter runs the chosen one.
type Menu struct {
	host    *view.Host
	title   string
	actions []view.Action
	run     func(*view.Action) tea.Cmd
	input   textinput.Model
	chosen  int // index into found()
	top     int
	rows    []int // drawn line → index into found(), -1 for headings
	legend  []view.Hint
}

// NewMenu lists actions; run does one or says why it cannot be done.
func NewMenu(h *view.Host, title string, actions []view.Action, run func(*view.Action) tea.Cmd) *Menu {
	return &Menu{host: h, title: title, actions: actions, run: run, input: input.NewLine("")}
}

// WithLegend shows what signs mean below the actions.
func (m *Menu) WithLegend(signs []view.Hint) *Menu {
	m.legend = signs
	return m
}

// found are the actions that match what was typed: all words in title, name or
// group, or the key itself.
func (m *Menu) found() []*view.Action {
	typed := strings.ToLower(strings.TrimSpace(m.input.Value()))
	var out []*view.Action
	for i := range m.actions {
		act := &m.actions[i]
		if m.matches(act, typed) {
			out = append(out, act)
		}
	}
	// The action with the key ?t is first when t was typed.
	slices.SortStableFunc(out, func(x, y *view.Action) int { return first(y, typed) - first(x, typed) })
	return out
}

func first(act *view.Action, typed string) int {
	if typed != "" && slices.Contains(act.Keys, "?"+typed) {
		return 1
	}
	return 0
}

func (m *Menu) matches(act *view.Action, typed string) bool {
	for _, k := range act.Keys {
		if typed != "" && (strings.EqualFold(k, typed) || k == "?"+typed || strings.EqualFold(view.KeyLabel(k), typed)) {
			return true
		}
	}
	hay := strings.ToLower(act.Title + " " + act.Name + " " + string(act.Group))
	for w := range strings.FieldsSeq(typed) {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

// Typing implements view.TextField.
func (m *Menu) Typing() bool { return true }

func (m *Menu) Key(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		m.host.Pop()
	case "enter":
		return m.runChosen()
	case "down", "ctrl+n":
		m.Scroll(1)
	case "up", "ctrl+p":
		m.Scroll(-1)
	case "pgdown":
		m.Scroll(10)
	case "pgup":
		m.Scroll(-10)
	default:
		var cmd tea.Cmd
		m.input, cmd = m.input.Update(msg)
		m.chosen, m.top = 0, 0
		return cmd
	}
	return nil
}

func (m *Menu) runChosen() tea.Cmd {
	found := m.found()
	if m.chosen >= len(found) {
		return nil
	}
	m.host.Pop()
	return m.run(found[m.chosen])
}

func (m *Menu) Scroll(rows int) {
	m.chosen = max(0, min(m.chosen+rows, len(m.found())-1))
}

func (m *Menu) Click(line int) tea.Cmd {
	if line < 0 || line >= len(m.rows) || m.rows[line] < 0 {
		return nil
	}
	m.chosen = m.rows[line]
	return m.runChosen()
}

func (m *Menu) Hints() []view.Hint {
	return []view.Hint{{Key: "enter", Word: "run"}, {Key: "esc", Word: "close"}, {Key: "type", Word: "to search"}}
}

func (m *Menu) Draw(width, height int) []string {
	st := m.host.Styles
	lines := []string{" " + st.Title.Render(m.title) + "  " + st.Accent.Render("› ") + text.CutLeft(text.Clean(m.input.Value()), max(width-20, 4)) + "▏"}
	m.rows = []int{-1}
	found := m.found()
	legend := m.legendLines(width)
	height = min(height, m.most()+len(legend))
	if len(found) == 0 {
		m.rows = append(m.rows, -1)
		return filled(append(lines, " "+st.Dim.Render("Nothing has that name.")), height)
	}
	var body []string
	var rows []int
	at, group := 0, view.Group("")
	for i, act := range found {
		if act.Group != group && string(act.Group) != m.title {
			group = act.Group
			body, rows = append(body, " "+st.Accent.Render(string(group))), append(rows, -1)
		}
		if i == m.chosen {
			at = len(body)
		}
		body, rows = append(body, m.row(act, i == m.chosen, width)), append(rows, i)
	}
	if height < tall { // at the end of the list
		for _, l := range legend {
			body, rows = append(body, l), append(rows, -1)
		}
		if m.chosen == len(found)-1 {
			at = len(body) - 1
		}
		legend = nil
	}
	room := max(height-1-len(legend), 1)
	if at >= m.top+room {
		m.top = at - room + 1
	}
	if at <= m.top { // show the heading above the first entry too
		m.top = max(at-1, 0)
	}
	m.top = max(0, min(m.top, len(body)-room))
	end := min(m.top+room, len(body))
	m.rows = append(m.rows, rows[m.top:end]...)
	return append(filled(append(lines, body[m.top:end]...), height-len(legend)), legend...)
}

// most is how many lines there are while nothing is typed, without the legend.
func (m *Menu) most() int {
	n, group := 1+len(m.actions), view.Group("")
	for i := range m.actions {
		if g := m.actions[i].Group; g != group && string(g) != m.title {
			group = g
			n++
		}
	}
	return n
}

// keyWidth is the room for keys before the titles: none where nothing has a key.
func (m *Menu) keyWidth(width int) int {
	switch {
	case !slices.ContainsFunc(m.actions, func(act view.Action) bool { return len(act.Keys) > 0 }):
		return 0
	case width < 60:
		return 10
	}
	return 18
}

// tall is a height from which the legend is always seen.
const tall = 20

// legendLines are the signs with their meanings, as many on a line as fit.
func (m *Menu) legendLines(width int) []string {
	st := m.host.Styles
	var lines []string
	used := width
	for _, sign := range m.legend {
		w := text.Width(sign.Key) + 1 + text.Width(sign.Word) + 2
		if used+w > width-1 {
			lines, used = append(lines, " "), 1
		}
		lines[len(lines)-1] += st.Accent.Render(sign.Key) + " " + st.Dim.Render(sign.Word) + "  "
		used += w
	}
	if len(lines) > 0 {
		lines = append([]string{" " + st.Accent.Render("Signs")}, lines...)
	}
	return lines
}

// filled adds lines up to a height, so that a box does not jump while one types.
func filled(lines []string, height int) []string {
	return append(lines, make([]string, max(height-len(lines), 0))...)
}

func (m *Menu) row(act *view.Action, chosen bool, width int) string {
	st := m.host.Styles
	keys := m.keyWidth(width)
	bar, title := " ", act.Title
	if chosen {
		bar = st.Accent.Render(m.host.Glyphs.Cursor)
	}
	why := act.Refusal()
	if why != "" {
		why = "  (" + why + ")"
	}
	title = text.Cut(strings.ReplaceAll(title, "`", "")+why, max(width-keys-4, 4))
	line := bar + " " + st.Accent.Render(text.Pad(act.Label(), keys)) + " "
	if why != "" {
		line += st.Dim.Render(title)
	} else {
		line += title
	}
	if chosen {
		return st.Cursor.Over(line + text.Spaces(width-text.Width(title)-keys-3))
	}
	return line
}
