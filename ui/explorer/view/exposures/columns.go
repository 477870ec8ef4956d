package exposures

import (
	"cmp"
	"strings"

	"darkroom/model/health"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
	"darkroom/ui/table"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// columns are in the order of the sketch; the file goes first where there is no room.
func (v *View) columns() []table.Column[*outlook.Entry] {
	type column = table.Column[*outlook.Entry]
	dim := func(*outlook.Entry) theme.Style { return v.host.Styles.Dim }
	by := func(text func(*outlook.Entry) string) func(a, b *outlook.Entry) int {
		return func(a, b *outlook.Entry) int {
			return strings.Compare(strings.ToLower(text(a)), strings.ToLower(text(b)))
		}
	}
	words := func(name, heading string, width, from int, value func(*outlook.Entry) string) column {
		return column{Name: name, Heading: heading, Width: width, From: from, Value: value, Compare: by(value), Style: dim}
	}
	name := func(e *outlook.Entry) string { return e.Name }
	health := view.HealthColumn(62, func(e *outlook.Entry) (*view.Host, health.State, bool) {
		s, ok := v.host.HealthOfEntry(e)
		return v.host, s, ok
	})
	health.Silent, health.Needed = true, func() bool { return v.host.Health.HasResults() }
	health.Compare = func(a, b *outlook.Entry) int { // disabled ones, too
		return view.CompareHealth(v.host.Health.Entry(a), v.host.Health.Entry(b))
	}
	return []column{
		{Name: "sign", Width: 1, Silent: true, Value: func(e *outlook.Entry) string {
			sign, _ := v.host.PlanSign(e.State)
			return sign
		}, Style: v.style},
		{Name: "name", Heading: "NAME", Width: 24, Weight: 1, Value: name, Compare: by(name)},
		{Name: "state", Heading: "STATE", Width: 9, Value: state, Compare: byState, Style: v.style, Over: refusal},
		health,
		words("type", "TYPE", 11, 76, func(e *outlook.Entry) string { return e.Type }),
		words("owner", "OWNER", 18, 58, func(e *outlook.Entry) string { return e.Owner }),
		words("integration", "INTEGRATION", 11, 96, integration),
		words("mode", "MODE", 6, 90, mode),
		{Name: "views", Heading: "VIEWS", Width: 6, Right: true, Silent: true, Down: true, Value: v.viewsText, Style: dim, Compare: func(a, b *outlook.Entry) int {
			return cmp.Compare(v.views(a), v.views(b))
		}},
		{Name: "parents", Heading: "PARENTS", Width: 7, From: 66, Right: true, Silent: true, Down: true, Value: parents, Style: dim, Compare: func(a, b *outlook.Entry) int {
			return cmp.Compare(len(a.DependsOn), len(b.DependsOn))
		}},
		words("file", "FILE", 32, 112, (*outlook.Entry).Place),
	}
}

func (v *View) style(e *outlook.Entry) theme.Style {
	_, style := v.host.PlanSign(e.State)
	return style
}

func state(e *outlook.Entry) string {
	if e.Disabled {
		return "disabled"
	}
	return e.State.Word()
}

// refusal is the line of what an export leaves out.
func refusal(e *outlook.Entry) string {
	if e.State != outlook.Refused {
		return ""
	}
	return "refused: " + e.Why
}

// byState has what needs a look first.
func byState(a, b *outlook.Entry) int { return cmp.Compare(b.State.Rank(), a.State.Rank()) }

func integration(e *outlook.Entry) string { return cmp.Or(e.Integration, "–") }

func mode(e *outlook.Entry) string {
	if e.Auto {
		return "auto"
	}
	return "manual"
}

// views are those of all dashboards of an entry; -1 when none is known.
func (v *View) views(e *outlook.Entry) int {
	sum := -1
	for _, d := range dashboards(v.host.Graph, e) {
		if n := d.Dashboard.Views; n >= 0 {
			sum = max(sum, 0) + n
		}
	}
	return sum
}

func (v *View) viewsText(e *outlook.Entry) string {
	if n := v.views(e); n >= 0 {
		return text.Short(n)
	}
	return "–"
}

func parents(e *outlook.Entry) string {
	if e.State == outlook.Refused && len(e.DependsOn) == 0 {
		return "–"
	}
	return text.Short(len(e.DependsOn))
}
