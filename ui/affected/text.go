package affected

import (
	"fmt"
	"strings"

	"darkroom/model/impact"
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
	b.WriteString("\n" + changedTitle + "\n")
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
		fmt.Fprintf(b, "\n%s  %s, %s\n", Owner(o), text.Count(len(o.Dashboards), "dashboard"), ViewsOf(o.Dashboards, o.Views))
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

// ExposureHeads are name, type and owner of each exposure of an answer, in columns.
func ExposureHeads(r *impact.Report) []string {
	heads := make([]string, len(r.Exposures))
	for _, cell := range []func(*impact.Exposure) string{
		func(x *impact.Exposure) string { return x.Name },
		func(x *impact.Exposure) string { return "  " + x.Type },
		func(x *impact.Exposure) string { return "  " + x.Owner() },
	} {
		widest := 0
		for i := range heads {
			heads[i] += text.Clean(cell(&r.Exposures[i]))
			widest = max(widest, text.Width(heads[i]))
		}
		for i := range heads {
			heads[i] = text.Pad(heads[i], widest)
		}
	}
	return heads
}

func (a *Answer) exposuresText(b *strings.Builder) {
	r := a.Report
	if len(r.Exposures) == 0 {
		return
	}
	b.WriteString("\n" + ExposuresTitle + "\n")
	heads := ExposureHeads(r)
	for i := range r.Exposures {
		b.WriteString("  " + heads[i] + "  " + Way(a.Graph, r.Exposures[i].Path, "→") + "\n")
	}
}
