package affected

import (
	"fmt"
	"strings"

	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// Text is the answer in lines.
func (a *Answer) Text() string {
	var b strings.Builder
	b.WriteString(a.Title() + "\n" + a.Numbers("·") + "\n")
	a.changesText(&b)
	a.ownersText(&b)
	a.exposuresText(&b)
	if a.Changes != nil {
		b.WriteString("\nHow this was found\n")
		for _, s := range a.found() {
			output.Paragraph(&b, "  ", s)
		}
	}
	return b.String()
}

const certified = "certified"

// changesText lists what changed; what was selected is in the title.
func (a *Answer) changesText(b *strings.Builder) {
	rows, tests := a.changed(), a.tests()
	if len(rows) == 0 && tests == "" {
		return
	}
	name, kind := 0, 0
	for _, r := range rows {
		name, kind = max(name, text.Width(r.name)), max(kind, len(r.kind))
	}
	b.WriteString("\n" + ChangedTitle + "\n")
	for _, r := range rows {
		fmt.Fprintf(b, "  %s  %s  %s\n", text.Pad(r.name, name), text.Pad(r.kind, kind), r.what)
	}
	if tests != "" {
		b.WriteString("  " + tests + "\n")
	}
}

func (a *Answer) ownersText(b *strings.Builder) {
	g, r := a.Graph, a.Report
	title, state := 0, 0
	for i := range r.Dashboards {
		d := &r.Dashboards[i]
		title, state = max(title, text.Width(titleOf(d))), max(state, len(State(d)))
	}
	for i := range r.Owners {
		o := &r.Owners[i]
		fmt.Fprintf(b, "\n%s  %s, %s views\n", Owner(o), text.Count(len(o.Dashboards), "dashboard"), text.Short(o.Views))
		for k := range o.Dashboards {
			d := &o.Dashboards[k]
			cells := []string{"", text.Pad(titleOf(d), title), text.Pad(State(d), state), text.PadLeft(Views(d.Views), 5)}
			if r.Counts.Certified > 0 {
				cells = append(cells, text.Pad(map[bool]string{true: certified}[d.Certified], len(certified)))
			}
			b.WriteString(strings.Join(append(cells, Way(g, d.Path, "→")), "  ") + "\n")
		}
	}
}

func (a *Answer) exposuresText(b *strings.Builder) {
	if r := a.Report; len(r.Exposures) > 0 {
		b.WriteString("\n" + ExposuresTitle + "\n")
		for i := range r.Exposures {
			x := &r.Exposures[i]
			fmt.Fprintf(b, "  %s  %s  %s  %s\n", text.Clean(x.Name), text.Clean(x.Type), text.Clean(x.Owner()), Way(a.Graph, x.Path, "→"))
		}
	}
}
