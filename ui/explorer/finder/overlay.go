package finder

import (
	"context"
	"strconv"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/input"
	"darkroom/ui/text"
)

// Needs is what the overlay is given by the explorer.
type Needs struct {
	Context context.Context
	// Hides reports a node that the filter does not show.
	Hides func(lineage.ID) bool
	Go    func(Entry) tea.Cmd
}

// Overlay is a line to type in, and what has been found so far.
type Overlay struct {
	Needs
	host   *view.Host
	input  textinput.Model
	hits   []Hit
	more   bool
	of     string // what was typed for the hits
	chosen int
	top    int
	rows   int // hits that were drawn

	asked  int // number of the last search: the answer of an older one is dropped
	cancel context.CancelFunc
}

// New is empty.
func New(h *view.Host, n Needs) *Overlay {
	return &Overlay{Needs: n, host: h, input: input.NewLine(""), cancel: func() {}}
}

// Typing implements view.TextField.
func (o *Overlay) Typing() bool { return true }

func (o *Overlay) Key(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		o.cancel()
		o.host.Pop()
	case "enter":
		return o.take()
	case "down", "ctrl+n":
		o.Scroll(1)
	case "up", "ctrl+p":
		o.Scroll(-1)
	case "pgdown":
		o.Scroll(max(o.rows-1, 1))
	case "pgup":
		o.Scroll(-max(o.rows-1, 1))
	default:
		before := o.input.Value()
		var cmd tea.Cmd
		if o.input, cmd = o.input.Update(msg); o.input.Value() != before {
			return tea.Batch(cmd, o.search())
		}
		return cmd
	}
	return nil
}

// search runs in the background. Typing on ends it.
func (o *Overlay) search() tea.Cmd {
	o.cancel()
	o.asked++
	ctx, cancel := context.WithCancel(o.Context)
	o.cancel = cancel
	asked, typed, g := o.asked, o.input.Value(), o.host.Graph
	return func() tea.Msg {
		hits, more, err := Search(ctx, g, typed)
		return view.Then(func() tea.Cmd {
			if cancel(); err == nil && asked == o.asked && g == o.host.Graph {
				o.hits, o.more, o.of, o.chosen, o.top = hits, more, typed, 0, 0
			}
			return nil
		})
	}
}

// take goes to what is chosen, once it is the answer to what is typed.
func (o *Overlay) take() tea.Cmd {
	if o.chosen >= len(o.hits) || o.of != o.input.Value() || int(o.hits[o.chosen].Node) >= o.host.Graph.Len() {
		return nil
	}
	o.host.Pop()
	return o.Go(o.hits[o.chosen].Entry)
}

func (o *Overlay) Scroll(rows int) { o.chosen = max(0, min(o.chosen+rows, len(o.hits)-1)) }

func (o *Overlay) Click(line int) tea.Cmd {
	if at := o.top + line - 1; line >= 1 && line <= o.rows && at < len(o.hits) {
		o.chosen = at
		return o.take()
	}
	return nil
}

func (o *Overlay) Hints() []view.Hint {
	return []view.Hint{{Key: "enter", Word: "go there"}, {Key: "↑↓", Word: "choose"}, {Key: "esc", Word: "close"}}
}

func (o *Overlay) Draw(width, height int) []string {
	st := o.host.Styles
	typed := text.Clean(o.input.Value())
	head := " " + st.Title.Render("Go to") + "  " + st.Accent.Render("› ") + text.CutLeft(typed, max(width-20, 4)) + "▏"
	room := max(height-1, 1)
	switch {
	case len(o.hits) > 0:
	case typed == "":
		o.rows = 0
		lines := []string{head}
		for _, l := range text.Wrap("A part of a name: models, sources and their tables, dashboards with owner and workbook, sheets, exposures, columns.", max(width-2, 10)) {
			lines = append(lines, " "+st.Dim.Render(l))
		}
		return lines
	case o.of != o.input.Value():
		o.rows = 0
		return []string{head, " " + st.Dim.Render("searching…")}
	default:
		o.rows = 0
		return []string{head, " " + st.Dim.Render("Nothing is called so, or similarly.")}
	}
	o.top = max(min(o.top, o.chosen), o.chosen-room+1)
	if o.more && o.chosen == len(o.hits)-1 {
		room--
		o.top = max(o.top, o.chosen-room+1)
	}
	lines := []string{head}
	o.rows = 0
	for i := o.top; i < len(o.hits) && o.rows < room; i++ {
		lines = append(lines, o.row(&o.hits[i], i == o.chosen, width))
		o.rows++
	}
	if o.more && o.top+o.rows == len(o.hits) {
		lines = append(lines, " "+st.Dim.Render("More than "+strconv.Itoa(Most)+": type on."))
	}
	return lines
}

// linked is the name of a dashboard as a link to its page.
func (o *Overlay) linked(h *Hit, name string) string {
	if int(h.Node) >= o.host.Graph.Len() {
		return name
	}
	d := o.host.Graph.Node(h.Node).Dashboard
	if d == nil || h.Kind != "dashboard" {
		return name
	}
	return o.host.Hyperlink(d.URL(), name)
}

// kindWidth fits the longest kind.
const kindWidth = 10

func (o *Overlay) row(h *Hit, chosen bool, width int) string {
	st := o.host.Styles
	bar, note := " ", ""
	if chosen {
		bar = st.Accent.Render(o.host.Glyphs.Cursor)
	}
	switch {
	case o.Hides(h.Node):
		note = "hidden by the filter"
	case h.rank == isLike:
		note = "similar"
	}
	if width < 60 {
		note = ""
	}
	room := max(width-kindWidth-3-text.Width(note), 8)
	name := text.Cut(text.Clean(h.Name), max(room*3/5, 6))
	where := ""
	if left := room - text.Width(name) - 2; left >= 6 {
		where = text.Cut(text.Clean(h.Where), left)
	}
	line := bar + " " + st.Dim.Render(text.Pad(h.Kind, kindWidth)) + o.linked(h, name) + "  " + st.Dim.Render(where)
	used := 2 + kindWidth + text.Width(name) + 2 + text.Width(where)
	line += text.Spaces(max(width-used-text.Width(note)-1, 0)) + st.Warn.Render(note)
	if chosen {
		return st.Cursor.Over(line + text.Spaces(max(width-used-text.Width(note)-max(width-used-text.Width(note)-1, 0), 0)))
	}
	return line
}
