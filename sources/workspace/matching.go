package workspace

import "darkroom/model/match"

// Match gives the matching its part of the configuration. Pins and ignores that
// were made in the explorer come after those of darkroom.yml.
func (c *Config) Match(pins []Pin, ignores []Ignore) match.Config {
	out := match.Config{ConnectionAliases: c.ConnectionAliases, Strict: c.Strict}
	for _, m := range c.Maps {
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
