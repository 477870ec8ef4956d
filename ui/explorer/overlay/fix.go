package overlay

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Fix offers maps, pins and ignores, each with what it would do.
type Fix struct {
	host    *view.Host
	keep    func(ledger.Fix) tea.Cmd
	title   string
	choices []fixChoice
	cursor  int
	top     int
	drawn   []int // choice of each drawn line; -1 for a heading
}

type fixChoice struct {
	fix    ledger.Fix
	effect ledger.Effect
	said   string // the effect in words; empty while it is counted
	err    error
}

// Previewed brings the effects of the choices of a Fix.
type Previewed struct {
	fix     *Fix
	choices []fixChoice
}

// Take shows them.
func (m Previewed) Take() { copy(m.fix.choices, m.choices) }

// NewFix offers fixes for what a row is called; keep keeps the chosen one. The
// command counts in the background what each would do.
func NewFix(h *view.Host, name string, fixes []ledger.Fix, keep func(ledger.Fix) tea.Cmd) (*Fix, tea.Cmd) {
	v := &Fix{host: h, title: name, keep: keep}
	for _, c := range fixes {
		v.choices = append(v.choices, fixChoice{fix: c})
	}
	g, choices := h.Graph, slices.Clone(v.choices)
	return v, func() tea.Msg {
		for i := range choices {
			choices[i].effect, choices[i].err = ledger.PreviewFix(g, choices[i].fix)
			choices[i].said = choices[i].effect.String()
			if choices[i].err != nil {
				choices[i].said = choices[i].err.Error()
			}
		}
		return Previewed{v, choices}
	}
}

func (v *Fix) Key(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc", "q":
		v.host.Pop()
	case "down", "j":
		v.Scroll(1)
	case "up", "k":
		v.Scroll(-1)
	case "home", "g":
		v.cursor = 0
	case "end", "G":
		v.cursor = len(v.choices) - 1
	case "enter", "c":
		return v.apply()
	}
	return nil
}

func (v *Fix) apply() tea.Cmd {
	choice := v.choices[v.cursor]
	switch {
	case choice.said == "":
		return v.host.Say("one moment: counting what it would do")
	case choice.err != nil:
		return v.host.Say(choice.said)
	}
	v.host.Pop()
	return v.keep(choice.fix)
}

func (v *Fix) Scroll(rows int) { v.cursor = max(0, min(v.cursor+rows, len(v.choices)-1)) }

func (v *Fix) Draw(width, height int) []string {
	st := v.host.Styles
	lines := []string{" " + st.Title.Render(text.Cut("What to do about "+v.title, width-2))}
	if height > 8 {
		lines = append(lines, " "+st.Dim.Render(text.Cut("Kept in .darkroom/decisions.yml; u undoes it.", width-2)), "")
	}
	head := len(lines)
	var body []string
	var choiceOf []int
	from, to := 0, 0
	for i, c := range v.choices {
		start := len(body)
		bar := "   "
		if i == v.cursor {
			bar = " " + st.Accent.Render(v.host.Glyphs.Cursor) + " "
		}
		for _, l := range text.Wrap(text.Clean(c.fix.String()), max(width-5, 8)) {
			body = append(body, bar+l)
		}
		said := c.said
		if said == "" {
			said = "counting…"
		}
		for _, l := range text.Wrap(text.Clean(said), max(width-7, 8)) {
			body = append(body, bar+"  "+st.Dim.Render(l))
		}
		for range len(body) - start {
			choiceOf = append(choiceOf, i)
		}
		if i == v.cursor {
			from, to = start, len(body)
		}
	}
	room := max(height-head, 1)
	v.top = max(min(v.top, from), to-room, 0)
	end := min(v.top+room, len(body))
	v.drawn = append(slices.Repeat([]int{-1}, head), choiceOf[min(v.top, end):end]...)
	return append(lines, body[min(v.top, end):end]...)
}

func (v *Fix) Hints() []view.Hint {
	return []view.Hint{{Key: "enter", Word: "keep it"}, {Key: "esc", Word: "back, nothing changes"}, {Key: "↑↓", Word: "choose"}}
}

// Click implements view.Overlay: it takes the cursor to a choice; only a key keeps it.
func (v *Fix) Click(line int) tea.Cmd {
	if line < len(v.drawn) && v.drawn[line] >= 0 {
		v.cursor = v.drawn[line]
	}
	return nil
}
