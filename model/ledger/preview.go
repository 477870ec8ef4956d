package ledger

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/reason"
)

// Effect is what a fix would change, counted on this graph.
type Effect struct {
	Tables     int // newly linked, each once
	Ignored    int // newly ignored
	Dashboards int // with a table that is newly linked or ignored
	Completed  int // of these, complete afterwards
	Lost       int // tables that are linked now and would not be
}

// None reports that nothing changes.
func (e Effect) None() bool { return e.Lost+e.Tables+e.Ignored == 0 }

// String says what a fix does, what it costs first.
func (e Effect) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		does string
	}{{e.Lost, "removes the link from "}, {e.Tables, "links "}, {e.Ignored, "sets aside "}} {
		if part.n > 0 {
			parts = append(parts, part.does+model.Count(part.n, "table"))
		}
	}
	if len(parts) == 0 {
		return "changes nothing"
	}
	s := strings.Join(parts, ", ") + " of " + model.Count(e.Dashboards, "dashboard")
	switch {
	case e.Completed == 0:
	case e.Completed == 1 && e.Dashboards == 1:
		s += ", which would then be fully linked"
	default:
		s += fmt.Sprintf(", %d of which would then be fully linked", e.Completed)
	}
	return s
}

// PreviewFix counts what a fix would do. The error names what is wrong with it.
func PreviewFix(g *lineage.Graph, c Fix) (Effect, error) {
	matcher, err := match.New(g.Projects, c.With(g.Matching()))
	if err != nil {
		return Effect{}, err
	}
	p := preview{g: g, matcher: matcher, moves: map[lineage.ReadKey]move{}, seen: map[string]bool{}}
	for _, d := range g.Dashboards() {
		p.dashboard(d)
	}
	return p.effect, nil
}

// preview matches every table again, each once.
type preview struct {
	g       *lineage.Graph
	matcher *match.Matcher
	moves   map[lineage.ReadKey]move
	seen    map[string]bool // tables counted
	effect  Effect
}

// move is what becomes of one table.
type move struct {
	verdict  match.Verdict
	resource lineage.ID
	moved    bool
}

func (p *preview) dashboard(d *lineage.Dashboard) {
	var after []lineage.Link // a copy, made when a link changes
	for i := range d.Links {
		m := p.moveOf(&d.Links[i])
		if !m.moved {
			continue
		}
		if after == nil {
			after = slices.Clone(d.Links)
		}
		after[i].Verdict, after[i].Resource = &m.verdict, m.resource
	}
	if after == nil {
		return
	}
	p.effect.Dashboards++
	if d.Status != lineage.StatusLinked && lineage.StatusOf(after, d.Gaps) == lineage.StatusLinked {
		p.effect.Completed++
	}
}

func (p *preview) moveOf(l *lineage.Link) move {
	key := lineage.KeyOf(&l.Read)
	if m, known := p.moves[key]; known {
		return m
	}
	m := move{verdict: p.matcher.Match(l.Table())}
	m.resource = p.g.ResourceOf(&m.verdict)
	ignored := m.verdict.Reason == reason.IgnoredByUser && l.Verdict.Reason != reason.IgnoredByUser
	m.moved = ignored || m.resource != l.Resource
	p.moves[key] = m
	if name := tableKey(p.g, l); m.moved && !p.seen[name] {
		p.seen[name] = true
		switch {
		case m.resource == lineage.None && l.Resource != lineage.None:
			p.effect.Lost++
		case ignored:
			p.effect.Ignored++
		default:
			p.effect.Tables++
		}
	}
	return m
}
