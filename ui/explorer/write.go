package explorer

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// planMsg brings the answer to "what would writing change".
type planMsg struct {
	plan    WritePlan
	answers Answers
	err     error
}

// wroteMsg ends a writing.
type wroteMsg struct {
	plan WritePlan
	err  error
}

func (a *App) cannotWrite() string {
	switch {
	case a.loading.active:
		return "still loading"
	case a.loading.err != nil:
		return "nothing is loaded"
	}
	return ""
}

// startWrite asks for the plan; the diff opens when it is there.
func (a *App) startWrite() tea.Cmd {
	book, backend := a.book.Clone(), a.backend
	return tea.Batch(a.say("comparing…"), func() tea.Msg {
		plan, err := backend.Plan(book, Answers{})
		return planMsg{plan: plan, err: err}
	})
}

// planned opens the diff, or brings the one that is open up to date.
func (a *App) planned(m planMsg) tea.Cmd {
	a.toast.text = ""
	if m.err != nil {
		return a.say(m.err.Error())
	}
	if n := len(a.overlays); n > 0 {
		if d, ok := a.overlays[n-1].(*diffView); ok {
			d.answers = m.answers
			d.show(a, m.plan)
		}
		return nil // an answer that came after the diff was closed
	}
	a.push(newDiffView(a, m.plan))
	return nil
}

func (a *App) wrote(m wroteMsg) tea.Cmd {
	if m.err != nil {
		return a.say("not written: " + m.err.Error())
	}
	a.pop()
	var names []string
	for _, f := range m.plan.Files {
		if f.Diff != "" {
			names = append(names, f.Path)
		}
	}
	return a.say("written: " + strings.Join(names, ", "))
}

// diffView shows what export would change, and writes it on request.
type diffView struct {
	pager
	plan    WritePlan
	answers Answers
	chosen  int // the conflict that the keys are about
	width   int // that the lines were made for
	writing bool
}

func newDiffView(a *App, plan WritePlan) *diffView {
	d := &diffView{width: a.width}
	d.show(a, plan)
	return d
}

// show writes the lines anew: conflicts first, as they want an answer.
func (d *diffView) show(a *App, plan WritePlan) {
	d.plan, d.chosen = plan, min(d.chosen, max(len(plan.Conflicts)-1, 0))
	d.lines = d.conflictLines(a)
	for _, f := range plan.Files {
		d.lines = append(d.lines, a.st.Title.Render(text.Clean(f.Path))+"  "+a.st.Dim.Render(planSummary(f)))
		for _, l := range text.CleanLines(strings.TrimSuffix(f.Diff, "\n")) {
			for _, part := range d.wrapped(l) {
				d.lines = append(d.lines, a.diffLine(l[:min(len(l), 3)], part))
			}
		}
		d.lines = append(d.lines, "")
	}
	if n := len(plan.Refusals); n > 0 {
		d.lines = append(d.lines, a.st.Warn.Render(text.Count(n, "dashboard")+" left out"))
		for _, r := range plan.Refusals {
			d.lines = append(d.lines, "", text.Cut(text.Clean(r.Title), d.room()))
			for _, part := range d.wrapped(text.Clean(r.Rule)) {
				d.lines = append(d.lines, "  "+a.st.Dim.Render(part))
			}
			for _, part := range d.wrapped(text.Clean(r.Cure)) {
				d.lines = append(d.lines, "  "+part)
			}
		}
	}
	if len(d.lines) == 0 {
		d.lines = append(d.lines, "Nothing is ticked, and nothing was exported before.", "",
			a.st.Dim.Render("Tick dashboards with space, then press w again."))
	}
}

func planSummary(f FilePlan) string {
	if f.Diff == "" {
		return "nothing changes"
	}
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{{f.Added, "added"}, {f.Changed, "changed"}, {f.Removed, "removed"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	return strings.Join(parts, ", ")
}

// diffLine colours a line, or a part of it, by what the line begins with.
func (a *App) diffLine(head, part string) string {
	switch {
	case head == "+++", head == "---":
		return a.st.Dim.Render(part)
	case strings.HasPrefix(head, "@@"):
		return a.st.Hunk.Render(part)
	case strings.HasPrefix(head, "+"):
		return a.st.Add.Render(part)
	case strings.HasPrefix(head, "-"):
		return a.st.Del.Render(part)
	}
	return part
}

// room is the width for text.
func (d *diffView) room() int { return max(d.width-3, 16) }

// wrapped breaks a line to the width, so that nothing of what is written is cut.
func (d *diffView) wrapped(l string) []string { return text.Wrap(l, d.room()) }

func (d *diffView) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q":
		a.pop()
	case "w", "enter":
		return d.write(a)
	case "tab":
		d.next(a)
	case "t", "y":
		return d.answer(a, key == "t")
	default:
		d.scrollKey(key)
	}
	return nil
}

func (d *diffView) write(a *App) tea.Cmd {
	if d.writing {
		return nil
	}
	if d.plan.Empty() {
		return a.say("nothing to write")
	}
	d.writing = true
	plan, backend := d.plan, a.backend
	return func() tea.Msg { return wroteMsg{plan, backend.Write(plan)} }
}

func (d *diffView) draw(a *App, width, height int) []string {
	if d.width != width {
		d.width = width
		d.show(a, d.plan)
	}
	lines := []string{" " + a.st.Title.Render("What writing changes")}
	for _, l := range d.window(height - 1) {
		lines = append(lines, " "+text.Clip(l, width-1))
	}
	return lines
}

func (d *diffView) hints() []hint {
	if len(d.plan.Conflicts) > 0 {
		return append([]hint{{"tab", "next conflict", nil}, {"t", "Tableau's", nil}, {"y", "yours", nil}}, d.writeHints()...)
	}
	return d.writeHints()
}

func (d *diffView) writeHints() []hint {
	if d.plan.Empty() {
		return []hint{{"esc", "back", nil}}
	}
	return []hint{{"w", "write it", nil}, {"esc", "back, nothing is written", nil}, {"↑↓", "scroll", nil}}
}

func (d *diffView) click(*App, int) tea.Cmd { return nil }
