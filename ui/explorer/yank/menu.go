package yank

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Menu is the box. A second key copies at once; enter copies what is chosen and shown
// whole below.
type Menu struct {
	host   *view.Host
	name   string
	copies []view.Copy
	chosen int
	head   int // drawn lines above the list
	shown  int // entries of the list that are drawn
	top    int // first of them
}

// newMenu offers what can be copied of a row that has a name.
func newMenu(h *view.Host, name string, copies []view.Copy) *Menu {
	return &Menu{host: h, name: name, copies: copies}
}

func (m *Menu) Key(msg tea.KeyMsg) tea.Cmd {
	key := msg.String()
	for i := range m.copies {
		if m.copies[i].Key == key {
			m.chosen = i
			return m.copy()
		}
	}
	switch key {
	case "esc", "q":
		m.host.Pop()
	case "down", "j":
		m.Scroll(1)
	case "up", "k":
		m.Scroll(-1)
	case "enter":
		return m.copy()
	}
	return nil
}

func (m *Menu) copy() tea.Cmd {
	m.host.Pop()
	c := m.copies[m.chosen]
	return m.host.Copy(c.What, c.Text)
}

func (m *Menu) Scroll(rows int) { m.chosen = max(0, min(m.chosen+rows, len(m.copies)-1)) }

// Click implements view.Overlay: on an entry it shows it, on the chosen one it copies.
func (m *Menu) Click(line int) tea.Cmd {
	at := line - m.head + m.top
	switch {
	case line < m.head || line >= m.head+m.shown || at >= len(m.copies):
		return nil
	case at == m.chosen:
		return m.copy()
	}
	m.chosen = at
	return nil
}

func (m *Menu) Hints() []view.Hint {
	return []view.Hint{{Key: "enter", Word: "copy"}, {Key: "esc", Word: "close"}, {Key: "↑↓", Word: "choose"}}
}

// labels is the column of what is copied.
const labels = 14

func (m *Menu) Draw(width, height int) []string {
	st := m.host.Styles
	lines := []string{" " + st.Title.Render(text.Cut("Copy: "+text.Clean(m.name), width-2))}
	m.head = len(lines)
	m.shown = min(len(m.copies), max(height-m.head-3, 1))
	m.top = max(0, min(m.top, m.chosen), m.chosen-m.shown+1)
	for i := m.top; i < min(m.top+m.shown, len(m.copies)); i++ {
		lines = append(lines, m.row(i, width))
	}
	preview := text.CleanLines(m.copies[m.chosen].Text)
	room := height - len(lines) - 2
	if room < 1 {
		return lines
	}
	lines = append(lines, "")
	drawn := 0
	for _, l := range preview {
		for _, part := range text.Wrap(l, max(width-4, 8)) {
			if drawn == room {
				return append(lines, "   "+st.Dim.Render(text.Cut(fmt.Sprintf("… %s in all", text.Count(len(preview), "line")), width-4)))
			}
			lines, drawn = append(lines, "   "+part), drawn+1
		}
	}
	return lines
}

// row is one entry: its key, what it is, and how its text begins.
func (m *Menu) row(i, width int) string {
	st, c := m.host.Styles, m.copies[i]
	bar := " "
	if i == m.chosen {
		bar = st.Accent.Render(m.host.Glyphs.Cursor)
	}
	begin := text.CleanLines(c.Text)
	first := begin[0]
	if len(begin) > 1 {
		first += " …"
	}
	first = text.Cut(first, max(width-labels-6, 4))
	line := bar + " " + st.Accent.Render(c.Key) + " " + text.Pad(c.What, labels) + " "
	if i == m.chosen {
		return st.Cursor.Over(line + first + text.Spaces(width-labels-5-text.Width(first)))
	}
	return line + st.Dim.Render(first)
}
