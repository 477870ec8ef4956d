package write

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Diff shows what an export would change, and writes it on request.
type Diff struct {
	overlay.Pager
	host    *view.Host
	does    Does
	plan    Plan
	answers Answers
	chosen  int // the conflict that the keys are about
	width   int // that the lines were made for
	writing bool
}

// Does is what a Diff asks for.
type Does struct {
	// Write carries the plan out.
	Write func(Plan) tea.Cmd
	// Replan asks for the plan that follows from answers and gives it to Show.
	Replan func(d *Diff, answers Answers, said string) tea.Cmd
}

// NewDiff shows a plan.
func NewDiff(h *view.Host, width int, plan Plan, does Does) *Diff {
	d := &Diff{host: h, width: width, does: does}
	d.lay(plan)
	return d
}

// Show replaces the plan by the one that follows from answers.
func (d *Diff) Show(plan Plan, answers Answers) {
	d.answers = answers
	d.lay(plan)
}

// lay writes the lines: conflicts first, as they need an answer.
func (d *Diff) lay(plan Plan) {
	st := d.host.Styles
	d.plan, d.chosen = plan, min(d.chosen, max(len(plan.Conflicts)-1, 0))
	d.Lines = append(d.warningLines(), d.conflictLines()...)
	for _, f := range plan.Files {
		d.Lines = append(d.Lines, st.Title.Render(text.Clean(f.Path))+"  "+st.Dim.Render(planSummary(f)))
		for _, l := range text.CleanLines(strings.TrimSuffix(f.Diff, "\n")) {
			for _, part := range d.wrapped(l) {
				d.Lines = append(d.Lines, d.line(l[:min(len(l), 3)], part))
			}
		}
		d.Lines = append(d.Lines, "")
	}
	for _, note := range plan.Notes {
		for _, part := range d.wrapped(text.Clean(note)) {
			d.Lines = append(d.Lines, st.Warn.Render(part))
		}
		d.Lines = append(d.Lines, "")
	}
	if n := len(plan.Refusals); n > 0 {
		d.Lines = append(d.Lines, st.Warn.Render(text.Count(n, "dashboard")+" left out"))
		for _, r := range plan.Refusals {
			d.Lines = append(d.Lines, "", text.Cut(text.Clean(r.Title), d.room()))
			for _, part := range d.wrapped(text.Clean(r.Rule)) {
				d.Lines = append(d.Lines, "  "+st.Dim.Render(part))
			}
			for _, part := range d.wrapped(text.Clean(r.Fix)) {
				d.Lines = append(d.Lines, "  "+part)
			}
		}
	}
	if len(d.Lines) == 0 {
		d.Lines = append(d.Lines, "Nothing is included, and nothing was exported before.", "",
			st.Dim.Render("Include dashboards with space, then press w again."))
	}
}

// warningLines are what to know before writing.
func (d *Diff) warningLines() []string {
	var lines []string
	for _, said := range d.plan.Removals {
		for _, part := range d.wrapped(text.Clean(said)) {
			lines = append(lines, d.host.Styles.Warn.Render(part))
		}
		lines = append(lines, "")
	}
	return lines
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
func (d *Diff) line(head, part string) string {
	switch {
	case head == "+++", head == "---":
		return d.host.Styles.Dim.Render(part)
	case strings.HasPrefix(head, "@@"):
		return d.host.Styles.Hunk.Render(part)
	case strings.HasPrefix(head, "+"):
		return d.host.Styles.Add.Render(part)
	case strings.HasPrefix(head, "-"):
		return d.host.Styles.Del.Render(part)
	}
	return part
}

// room is the width for text.
func (d *Diff) room() int { return max(d.width-3, 16) }

// wrapped breaks a line to the width, so that nothing of what is written is cut.
func (d *Diff) wrapped(l string) []string { return text.Wrap(l, d.room()) }

// Key implements view.Overlay.
func (d *Diff) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q":
		d.host.Pop()
	case "w", "enter", "R":
		return d.write(key == "R")
	case "tab":
		d.next()
	case "t", "y":
		return d.answer(key == "t")
	default:
		d.ScrollKey(key)
	}
	return nil
}

// write carries the plan out. Many entries that were not excluded are removed only with R.
func (d *Diff) write(remove bool) tea.Cmd {
	asks := len(d.plan.Removals) > 0
	switch {
	case d.writing, remove && !asks:
		return nil
	case d.plan.Empty():
		return d.host.Say("nothing to write")
	case asks && !remove:
		return d.host.Say("this removes many entries that you did not exclude: press R to remove them and write")
	}
	d.writing = true
	return d.does.Write(d.plan)
}

// Draw implements view.Overlay.
func (d *Diff) Draw(width, height int) []string {
	if d.width != width {
		d.width = width
		d.lay(d.plan)
	}
	lines := []string{" " + d.host.Styles.Title.Render("What writing changes")}
	for _, l := range d.Window(height - 1) {
		lines = append(lines, " "+text.Clip(l, width-1))
	}
	return lines
}

// Wide implements view.Wide.
func (d *Diff) Wide() bool { return true }

// Hints implements view.Overlay.
func (d *Diff) Hints() []view.Hint {
	var hints []view.Hint
	if len(d.plan.Conflicts) > 0 {
		hints = []view.Hint{{Key: "tab", Word: "next conflict"}, {Key: "t", Word: d.tools() + "'s"}, {Key: "y", Word: "yours"}}
	}
	if d.plan.Empty() {
		return append(hints, view.Hint{Key: "esc", Word: "back"})
	}
	write := view.Hint{Key: "w", Word: "write it"}
	if len(d.plan.Removals) > 0 {
		write = view.Hint{Key: "R", Word: "remove and write it"}
	}
	return append(hints, write, view.Hint{Key: "esc", Word: "back, nothing is written"}, view.Hint{Key: "↑↓", Word: "scroll"})
}
