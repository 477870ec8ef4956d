package explorer

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// conflictLines are the conflicts above the diff: what the file says, what Tableau
// says, and how it was answered. Without an answer the person's value stays.
func (d *diffView) conflictLines(a *App) []string {
	if len(d.plan.Conflicts) == 0 {
		return nil
	}
	lines := []string{a.st.Warn.Render(text.Count(len(d.plan.Conflicts), "value") + " that you wrote and Tableau has otherwise; yours stay unless you choose")}
	for i, c := range d.plan.Conflicts {
		bar := " "
		if i == d.chosen {
			bar = a.st.Accent.Render(a.gl.Cursor)
		}
		note := ""
		if c.Moved {
			note = a.st.Warn.Render("  Tableau changed it too")
		}
		lines = append(lines, bar+" "+a.st.Title.Render(text.Clean(c.ID()))+note,
			"    "+a.st.Dim.Render("yours    ")+oneLine(c.Yours), "    "+a.st.Dim.Render("Tableau  ")+oneLine(c.Tableau))
	}
	return append(lines, "")
}

// oneLine is a value on one line; none at all is said.
func oneLine(s string) string {
	if strings.TrimSpace(s) == "" {
		return "(nothing)"
	}
	return text.Clean(s)
}

// next goes to the next conflict and keeps it in sight.
func (d *diffView) next(a *App) {
	if n := len(d.plan.Conflicts); n > 0 {
		d.chosen = (d.chosen + 1) % n
		d.show(a, d.plan)
		d.top = max(0, min(1+3*d.chosen-d.seen/2, len(d.lines)-d.seen))
	}
}

// answer takes Tableau's value for the chosen conflict, or keeps the person's,
// and asks for the plan that follows from it. Nothing is written yet.
func (d *diffView) answer(a *App, take bool) tea.Cmd {
	if d.chosen >= len(d.plan.Conflicts) {
		return nil
	}
	id := d.plan.Conflicts[d.chosen].ID()
	answers := Answers{Take: slices.Clone(d.answers.Take), Keep: slices.Clone(d.answers.Keep)}
	said := "yours stays: " + id
	if take {
		answers.Take, said = append(answers.Take, id), "Tableau's goes in: "+id
	} else {
		answers.Keep = append(answers.Keep, id)
	}
	book, backend := a.book.Clone(), a.backend
	return tea.Sequence(func() tea.Msg {
		plan, err := backend.Plan(book, answers)
		return planMsg{plan, answers, err}
	}, func() tea.Msg { return sayMsg(said) })
}

// sayMsg is a message for the status line that a command brings.
type sayMsg string
