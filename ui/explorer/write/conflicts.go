package write

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// conflictLines are the conflicts above the diff: what the file says, what the BI
// tool says, and how it was answered. Without an answer yours stays.
func (d *Diff) conflictLines() []string {
	if len(d.plan.Conflicts) == 0 {
		return nil
	}
	lines := []string{d.host.Styles.Warn.Render(text.Count(len(d.plan.Conflicts), "value") + " that you wrote and that " + d.tools() + " has differently; yours stay unless you choose")}
	for i, c := range d.plan.Conflicts {
		bar := " "
		if i == d.chosen {
			bar = d.host.Styles.Accent.Render(d.host.Glyphs.Cursor)
		}
		note := ""
		switch {
		case c.Why != "":
			note = d.host.Styles.Warn.Render("  " + text.Clean(c.Why))
		case c.Moved:
			note = d.host.Styles.Warn.Render("  " + c.Tool + " changed it too")
		}
		lines = append(lines, bar+" "+d.host.Styles.Title.Render(text.Clean(c.ID()))+note,
			d.side("yours", c.Tool)+oneLine(c.Yours), d.side(c.Tool, "yours")+oneLine(c.Theirs))
	}
	return append(lines, "")
}

// side is the label before a value, as wide as the longer one of both.
func (d *Diff) side(label, other string) string {
	width := max(text.Width(label), text.Width(other)) + 2
	return "    " + d.host.Styles.Dim.Render(text.Pad(label, width))
}

// tools names the BI tool of the conflicts, or says that there are several.
func (d *Diff) tools() string {
	name := d.plan.Conflicts[0].Tool
	if slices.ContainsFunc(d.plan.Conflicts, func(c Conflict) bool { return c.Tool != name }) {
		return "the BI tool"
	}
	return name
}

// oneLine is a value on one line; that there is none is said.
func oneLine(s string) string {
	if strings.TrimSpace(s) == "" {
		return "(nothing)"
	}
	return text.Clean(s)
}

// next goes to the next conflict and keeps it in sight.
func (d *Diff) next() {
	if n := len(d.plan.Conflicts); n > 0 {
		d.chosen = (d.chosen + 1) % n
		d.lay(d.plan)
		d.Top = max(0, min(len(d.warningLines())+1+3*d.chosen-d.Seen/2, len(d.Lines)-d.Seen))
	}
}

// answer takes the BI tool's value for the chosen conflict, or keeps yours,
// and asks for the plan that follows from it. Nothing is written yet.
func (d *Diff) answer(take bool) tea.Cmd {
	if d.chosen >= len(d.plan.Conflicts) {
		return nil
	}
	id, tool := d.plan.Conflicts[d.chosen].ID(), d.plan.Conflicts[d.chosen].Tool
	answers := Answers{Take: slices.Clone(d.answers.Take), Keep: slices.Clone(d.answers.Keep)}
	said := "your value stays: " + id
	if take {
		answers.Take, said = append(answers.Take, id), tool+"'s value is used: "+id
	} else {
		answers.Keep = append(answers.Keep, id)
	}
	return d.does.Replan(d, answers, said)
}
