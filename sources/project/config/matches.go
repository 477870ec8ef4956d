package config

import (
	"slices"

	"darkroom/model/match"
)

// Map rewrites the database, or the database and schema, of a Tableau table
// before it is compared.
type Map struct {
	Tableau string `yaml:"tableau"`
	DBT     string `yaml:"dbt"`
}

// Pin ties a Tableau table, by its canonical name in which * matches any text,
// to a dbt node.
type Pin struct {
	Table string `yaml:"table"` // "snowflake://ANALYTICS.REPORTING.V_ORDERS"
	Node  string `yaml:"node"`  // unique_id
	By    string `yaml:"by"`
	At    string `yaml:"at"`
	Why   string `yaml:"why"`
}

// Ignore sets Tableau tables aside; Table is as in Pin.
type Ignore struct {
	Table string `yaml:"table"`
	By    string `yaml:"by"`
	At    string `yaml:"at"`
	Why   string `yaml:"why"`
}

// Matches are what ties Tableau tables to dbt nodes, or sets them aside.
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
		out.Maps = append(out.Maps, match.Map{Tableau: m.Tableau, Dbt: m.DBT})
	}
	for _, p := range slices.Concat(c.Pins, learnt.Pins) {
		out.Pins = append(out.Pins, match.Pin{Table: p.Table, Node: p.Node, By: p.By, Why: p.Why})
	}
	for _, i := range slices.Concat(c.Ignore, learnt.Ignore) {
		out.Ignore = append(out.Ignore, match.Ignore{Table: i.Table, Why: i.Why})
	}
	return out
}
