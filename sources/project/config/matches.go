package config

import (
	"cmp"
	"slices"

	"darkroom/model/match"
	"darkroom/sources/project/tools"
)

// Map rewrites the database, or the database and schema, of a BI tool's table before it
// is compared. It is written {tableau: …, dbt: …}: the first key is that of the tool
// that uses the name, and the map applies to the tables of all tools.
type Map struct {
	Tool string // key of the tool in the file; empty means the first of the list of tools
	BI   string
	DBT  string `yaml:"dbt"`
}

// OtherKeys are the keys of the tools (yamlfile.OtherKeys).
func (*Map) OtherKeys() []string { return tools.All().Keys() }

// OtherKey is where the value of a tool's key goes; nil when another tool's came first.
func (m *Map) OtherKey(key string) *string {
	if m.Tool != "" {
		return nil
	}
	m.Tool = key
	return &m.BI
}

// Same reports that both say the same, however the tool's key is given.
func (m Map) Same(other Map) bool {
	return m.Key() == other.Key() && m.BI == other.BI && m.DBT == other.DBT
}

// Key is the key of the tool's side.
func (m Map) Key() string { return cmp.Or(m.Tool, tools.All().Keys()[0]) }

// Pin ties a table of a BI tool, by its canonical name in which * matches any text,
// to a dbt node.
type Pin struct {
	Table string `yaml:"table"` // "snowflake://ANALYTICS.REPORTING.V_ORDERS"
	Node  string `yaml:"node"`  // unique_id
	By    string `yaml:"by"`
	At    string `yaml:"at"`
	Why   string `yaml:"why"`
}

// Ignore sets tables aside; Table is as in Pin.
type Ignore struct {
	Table string `yaml:"table"`
	By    string `yaml:"by"`
	At    string `yaml:"at"`
	Why   string `yaml:"why"`
}

// Matches are what ties tables to dbt nodes, or sets them aside.
type Matches struct {
	Maps   []Map    `yaml:"maps"`
	Pins   []Pin    `yaml:"pins"`
	Ignore []Ignore `yaml:"ignore"`
}

// Match gives the matching its part of the configuration. What was learnt, decided
// in the explorer, comes after darkroom.yml.
func (c *Config) Match(learnt Matches) match.Config {
	out := match.Config{ConnectionAliases: c.ConnectionAliases, Strict: c.Strict}
	for _, m := range slices.Concat(c.Maps, learnt.Maps) {
		out.Maps = append(out.Maps, match.Map{BI: m.BI, Dbt: m.DBT})
	}
	for _, p := range slices.Concat(c.Pins, learnt.Pins) {
		out.Pins = append(out.Pins, match.Pin{Table: p.Table, Node: p.Node, By: p.By, Why: p.Why})
	}
	for _, i := range slices.Concat(c.Ignore, learnt.Ignore) {
		out.Ignore = append(out.Ignore, match.Ignore{Table: i.Table, Why: i.Why})
	}
	return out
}
