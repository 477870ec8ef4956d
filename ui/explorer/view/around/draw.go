package around

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/health"
	"darkroom/model/subgraph"
	"darkroom/ui/affected"
	"darkroom/ui/diagram"
	"darkroom/ui/graph"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// lens is what is seen of nodes besides their names.
type lens uint8

const (
	lensKind lens = iota
	lensHealth
	lensMaterialized
	lensUsage
	lensDecision
	lensChange // only with --state
	lenses     // how many there are
)

func (l lens) String() string {
	return [...]string{"kind", "health", "materialization", "usage", "decision", "change"}[l]
}

// nextLens is the lens after this one; that of changes only where there may be some.
func (v *View) nextLens() lens {
	next := (v.lens + 1) % lenses
	if next == lensChange && v.Changes.Set == nil {
		return lensKind
	}
	return next
}

// shortest is the least that a name has, in cells.
const shortest = 16

// layout makes the labels and lays them out.
func (v *View) layout() {
	v.diagram = diagram.New(v.graph, v.part, v.Book)
	v.labels = make([][]graph.Span, len(v.part.Nodes))
	widths := make([]int, len(v.part.Nodes))
	for i := range v.part.Nodes {
		v.labels[i] = v.label(i)
		for _, s := range v.labels[i] {
			widths[i] += text.Width(s.Text)
		}
	}
	v.drawing = graph.Layout(widths, v.part.Edges)
}

// relabel follows decisions, which change no width.
func (v *View) relabel() {
	if v.part != nil {
		v.diagram = diagram.New(v.graph, v.part, v.Book)
		for i := range v.labels {
			v.labels[i] = v.label(i)
		}
	}
}

// label is the name of a node, what the lens shows and, of a dashboard, its checkbox.
func (v *View) label(i int) []graph.Span { return append(v.named(i), v.healthOf(&v.part.Nodes[i])...) }

// healthOf is the health of a node, with that lens.
func (v *View) healthOf(n *subgraph.Node) []graph.Span {
	if v.lens != lensHealth || n.Fold != subgraph.FoldNone || !v.Health.HasResults() {
		return nil
	}
	var state health.State
	if n.Exposure != nil {
		state = v.Health.Over(n.Exposure.Upstream...)
	} else if s, ok := v.HealthOf(n.ID); ok {
		state = s
	} else {
		return nil
	}
	word, style := v.HealthWord(state)
	return []graph.Span{{Text: " " + word, Style: style}}
}

// named is a label with every lens but that of health.
func (v *View) named(i int) []graph.Span {
	n := &v.part.Nodes[i]
	name := text.Cut(v.diagram.Nodes[i].Label(v.Glyphs.ASCII), max(v.Width*2/5, shortest))
	if v.Glyphs.ASCII {
		name = text.Signs(name)
	}
	spans := []graph.Span{{Text: name, Style: v.nameStyle(i)}}
	if n.Fold != subgraph.FoldNone || n.Exposure != nil {
		return spans
	}
	at := v.graph.Node(n.ID)
	if at.Dashboard == nil {
		if says := v.lensOf(at.Resource, n); says != "" {
			spans = append(spans, graph.Span{Text: " " + text.Clean(says), Style: v.Styles.Dim})
		}
		return spans
	}
	sign, style := v.CheckboxSign(v.Decision(at.Dashboard))
	spans = append(spans, graph.Span{Text: " " + sign, Style: style})
	switch state := string(v.Outlook.Of(at.Dashboard.Key).State); {
	case v.lens == lensUsage && at.Dashboard.Dashboard.Views >= 0:
		spans = append(spans, graph.Span{Text: " " + text.ShortCount(at.Dashboard.Dashboard.Views, "view"), Style: v.Styles.Dim})
	case v.lens == lensDecision:
		spans = append(spans, graph.Span{Text: " " + text.Pad(state, 7), Style: v.Styles.Dim})
	}
	return spans
}

// lensOf is what the lens shows of a resource.
func (v *View) lensOf(r *model.Resource, n *subgraph.Node) string {
	switch v.lens {
	case lensKind:
		if r.Kind != model.KindModel { // which most are
			return strings.ReplaceAll(r.Kind.String(), "_", " ")
		}
	case lensMaterialized:
		return r.Materialized()
	case lensChange:
		if c := v.Changes.Of(n.ID); c != nil {
			return affected.What(c)
		}
	case lensUsage:
		if below := v.graph.CountsBelow().Of(n.ID); below > 0 {
			return text.Count(below, "dashboard")
		}
		return "no dashboard"
	}
	return ""
}

func (v *View) nameStyle(i int) theme.Style {
	switch v.diagram.Nodes[i].Kind {
	case diagram.Dashboard, diagram.Exposure:
		return v.Styles.Dashboard
	case "source":
		return v.Styles.Source
	case "seed":
		return v.Styles.Seed
	case "snapshot":
		return v.Styles.Snapshot
	case diagram.More:
		return v.Styles.Dim
	}
	return v.Styles.Model
}

func (v *View) Draw(focused bool) []string {
	if v.drawing == nil {
		return nil
	}
	cursor := v.Styles.Cursor
	if !focused {
		cursor = v.Styles.CursorB
	}
	look := graph.Look{
		ASCII: v.Glyphs.ASCII, Line: v.Styles.Faint, Lit: v.Styles.Accent, Path: v.path,
		Cut: v.Glyphs.More, Cursor: v.cursor, Bar: v.Glyphs.Cursor, BarStyle: v.Styles.Accent,
		Label: func(node int) []graph.Span { return v.seen(node, cursor) },
	}
	lines := v.drawing.Lines(&look, v.left, v.top, v.Width, v.rows())
	for len(lines) < v.rows() {
		lines = append(lines, "")
	}
	return append(lines, v.Styles.Dim.Render(text.Cut(v.says(), v.Width)))
}

// seen is a label as the cursor, the path and the filter leave it: what is not on the path
// is dim, and hits are marked. Those that only read what is looked for are bold: most of a
// drawing around a model that is looked for reads it.
func (v *View) seen(node int, cursor theme.Style) []graph.Span {
	spans := append([]graph.Span(nil), v.labels[node]...)
	for i := range spans {
		switch {
		case node == v.cursor:
			spans[i].Style = cursor
		case v.hits[node] && i == 0:
			spans[i].Style = v.Styles.Title
			if title := v.diagram.Nodes[node].Title; v.query.Found(strings.ToLower(title), title) == v.query.AllWords() {
				spans[i].Style = v.Styles.Hit
			}
		case !v.path.Has(node):
			spans[i].Style = v.Styles.Dim
		}
	}
	return spans
}

// says is the line below the drawing: how far it reaches, and what is not seen of it.
func (v *View) says() string {
	hops := func(n int) string {
		if n < 0 {
			return "all"
		}
		return fmt.Sprint(n)
	}
	parts := []string{
		fmt.Sprintf("hops %s%s %s%s", v.Glyphs.Up, hops(v.opt.Up), v.Glyphs.Down, hops(v.opt.Down)),
		v.lens.String(),
	}
	if v.lens == lensHealth && !v.Health.HasResults() {
		parts[1] += ": no run results: dbt run writes target/run_results.json"
	}
	shown := 0
	for i := range v.part.Nodes {
		if v.part.Nodes[i].Fold == subgraph.FoldNone {
			shown++
		}
	}
	if shown < v.part.Total {
		parts = append(parts, fmt.Sprintf("%d of %s drawn, the rest counted", shown, text.Count(v.part.Total, "node")))
	} else {
		parts = append(parts, text.Count(shown, "node"))
	}
	if v.opt.Collapse {
		parts = append(parts, "chains collapsed")
	}
	if v.opt.NoDashboards {
		parts = append(parts, "without dashboards")
	}
	w, h := v.drawing.Size()
	if w > v.Width || h > v.rows() {
		parts = append(parts, fmt.Sprintf("lines %d-%d of %d, columns %d-%d of %d", v.top+1, min(v.top+v.rows(), h), h, v.left+1, min(v.left+v.Width, w), w))
	}
	return strings.Join(parts, " "+v.Glyphs.Dot+" ")
}
