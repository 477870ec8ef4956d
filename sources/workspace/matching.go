package workspace

import "darkroom/model/match"

// Match gives the matching its part of the configuration. What was decided in the
// explorer and is in the store comes after darkroom.yml; the store may be nil.
func (c *Config) Match(s *Store) match.Config {
	var maps []Map
	var pins []Pin
	var ignores []Ignore
	if s != nil {
		maps, pins, ignores = s.Maps(), s.Pins(), s.Ignores()
	}
	out := match.Config{ConnectionAliases: c.ConnectionAliases, Strict: c.Strict}
	for _, m := range append(append([]Map(nil), c.Maps...), maps...) {
		out.Maps = append(out.Maps, match.Map{Tableau: m.Tableau, Dbt: m.DBT})
	}
	for _, p := range append(append([]Pin(nil), c.Pins...), pins...) {
		out.Pins = append(out.Pins, match.Pin{Table: p.Table, Node: p.Node, By: p.By, Why: p.Why})
	}
	for _, i := range append(append([]Ignore(nil), c.Ignore...), ignores...) {
		out.Ignore = append(out.Ignore, match.Ignore{Table: i.Table, Why: i.Why})
	}
	return out
}
