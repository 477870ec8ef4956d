package write

import (
	"cmp"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Diff shows what an export would change, and writes it on request.
type Diff struct {
	host    *view.Host
	does    Does
	plan    Plan
	answers Answers
	page    []line
	stops   []int // the headings of exposures in the page
	stop    int   // the one that n and N are at; -1 before the first
	digits  int   // of line numbers
	scroll  scroll
	chosen  int // the conflict that the keys are about
	width   int // that the lines are drawn for
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
	d := &Diff{host: h, width: width, does: does, stop: -1}
	d.scroll.rows, d.scroll.seen = d.rowsOf, 1
	d.lay(plan)
	return d
}

// Show replaces the plan by the one that follows from answers.
func (d *Diff) Show(plan Plan, answers Answers) {
	d.answers = answers
	d.lay(plan)
	d.stop = -1
	d.scroll.clamp()
}

// At goes to what concerns an exposure: a conflict that needs an answer, otherwise its
// change, otherwise why its dashboard is left out. It reports whether there is anything.
func (d *Diff) At(name, key string) bool {
	for i, c := range d.plan.Conflicts {
		if c.Name == name && c.Moved {
			d.choose(i)
			return true
		}
	}
	for i, at := range d.stops {
		if d.page[at].text == name {
			d.goTo(i)
			return true
		}
	}
	for i, c := range d.plan.Conflicts {
		if c.Name == name {
			d.choose(i)
			return true
		}
	}
	for _, r := range d.plan.Refusals {
		if r.Key == key && key != "" {
			title := text.Cut(text.Clean(r.Title), refusedTitle)
			d.scroll.to(find(d.page, func(l *line) bool { return l.text == title }))
			return true
		}
	}
	return false
}

// goTo goes to the heading of an exposure.
func (d *Diff) goTo(stop int) {
	d.stop = stop
	d.scroll.to(d.stops[stop])
}

// step goes to the next exposure, or to the one before.
func (d *Diff) step(by int) tea.Cmd {
	switch to := d.stop + by; {
	case len(d.stops) == 0:
		return d.host.Say("no exposure changes")
	case to < 0:
		return d.host.Say("this is the first exposure that changes")
	case to >= len(d.stops):
		return d.host.Say("this is the last exposure that changes")
	default:
		d.goTo(to)
	}
	return nil
}

// room is the width for text.
func (d *Diff) room() int { return max(d.width-3, 16) }

func (d *Diff) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); key {
	case "esc", "q":
		d.host.Pop()
	case "w", "enter", "R":
		return d.write(key == "R")
	case "tab":
		d.next()
	case "n":
		return d.step(1)
	case "N", "p":
		return d.step(-1)
	case "t", "y":
		return d.answer(key == "t")
	default:
		d.scrollKey(key)
	}
	return nil
}

// endless is further than any page.
const endless = 1 << 30

// scrollKey moves by the same keys as the views.
func (d *Diff) scrollKey(key string) {
	page := d.scroll.seen
	switch key {
	case "home", "g":
		d.scroll.to(0)
		d.follow()
		return
	case "end", "G":
		d.scroll.to(endless)
		d.follow()
		return
	}
	steps := map[string]int{
		"down": 1, "j": 1, "up": -1, "k": -1, "pgdown": page, "ctrl+f": page, " ": page, "pgup": -page, "ctrl+b": -page, "ctrl+d": page / 2, "ctrl+u": -page / 2,
	}
	if rows, ok := steps[key]; ok {
		d.Scroll(rows)
	}
}

// follow lets n and N go on from what is seen.
func (d *Diff) follow() {
	d.stop = -1
	for i, at := range d.stops {
		if at > d.scroll.top {
			break
		}
		d.stop = i
	}
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

// Failed lets it be written again.
func (d *Diff) Failed() { d.writing = false }

// Draw implements view.Overlay: only the lines that are seen are drawn.
func (d *Diff) Draw(width, height int) []string {
	d.width, d.scroll.seen = width, max(height-2, 1)
	d.scroll.clamp()
	head := cmp.Or(d.plan.Title, "What writing changes")
	if d.stop >= 0 && d.stop < len(d.stops) {
		head += d.host.Styles.Dim.Render(fmt.Sprintf("  exposure %d of %d", d.stop+1, len(d.stops)))
	}
	lines := []string{" " + d.host.Styles.Title.Render(head)}
	skip := d.scroll.part
	for i := d.scroll.top; i < len(d.page) && len(lines) < height-1; i++ {
		rows := d.drawn(i)
		for _, row := range rows[min(skip, len(rows)):] { // a wider screen has fewer rows of a line
			if len(lines) < height-1 {
				lines = append(lines, " "+text.Clip(row, width-1))
			}
		}
		skip = 0
	}
	return append(lines, " "+d.host.Styles.Accent.Render(text.Cut(d.summary(), width-2)))
}

// Wide implements view.Wide.
func (d *Diff) Wide() bool { return true }

func (d *Diff) Click(int) tea.Cmd { return nil }

func (d *Diff) Scroll(rows int) {
	d.scroll.by(rows)
	d.follow()
}

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
	hints = append(hints, write)
	if len(d.stops) > 1 {
		hints = append(hints, view.Hint{Key: "n", Word: "next"}, view.Hint{Key: "N", Word: "previous"})
	}
	hints = append(hints, view.Hint{Key: "esc", Word: "back, nothing is written"})
	if !d.scroll.whole() {
		hints = append(hints, view.Hint{Key: "↑↓", Word: "scroll"})
	}
	return hints
}
