package explorer

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/tree"
)

// The choices of one row are bounded, and so are the tables that are asked for
// them: a group can hold thousands, and this is asked for every frame.
const (
	mostCures = 40
	mostLinks = 200
)

// curesAt lists what can be decided about the row under the cursor: of a table
// its own cures, of a dashboard or a group those of all tables below, the
// suggested ones first.
func (a *App) curesAt() []ledger.Fix {
	id, ok := a.tree().Current()
	if !ok {
		return nil
	}
	c := cureList{seen: map[string]bool{}}
	if n, ok := a.outline().items[id].detail.(noteDetail); ok {
		c.add(n.cures...)
	}
	links := a.openLinks(nil, id)
	for _, l := range links {
		if s, ok := ledger.SuggestedFix(a.graph, ledger.GapRow{Link: l}); ok {
			c.add(s)
		}
	}
	for _, l := range links {
		c.add(ledger.Fixes(a.graph, l)...)
	}
	return c.out
}

type cureList struct {
	seen map[string]bool
	out  []ledger.Fix
}

func (c *cureList) add(cures ...ledger.Fix) {
	for _, one := range cures {
		if key := one.Key(); !c.seen[key] && len(c.out) < mostCures {
			c.seen[key] = true
			c.out = append(c.out, one)
		}
	}
}

// openLinks adds the links without a node at or below an item, the first of many.
// Outside the Gaps view a dashboard has them whether it is open or not.
func (a *App) openLinks(out []*lineage.Link, id tree.ID) []*lineage.Link {
	it := &a.outline().items[id]
	switch {
	case len(out) >= mostLinks:
	case it.kind == itemRead:
		if r, ok := it.detail.(readDetail); ok {
			out = append(out, r.link)
		}
	case it.kind == itemDashboard && a.view != viewGaps:
		d := a.graph.Node(it.node).Dashboard
		for i := range d.Links {
			if d.Links[i].Resource == lineage.None {
				out = append(out, &d.Links[i])
			}
		}
	case a.view == viewGaps:
		for _, child := range it.children {
			out = a.openLinks(out, child)
		}
	}
	return out
}

func (a *App) cannotCure() string {
	switch {
	case a.loading.active || a.loading.err != nil:
		return "still loading"
	case a.building:
		return "one moment: the graph is being built"
	case a.note != "":
		return a.note
	case !a.curable():
		return "no decision can cure this row"
	}
	return ""
}

// curable reports whether there is any cure at the cursor; the first will do.
func (a *App) curable() bool {
	id, ok := a.tree().Current()
	if !ok {
		return false
	}
	if n, ok := a.outline().items[id].detail.(noteDetail); ok {
		return len(n.cures) > 0
	}
	return slices.ContainsFunc(a.openLinks(nil, id), func(l *lineage.Link) bool { return len(ledger.Fixes(a.graph, l)) > 0 })
}

// cureView offers maps, pins and ignores, each with what it would do.
type cureView struct {
	title   string
	choices []cureChoice
	cursor  int
	top     int
	drawn   []int // choice of each drawn line; -1 for a heading
}

type cureChoice struct {
	cure   ledger.Fix
	effect ledger.Effect
	said   string // the effect in words; empty while it is counted
	err    error
}

// previewMsg brings the effects of a view's choices.
type previewMsg struct {
	view    *cureView
	choices []cureChoice
}

func (a *App) startCure() tea.Cmd {
	id, _ := a.tree().Current()
	v := &cureView{title: a.outline().items[id].name}
	for _, c := range a.curesAt() {
		v.choices = append(v.choices, cureChoice{cure: c})
	}
	a.push(v)
	g, choices := a.graph, append([]cureChoice(nil), v.choices...)
	return func() tea.Msg {
		for i := range choices {
			choices[i].effect, choices[i].err = ledger.PreviewFix(g, choices[i].cure)
			choices[i].said = effectText(choices[i].effect)
			if choices[i].err != nil {
				choices[i].said = choices[i].err.Error()
			}
		}
		return previewMsg{v, choices}
	}
}

func (v *cureView) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc", "q":
		a.pop()
	case "down", "j":
		v.scroll(1)
	case "up", "k":
		v.scroll(-1)
	case "home", "g":
		v.cursor = 0
	case "end", "G":
		v.cursor = len(v.choices) - 1
	case "enter", "c":
		return v.apply(a)
	}
	return nil
}

func (v *cureView) apply(a *App) tea.Cmd {
	choice := v.choices[v.cursor]
	switch {
	case choice.said == "":
		return a.say("one moment: counting what it would do")
	case choice.err != nil:
		return a.say(choice.said)
	}
	a.pop()
	return a.keepCure(choice.cure, cureKeep)
}

func (v *cureView) scroll(rows int) { v.cursor = max(0, min(v.cursor+rows, len(v.choices)-1)) }

func (v *cureView) draw(a *App, width, height int) []string {
	lines := []string{" " + a.st.Title.Render(text.Cut("What to do about "+v.title, width-2))}
	if height > 8 {
		lines = append(lines, " "+a.st.Dim.Render(text.Cut("Kept in .darkroom/decisions.yml; u takes it back.", width-2)), "")
	}
	head := len(lines)
	var body []string
	var choiceOf []int
	from, to := 0, 0
	for i, c := range v.choices {
		start := len(body)
		bar := "   "
		if i == v.cursor {
			bar = " " + a.st.Accent.Render(a.gl.Cursor) + " "
		}
		for _, l := range text.Wrap(text.Clean(c.cure.String()), max(width-5, 8)) {
			body = append(body, bar+l)
		}
		said := c.said
		if said == "" {
			said = "counting…"
		}
		for _, l := range text.Wrap(text.Clean(said), max(width-7, 8)) {
			body = append(body, bar+"  "+a.st.Dim.Render(l))
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

func (v *cureView) hints() []hint {
	return []hint{{"enter", "keep it", nil}, {"esc", "back, nothing changes", nil}, {"↑↓", "choose", nil}}
}

// click takes the cursor to a choice; only a key keeps it.
func (v *cureView) click(_ *App, line int) tea.Cmd {
	if line < len(v.drawn) && v.drawn[line] >= 0 {
		v.cursor = v.drawn[line]
	}
	return nil
}

// effectText says what a cure does, what it costs first.
func effectText(e ledger.Effect) string {
	var parts []string
	if e.Lost > 0 {
		parts = append(parts, "takes the link from "+text.Count(e.Lost, "table"))
	}
	if e.Tables > 0 {
		parts = append(parts, "links "+text.Count(e.Tables, "table"))
	}
	if e.Ignored > 0 {
		parts = append(parts, "sets aside "+text.Count(e.Ignored, "table"))
	}
	if len(parts) == 0 {
		return "changes nothing"
	}
	s := strings.Join(parts, ", ") + " of " + text.Count(e.Dashboards, "dashboard")
	switch {
	case e.Completed == 0:
	case e.Completed == 1 && e.Dashboards == 1:
		s += ", which is fully linked then"
	default:
		s += fmt.Sprintf(", of which %d are fully linked then", e.Completed)
	}
	return s
}
