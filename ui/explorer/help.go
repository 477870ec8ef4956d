package explorer

import (
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/input"
	"darkroom/ui/text"
)

// menu lists the actions: as help, grouped with all keys, and as palette. Typing
// narrows it, by words or by key; enter runs the chosen one.
type menu struct {
	title   string
	actions []Action
	input   textinput.Model
	chosen  int // index into found()
	top     int
	rows    []int // drawn line → index into found(), -1 for headings
}

func (a *App) openHelp() tea.Cmd {
	a.push(newMenu("Keys", a.actions))
	return nil
}

func (a *App) openPalette() tea.Cmd {
	a.push(newMenu("Commands", a.actions))
	return nil
}

func newMenu(title string, actions []Action) *menu {
	in := input.NewLine("")
	return &menu{title: title, actions: actions, input: in}
}

// found are the actions that match what was typed: all words in title, name or
// group, or the key itself.
func (m *menu) found() []*Action {
	typed := strings.ToLower(strings.TrimSpace(m.input.Value()))
	var out []*Action
	for i := range m.actions {
		act := &m.actions[i]
		if m.matches(act, typed) {
			out = append(out, act)
		}
	}
	return out
}

func (m *menu) matches(act *Action, typed string) bool {
	for _, k := range act.Keys {
		if typed != "" && (strings.EqualFold(k, typed) || strings.EqualFold(keyLabel(k), typed)) {
			return true
		}
	}
	hay := strings.ToLower(act.Title + " " + act.Name + " " + act.Group)
	for _, w := range strings.Fields(typed) {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

func (m *menu) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		a.pop()
	case "enter":
		return m.run(a)
	case "down", "ctrl+n":
		m.scroll(1)
	case "up", "ctrl+p":
		m.scroll(-1)
	case "pgdown":
		m.scroll(10)
	case "pgup":
		m.scroll(-10)
	default:
		var cmd tea.Cmd
		m.input, cmd = m.input.Update(msg)
		m.chosen, m.top = 0, 0
		return cmd
	}
	return nil
}

func (m *menu) run(a *App) tea.Cmd {
	found := m.found()
	if m.chosen >= len(found) {
		return nil
	}
	a.pop()
	return a.run(found[m.chosen])
}

func (m *menu) scroll(rows int) {
	m.chosen = max(0, min(m.chosen+rows, len(m.found())-1))
}

func (m *menu) click(a *App, line int) tea.Cmd {
	if line < 0 || line >= len(m.rows) || m.rows[line] < 0 {
		return nil
	}
	m.chosen = m.rows[line]
	return m.run(a)
}

func (m *menu) hints() []hint {
	return []hint{{"enter", "run", nil}, {"esc", "close", nil}, {"type", "to search", nil}}
}

func (m *menu) draw(a *App, width, height int) []string {
	lines := []string{" " + a.st.Title.Render(m.title) + "  " + a.st.Accent.Render("› ") + text.CutLeft(text.Clean(m.input.Value()), max(width-20, 4)) + "▏"}
	m.rows = []int{-1}
	found := m.found()
	if len(found) == 0 {
		m.rows = append(m.rows, -1)
		return append(lines, " "+a.st.Dim.Render("Nothing of that name."))
	}
	var body []string
	var rows []int
	at, group := 0, ""
	for i, act := range found {
		if act.Group != group {
			group = act.Group
			body, rows = append(body, " "+a.st.Accent.Render(group)), append(rows, -1)
		}
		if i == m.chosen {
			at = len(body)
		}
		body, rows = append(body, a.menuRow(act, i == m.chosen, width)), append(rows, i)
	}
	room := max(height-1, 1)
	if at >= m.top+room {
		m.top = at - room + 1
	}
	if at <= m.top { // show the heading above the first entry too
		m.top = max(at-1, 0)
	}
	m.top = max(0, min(m.top, len(body)-room))
	end := min(m.top+room, len(body))
	m.rows = append(m.rows, rows[m.top:end]...)
	return append(lines, body[m.top:end]...)
}

func (a *App) menuRow(act *Action, chosen bool, width int) string {
	keys := 18
	if width < 60 {
		keys = 10
	}
	bar, title := " ", act.Title
	if chosen {
		bar = a.st.Accent.Render(a.gl.Cursor)
	}
	why := ""
	if act.reason != nil {
		if why = act.reason(a); why != "" {
			why = "  (" + why + ")"
		}
	}
	title = text.Cut(strings.ReplaceAll(title, "`", "")+why, max(width-keys-4, 4))
	line := bar + " " + a.st.Accent.Render(text.Pad(act.label(), keys)) + " "
	if why != "" {
		line += a.st.Dim.Render(title)
	} else {
		line += title
	}
	if chosen {
		return a.st.Cursor.Over(line + text.Spaces(width-text.Width(title)-keys-3))
	}
	return line
}
