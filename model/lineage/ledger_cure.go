package lineage

import (
	"slices"
	"strings"

	"darkroom/model/match"
)

// Cure is one thing a person can decide about tables that are not linked; exactly
// one of the three is set. It changes nothing until somebody keeps it.
type Cure struct {
	Map    *match.Map
	Pin    *match.Pin
	Ignore *match.Ignore
}

// Key tells cures apart.
func (c Cure) Key() string {
	switch {
	case c.Map != nil:
		return "map\x00" + c.Map.Tableau + "\x00" + c.Map.Dbt
	case c.Pin != nil:
		return "pin\x00" + c.Pin.Table + "\x00" + c.Pin.Node
	case c.Ignore != nil:
		return "ignore\x00" + c.Ignore.Table
	}
	return ""
}

// Word is what kind of cure it is: "map", "pin", "ignore".
func (c Cure) Word() string {
	switch {
	case c.Map != nil:
		return "map"
	case c.Pin != nil:
		return "pin"
	case c.Ignore != nil:
		return "ignore"
	}
	return ""
}

// String says what it does: "pin postgres://shop.marts.x to model.shop.y".
func (c Cure) String() string {
	switch {
	case c.Map != nil:
		return "map " + c.Map.Tableau + " → " + c.Map.Dbt
	case c.Pin != nil:
		return "pin " + c.Pin.Table + " to " + c.Pin.Node
	case c.Ignore != nil:
		return "ignore " + c.Ignore.Table
	}
	return "nothing"
}

// With adds the cure to what is configured.
func (c Cure) With(cfg match.Config) match.Config {
	switch {
	case c.Map != nil:
		cfg.Maps = append(slices.Clone(cfg.Maps), *c.Map)
	case c.Pin != nil:
		cfg.Pins = append(slices.Clone(cfg.Pins), *c.Pin)
	case c.Ignore != nil:
		cfg.Ignore = append(slices.Clone(cfg.Ignore), *c.Ignore)
	}
	return cfg
}

// Cures lists what a person can do about a link that has no node, the suggested
// one first: the map its name asks for, pins to the candidates or suggestions,
// and to ignore the table. A disabled node is never offered: dbt refuses it.
func (g *Graph) Cures(l *Link) []Cure {
	v := &l.Verdict
	if l.Resource != None || v.Reason == match.IgnoredByUser {
		return nil
	}
	var out []Cure
	for _, m := range mapsOf(v) {
		out = append(out, Cure{Map: &m})
	}
	table := g.Canonical(l)
	if table == "" {
		return out
	}
	for _, n := range append(slices.Clone(v.Nodes), v.Suggestions...) {
		if _, enabled := g.byID[n.Resource.ID]; !enabled || v.Reason == match.DisabledNode {
			continue
		}
		out = append(out, Cure{Pin: &match.Pin{Table: table, Node: n.Resource.ID}})
	}
	ignore := []Cure{{Ignore: &match.Ignore{Table: table}}}
	if schema := g.foreignSchema(l, table); schema != "" {
		ignore = append(ignore, Cure{Ignore: &match.Ignore{Table: schema}})
	}
	if v.Reason == match.EphemeralNode || v.Outcome == match.NotApplicable {
		return append(ignore, out...) // a pin would be a guess
	}
	return append(out, ignore...)
}

// foreignSchema is the pattern for all tables beside one, where dbt has nothing of
// that schema: on another platform, or in a schema that no node has.
func (g *Graph) foreignSchema(l *Link, table string) string {
	v := &l.Verdict
	switch v.Reason {
	case match.OtherPlatform:
	case match.NoSuchRelation:
		if g.schemas[strings.ToLower(v.Evidence.Parts[1].Text)] {
			return ""
		}
	default:
		return ""
	}
	_, name, _ := strings.Cut(table, "://")
	at := strings.LastIndexByte(table, '.')
	if strings.Count(name, ".") < 2 || strings.ContainsAny(name, `*"`) {
		return "" // a whole database is too much to set aside at once
	}
	return table[:at] + ".*"
}

// mapsOf asks the matcher's own rules which map would explain a verdict. They
// want many tables of one mind before they propose anything, so the table is
// counted often enough: here it is one person's choice for one table.
func mapsOf(v *match.Verdict) []match.Map {
	var out []match.Map
	for _, p := range match.Propose(slices.Repeat([]match.Verdict{*v}, 16)) {
		out = append(out, p.Map)
	}
	return out
}

// Effect is what a cure would change, counted on this graph.
type Effect struct {
	Tables     int // newly linked, each once
	Ignored    int // newly ignored
	Dashboards int // with a table that is newly linked or ignored
	Completed  int // of these, complete afterwards
	Lost       int // tables that are linked now and would not be
}

// Preview counts what a cure would do. The error names what is wrong with it.
func (g *Graph) Preview(c Cure) (Effect, error) {
	matcher, err := match.New(g.Projects, c.With(g.matching))
	if err != nil {
		return Effect{}, err
	}
	p := preview{g: g, matcher: matcher, moves: map[readKey]move{}, seen: map[string]bool{}}
	for _, d := range g.dashboards {
		p.dashboard(d)
	}
	return p.effect, nil
}

// preview matches every table again, each once.
type preview struct {
	g       *Graph
	matcher *match.Matcher
	moves   map[readKey]move
	seen    map[string]bool // tables counted
	effect  Effect
}

// move is what becomes of one table.
type move struct {
	verdict  match.Verdict
	resource ID
	moved    bool
}

func (p *preview) dashboard(d *Dashboard) {
	var after []Link // a copy, made when a link changes
	for i := range d.Links {
		m := p.table(&d.Links[i])
		if !m.moved {
			continue
		}
		if after == nil {
			after = slices.Clone(d.Links)
		}
		after[i].Verdict, after[i].Resource = m.verdict, m.resource
	}
	if after == nil {
		return
	}
	p.effect.Dashboards++
	then := Dashboard{Links: after, Gaps: d.Gaps}
	if then.status() == StatusComplete && d.Status != StatusComplete {
		p.effect.Completed++
	}
}

func (p *preview) table(l *Link) move {
	key := keyOf(&l.Read)
	if m, known := p.moves[key]; known {
		return m
	}
	m := move{verdict: p.matcher.Match(l.table())}
	m.resource = p.g.resourceOf(&m.verdict)
	ignored := m.verdict.Reason == match.IgnoredByUser && l.Verdict.Reason != match.IgnoredByUser
	m.moved = ignored || m.resource != l.Resource
	p.moves[key] = m
	if name := p.g.tableKey(l); m.moved && !p.seen[name] {
		p.seen[name] = true
		switch {
		case m.resource == None && l.Resource != None:
			p.effect.Lost++
		case ignored:
			p.effect.Ignored++
		default:
			p.effect.Tables++
		}
	}
	return m
}

// Matching is the configuration this graph was matched with.
func (g *Graph) Matching() match.Config { return g.matching }

// Suggested is the cure that fits a row best, if a decision can cure it: a map or
// a pin that its name speaks for. To ignore a table is a person's own idea.
func (g *Graph) Suggested(row GapRow) (Cure, bool) {
	if row.Link == nil {
		return Cure{}, false
	}
	cures := g.Cures(row.Link)
	if len(cures) == 0 || cures[0].Ignore != nil {
		return Cure{}, false
	}
	return cures[0], true
}
