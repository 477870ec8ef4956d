package match

import (
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/model/relation"
)

// Config is what was decided (RULES.md#maps-pins-and-ignores).
type Config struct {
	Maps   []Map // the first that applies counts
	Pins   []Pin
	Ignore []Ignore
	// ConnectionAliases says what a connection type is, "postgres_jdbc":
	// "postgres"; the value is a dbt adapter.
	ConnectionAliases map[string]string
	// Strict turns matches of medium confidence into reviews.
	Strict bool
}

// Map rewrites the side of the BI tool before it is compared: "DB" → "DB",
// "DB.SCHEMA" → "DB.SCHEMA", "DB.*" → "DB.prefix_*" where * is the schema, or a part of it.
type Map struct{ BI, Dbt string }

// Pin ties a table to a node. Table is a canonical name such as
// "snowflake://ANALYTICS.REPORTING.V_ORDERS", in which * is any text, or
// a plain table id. Node is a unique_id.
type Pin struct{ Table, Node, By, Why string }

// Ignore sets a table aside; Table is as in Pin.
type Ignore struct{ Table, Why string }

// decisionIndex finds what was decided about a table (step 0). Plain ids and names
// without a star are looked up, patterns are tried one after another.
type decisionIndex struct {
	literal  map[string]int // id or canonical name → entry
	folded   map[string]int // canonical name in key form → entry
	patterns []pattern
	names    bool // whether any entry is a canonical name
}

type pattern struct {
	text  string
	entry int
}

// addTable takes the table of entry number i; the first of several counts.
func (d *decisionIndex) addTable(i int, table string) {
	if d.literal == nil {
		d.literal, d.folded = map[string]int{}, map[string]int{}
	}
	named := strings.Contains(table, "://")
	d.names = d.names || named
	if named && strings.Contains(table, "*") {
		d.patterns = append(d.patterns, pattern{table, i})
		return
	}
	if _, twice := d.literal[table]; !twice {
		d.literal[table] = i
	}
	key := string(relation.AppendKey(nil, table))
	if _, twice := d.folded[key]; named && !twice {
		d.folded[key] = i
	}
}

// entryFor gives the entry for a table with this id and these canonical names. With
// exactCase, names that differ in case are different, as on their platform.
func (d *decisionIndex) entryFor(id string, names []string, exactCase bool) (int, bool) {
	if i, ok := d.literal[id]; ok && id != "" {
		return i, true
	}
	for _, name := range names {
		if i, ok := d.literal[name]; ok {
			return i, true
		}
	}
	for _, name := range names {
		if i, ok := d.folded[string(relation.AppendKey(nil, name))]; ok && !exactCase {
			return i, true
		}
		for _, p := range d.patterns {
			if glob(p.text, name, exactCase) {
				return p.entry, true
			}
		}
	}
	return 0, false
}

// glob reports whether pattern, in which each * is any text, is s.
func glob(pattern, s string, exactCase bool) bool {
	if !exactCase {
		pattern, s = string(relation.AppendKey(nil, pattern)), string(relation.AppendKey(nil, s))
	}
	pieces := strings.Split(pattern, "*")
	last := len(pieces) - 1
	if last == 0 {
		return pattern == s
	}
	rest, ok := strings.CutPrefix(s, pieces[0])
	if !ok || len(rest) < len(pieces[last]) || !strings.HasSuffix(rest, pieces[last]) {
		return false
	}
	rest = rest[:len(rest)-len(pieces[last])]
	for _, piece := range pieces[1:last] {
		at := strings.Index(rest, piece)
		if at < 0 {
			return false
		}
		rest = rest[at+len(piece):]
	}
	return true
}

// setPins checks the pins and finds their nodes. A node that no project has is
// not an error: models come and go. See StalePins.
func (m *Matcher) setPins(pins []Pin) error {
	m.pinned = make([]*Node, len(pins))
	wanted := map[string]bool{}
	for i, p := range pins {
		if err := checkTable("pins", i, p.Table); err != nil {
			return err
		}
		if kind, _, ok := strings.Cut(p.Node, "."); !ok || !pinnable(model.KindOf(kind)) {
			return fmt.Errorf("pins: entry %d (%s): node %q is not a unique_id; write one like model.shop.orders", i+1, p.Table, p.Node)
		}
		wanted[p.Node] = true
		m.pins.addTable(i, p.Table)
	}
	found := map[string]*Node{}
	ranks := map[string]uint8{}
	for _, p := range m.projects {
		for i := range p.Resources {
			r := &p.Resources[i]
			if !wanted[r.ID] || !pinnable(r.Kind) {
				continue
			}
			if rank := rankOf(p, r); found[r.ID] == nil || rank < ranks[r.ID] {
				found[r.ID], ranks[r.ID] = &Node{p, r}, rank
			}
		}
	}
	for i, p := range pins {
		m.pinned[i] = found[p.Node]
	}
	return nil
}

func pinnable(k model.Kind) bool {
	switch k {
	case model.KindModel, model.KindSeed, model.KindSnapshot, model.KindSource:
		return true
	}
	return false
}

func checkTable(list string, i int, table string) error {
	if strings.TrimSpace(table) == "" {
		return fmt.Errorf("%s: entry %d: table is empty; write a table id or a name like snowflake://DB.SCHEMA.TABLE", list, i+1)
	}
	if platform, name, ok := strings.Cut(table, "://"); ok && (platform == "" || name == "") {
		return fmt.Errorf("%s: entry %d: table %q is not of the form snowflake://DB.SCHEMA.TABLE", list, i+1, table)
	}
	return nil
}

// StalePins are pins whose node is in none of the projects; they have no effect.
func (m *Matcher) StalePins() []Pin {
	var out []Pin
	for i, n := range m.pinned {
		if n == nil {
			out = append(out, m.cfg.Pins[i])
		}
	}
	return out
}
