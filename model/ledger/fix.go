package ledger

import (
	"slices"
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/match/propose"
	"darkroom/model/reason"
	"darkroom/model/relation"
)

// Fix is one decision about tables that are not linked; exactly one of the three is
// set. It changes nothing until it is saved.
type Fix struct {
	Map    *match.Map
	Pin    *match.Pin
	Ignore *match.Ignore
}

// Key identifies a fix.
func (c Fix) Key() string {
	switch {
	case c.Map != nil:
		return "map\x00" + c.Map.BI + "\x00" + c.Map.Dbt
	case c.Pin != nil:
		return "pin\x00" + c.Pin.Table + "\x00" + c.Pin.Node
	case c.Ignore != nil:
		return "ignore\x00" + c.Ignore.Table
	}
	return ""
}

// Word is what kind of fix it is: "map", "pin", "ignore".
func (c Fix) Word() string {
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
func (c Fix) String() string {
	switch {
	case c.Map != nil:
		return "map " + c.Map.BI + " → " + c.Map.Dbt
	case c.Pin != nil:
		return "pin " + c.Pin.Table + " to " + c.Pin.Node
	case c.Ignore != nil:
		return "ignore " + c.Ignore.Table
	}
	return "nothing"
}

// With adds the fix to what is configured.
func (c Fix) With(cfg match.Config) match.Config {
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

// Fixes lists what can be decided about a link that has no node, the suggested one
// first: the map its name asks for, pins to the candidates or suggestions, and
// ignoring the table. A disabled node is never offered: dbt refuses it.
func Fixes(g *lineage.Graph, l *lineage.Link) []Fix {
	v := l.Verdict
	if l.Resource != lineage.None || v.Reason.Row().Fix == reason.FixNone {
		return nil
	}
	var out []Fix
	x := g.Explain(l)
	for _, m := range mapsOf(x) {
		out = append(out, Fix{Map: &m})
	}
	table := g.CanonicalName(l)
	if table == "" {
		return out
	}
	row := v.Reason.Row()
	if row.Fix != reason.FixIgnoreOnly {
		for _, n := range append(slices.Clone(v.Nodes), x.Suggestions...) {
			if _, enabled := g.ResourceIn(n.Project, n.Resource.ID); enabled {
				out = append(out, Fix{Pin: &match.Pin{Table: table, Node: n.Resource.ID}})
			}
		}
	}
	ignore := []Fix{{Ignore: &match.Ignore{Table: table}}}
	if schema := schemaPattern(table); schema != "" && mayIgnoreSchema(g, l, row.Ignore) {
		ignore = append(ignore, Fix{Ignore: &match.Ignore{Table: schema}})
	}
	if row.Fix == reason.FixIgnore {
		return append(ignore, out...) // a pin would be a guess
	}
	return append(out, ignore...)
}

// mayIgnoreSchema reports whether all tables of a link's schema may be ignored at
// once: dbt has nothing of it.
func mayIgnoreSchema(g *lineage.Graph, l *lineage.Link, rule reason.Ignore) bool {
	switch rule {
	case reason.IgnoreSchema:
		return true
	case reason.IgnoreForeignSchema:
		return !g.HasSchema(g.Explain(l).Evidence.Parts[relation.Schema].Text)
	}
	return false
}

// schemaPattern is the pattern for all tables of the schema of a canonical name, ""
// without a schema: ignoring an entire database at once is too much.
func schemaPattern(table string) string {
	_, name, _ := strings.Cut(table, "://")
	if strings.Count(name, ".") < 2 || strings.ContainsAny(name, `*"`) {
		return ""
	}
	return table[:strings.LastIndexByte(table, '.')] + ".*"
}

// mapsOf finds the maps that would explain a verdict by the rules of package propose.
// They need many tables that agree before they propose anything, so the table is
// counted often enough: here it is a choice for one table.
func mapsOf(x *match.Explanation) []match.Map {
	var out []match.Map
	for _, p := range propose.Maps(slices.Repeat([]match.Explanation{*x}, 16)) {
		out = append(out, p.Map)
	}
	return out
}

// SuggestedFix is the fix that fits a row best, if a decision can fix it: a map or a
// pin that its name supports. Ignoring a table is never suggested.
func SuggestedFix(g *lineage.Graph, row GapRow) (Fix, bool) {
	if row.Link == nil {
		return Fix{}, false
	}
	fixes := Fixes(g, row.Link)
	if len(fixes) == 0 || fixes[0].Ignore != nil {
		return Fix{}, false
	}
	return fixes[0], true
}
