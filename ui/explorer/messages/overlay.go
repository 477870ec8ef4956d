package messages

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Overlay shows the log, the oldest message first, at its end.
type Overlay struct {
	overlay.Pager
	host  *view.Host
	log   *Log
	drawn int // width that the lines are made for
	upTo  Message
}

// Show opens the log; what was unread is read then.
func Show(h *view.Host, l *Log) *Overlay {
	l.unread = 0
	return &Overlay{host: h, log: l}
}

func (v *Overlay) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q", "!":
		v.host.Pop()
	default:
		v.ScrollKey(key)
	}
	return nil
}

// Draw implements view.Overlay. A message that comes while the log is open is read, and
// takes the log to its end.
func (v *Overlay) Draw(width, height int) []string {
	v.log.unread = 0
	var last Message
	if n := len(v.log.list); n > 0 {
		last = v.log.list[n-1]
	}
	if v.drawn != width || v.upTo != last {
		v.drawn, v.upTo, v.Lines = width, last, v.lines(width)
		v.Top = len(v.Lines)
	}
	lines := []string{" " + v.host.Styles.Title.Render("Messages of this session"), ""}
	return append(lines, v.Window(height-len(lines))...)
}

// clock is how the time of a message is printed; its cells are the indent of the text.
const clock = "15:04:05"

func (v *Overlay) lines(width int) []string {
	st := v.host.Styles
	if len(v.log.list) == 0 {
		return []string{" " + st.Dim.Render("Nothing was said yet.")}
	}
	var lines []string
	if n := v.log.dropped; n > 0 {
		lines = append(lines, " "+st.Dim.Render(fmt.Sprintf("%s before these.", text.Count(n, "older message"))))
	}
	for _, m := range v.log.list {
		sign, style := " ", st.Text
		if m.Warning {
			sign, style = "!", st.Warn
		}
		said := m.Text
		if m.Times > 1 {
			said += fmt.Sprintf(" (%d times)", m.Times)
		}
		head := " " + st.Dim.Render(m.At.Local().Format(clock)) + " " + st.Warn.Render(sign) + " "
		for _, line := range text.CleanLines(said) {
			for _, l := range text.Wrap(line, max(width-len(clock)-5, 8)) {
				lines = append(lines, head+style.Render(l))
				head = text.Spaces(len(clock) + 4)
			}
		}
	}
	return lines
}
