package write

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
)

// conflicts are above the files: what the file says, what the BI tool says. Without an
// answer yours stays.
func (d *Diff) conflicts() {
	if len(d.plan.Conflicts) == 0 {
		return
	}
	d.add(warning, text.Count(len(d.plan.Conflicts), "value")+" that you wrote and that "+d.tools()+" has differently; yours stay unless you choose")
	for i, c := range d.plan.Conflicts {
		note := c.Why
		if note == "" && c.Moved {
			note = c.Tool + " changed it too"
		}
		width := max(text.Width(c.Tool), len("yours")) + 2
		d.page = append(d.page, line{kind: choice, text: c.ID(), note: note, conflict: int32(i)},
			line{text: text.Pad("yours", width) + oneLine(c.Yours), indent: 4}, line{text: text.Pad(c.Tool, width) + oneLine(c.Theirs), indent: 4})
	}
	d.add(plain, "")
}

// choice is the first line of a conflict; the bar shows which one the keys are about.
func (d *Diff) choice(l *line, id string) string {
	bar := " "
	if int(l.conflict) == d.chosen {
		bar = d.host.Styles.Accent.Render(d.host.Glyphs.Cursor)
	}
	s := bar + " " + d.host.Styles.Title.Render(id)
	if l.note != "" {
		s += d.host.Styles.Warn.Render("  " + text.Clean(l.note))
	}
	return s
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

// next goes to the next conflict.
func (d *Diff) next() {
	if n := len(d.plan.Conflicts); n > 0 {
		d.choose((d.chosen + 1) % n)
	}
}

// choose goes to a conflict and keeps it in sight.
func (d *Diff) choose(i int) {
	d.chosen = i
	at := find(d.page, func(l *line) bool { return l.kind == choice && int(l.conflict) == i })
	d.scroll.to(max(0, at-1))
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
