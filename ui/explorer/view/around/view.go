// Package around is the Lineage view: a drawn graph around one node, with the path
// through the cursor bright.
//
// Not here: which part of the graph that is (model/subgraph), and how it is laid out
// and drawn (ui/graph).
package around

import (
	"darkroom/model/curate"
	"darkroom/model/declared"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/query"
	"darkroom/model/subgraph"
	"darkroom/ui/diagram"
	"darkroom/ui/explorer/view"
	"darkroom/ui/graph"
)

// View is the Lineage view.
type View struct {
	view.Base
	*view.Host
	root   subgraph.Root // the node it is drawn around
	centre string        // its identity; empty without one
	opt    subgraph.Options
	lens   lens

	graph   *lineage.Graph // the one that is drawn
	part    *subgraph.Subgraph
	diagram *diagram.Diagram
	labels  [][]graph.Span // before the path is bright
	drawing *graph.Drawing
	path    *graph.Path
	cursor  int         // of part.Nodes; -1 without any
	came    map[int]int // node by the one that the cursor went to it from
	drawn   int         // how often it was laid out, for Position

	left, top int // cells of the drawing before what is seen
	query     *query.Bound
	hits      map[int]bool // of a filter
}

var (
	_ view.View    = (*View)(nil)
	_ view.Centred = (*View)(nil)
	_ view.Pointer = (*View)(nil)
	_ view.Placer  = (*View)(nil)
	_ view.Coverer = (*View)(nil)
)

// New makes a view without a centre.
func New(h *view.Host) view.View {
	return &View{Host: h, opt: subgraph.Options{Up: 3, Down: 2, Open: map[string]bool{}}, graph: lineage.Empty(), cursor: -1}
}

func (v *View) Info() view.Info {
	return view.Info{Name: "lineage", Title: "Lineage", About: "what a node depends on and what depends on it, drawn"}
}

func (v *View) Prepare(g *lineage.Graph, _ *curate.Book) func() {
	declared.Of(g)
	return func() {
		back := v.Here()
		v.graph = g
		if root, ok := find(g, v.centre); ok {
			v.root = root
		} else {
			v.centre = ""
		}
		v.redraw()
		back(true)
	}
}

// Changed implements view.View: checkboxes are drawn as they are, labels with them.
func (v *View) Changed(curate.Change) bool {
	v.relabel()
	return false
}

func (v *View) Len() int {
	if v.part == nil {
		return 0
	}
	return len(v.part.Nodes)
}

func (v *View) Empty() (title, advice string) {
	return "Nothing is drawn yet.", "Put the cursor on a model or a dashboard in another view and press L: its lineage is drawn here."
}

// Resize implements view.View. What fits depends on the size.
func (v *View) Resize(width, height int) {
	changed := height != v.Height || width != v.Width
	v.Base.Resize(width, height)
	if changed {
		v.redraw()
		v.middle()
	}
}

// Centre implements view.Centred.
func (v *View) Centre(node lineage.ID) { v.recentre(subgraph.Root{Node: node}) }

// CentreExposure implements view.Centred.
func (v *View) CentreExposure(e *outlook.Entry) bool {
	all := declared.Of(v.graph).All
	for i := range all {
		if x := &all[i]; x.Exposure.ID == e.ID && x.Project == e.In {
			v.recentre(subgraph.Root{Node: lineage.None, Exposure: x})
			return true
		}
	}
	return false
}

func (v *View) recentre(root subgraph.Root) {
	v.root, v.centre = root, identity(v.graph, root.Node, root.Exposure)
	v.opt.Open = map[string]bool{}
	v.cursor = -1
	v.redraw()
	v.middle()
}

// middle scrolls so that what is up- and downstream of the cursor is seen alike.
func (v *View) middle() {
	if v.cursor >= 0 {
		x, y, width := v.drawing.Box(v.cursor)
		v.left, v.top = x+width/2-v.Width/2, y-v.rows()/2
		v.clamp()
		v.follow()
	}
}

// redraw lays out what is around the centre. Siblings are counted from as many on as
// still fit into the pane.
func (v *View) redraw() {
	back := v.Here()
	v.drawn++
	v.part, v.came = nil, map[int]int{}
	if v.centre == "" {
		v.cursor, v.drawing = -1, nil
		return
	}
	const fewest = 4
	for limit := max(v.rows(), fewest); ; limit = max(limit/2, fewest) {
		v.opt.Siblings = limit
		part := v.around()
		if v.part == nil || len(part.Nodes) != len(v.part.Nodes) { // otherwise it is the same drawing
			v.part = part
			v.layout()
		}
		if _, h := v.drawing.Size(); h <= v.rows() || limit == fewest {
			break
		}
	}
	v.cursor = 0
	v.seek(v.centre)
	back(false)
	v.Filter(v.query)
}

// around is what is drawn: where everything is connected with everything, what is further
// away is counted, so that a key does not wait for its lines.
func (v *View) around() *subgraph.Subgraph {
	const mostEdges, fewestNodes = 1500, 40
	opt := v.opt
	for opt.Nodes = subgraph.Most; ; opt.Nodes /= 2 {
		part := subgraph.Around(v.graph, []subgraph.Root{v.root}, opt)
		if len(part.Edges) <= mostEdges || opt.Nodes <= fewestNodes {
			return part
		}
	}
}

// rows are the lines of the pane without the one about the drawing.
func (v *View) rows() int { return max(v.Height-1, 1) }

// seek takes the cursor to a node by its identity.
func (v *View) seek(id string) bool {
	if v.part == nil || id == "" {
		return false
	}
	for i := range v.part.Nodes {
		if n := &v.part.Nodes[i]; identity(v.graph, n.ID, n.Exposure) == id || n.Key != "" && n.Key == id {
			v.moveTo(i)
			return true
		}
	}
	return false
}

// moveTo takes the cursor to a node and scrolls so that it is seen.
func (v *View) moveTo(node int) {
	v.cursor = node
	v.path = v.drawing.Path(node)
	v.follow()
}

// follow scrolls to the cursor, with a part of what is up- and downstream of it.
func (v *View) follow() {
	if v.cursor < 0 || v.drawing == nil {
		return
	}
	x, y, width := v.drawing.Box(v.cursor)
	beside := max(min(v.Width/4, (v.Width-width)/2), 1)
	v.left = min(max(v.left, x+width+beside-v.Width), x-beside)
	v.top = min(max(v.top, y-v.rows()+1), y)
	v.clamp()
}

// clamp keeps what is seen on the drawing.
func (v *View) clamp() {
	w, h := v.drawing.Size()
	v.left = max(min(v.left, w-v.Width), 0)
	v.top = max(min(v.top, h-v.rows()), 0)
}
