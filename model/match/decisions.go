package match

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"darkroom/model"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
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
		m.pins.Add(i, p.Table)
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

// rewrite is a Map, parsed. A schema pattern has at most one star, which is
// any text; in the target the star is that text.
type rewrite struct {
	text       string // "PROD.* → dev.dbt_ana_*", to show
	from, to   [2]string
	whole      bool // from has no schema: the star of the target is the whole schema
	hasSchema  bool // the target sets the schema
	starSchema bool // from's schema is a pattern
}

// parseMap reads entry number i of the maps.
func parseMap(i int, m Map) (rewrite, error) {
	w := rewrite{text: m.BI + " → " + m.Dbt}
	bad := func(side, why string) (rewrite, error) {
		return rewrite{}, fmt.Errorf("maps: entry %d (%s): %s %s; write DB, DB.SCHEMA or DB.*", i+1, w.text, side, why)
	}
	for side, text := range [2]string{m.BI, m.Dbt} {
		name, dst := "tableau", &w.from
		if side == 1 {
			name, dst = "dbt", &w.to
		}
		parts := relation.Read(text)
		switch {
		case len(parts) == 0:
			return bad(name, "is empty")
		case len(parts) > 2:
			return bad(name, "has more than two parts")
		case parts[0].Text == "" || strings.Contains(parts[0].Text, "*"):
			return bad(name, "must begin with a plain database")
		}
		dst[0] = parts[0].Text
		if len(parts) == 2 {
			dst[1] = parts[1].Text
		}
		if strings.Count(dst[1], "*") > 1 {
			return bad(name, "has more than one *")
		}
	}
	w.whole = w.from[1] == ""
	w.hasSchema = w.to[1] != ""
	w.starSchema = strings.Contains(w.from[1], "*")
	if strings.Contains(w.to[1], "*") && !w.whole && !w.starSchema {
		return bad("dbt", "has a *, but tableau has none")
	}
	return w, nil
}

// rewritten applies the first map that fits (RULES.md#maps-pins-and-ignores). Maps
// change the Tableau side; the comparison that follows is as strict as without
// them.
func (m *Matcher) rewritten(p *warehouse.Warehouse, r *reading) (reading, string, bool) {
	for i := range m.maps {
		if out, ok := m.maps[i].apply(p, r); ok {
			return out, m.maps[i].text, true
		}
	}
	return reading{}, "", false
}

func (w *rewrite) apply(p *warehouse.Warehouse, r *reading) (reading, bool) {
	database, schema := r.parts[relation.Database].Text, r.parts[relation.Schema].Text
	from, to, whole, hasSchema := w.from, w.to, w.whole, w.hasSchema
	inDatabase := p.Levels == 3 || p.DatabaseWhereKnown && strings.EqualFold(from[0], database)
	if !inDatabase {
		// Only the schema can change. "DB" means the schema itself there.
		database = r.reported
		if whole {
			from, whole = [2]string{database, from[0]}, false
		}
		if !hasSchema {
			to, hasSchema = [2]string{"", to[0]}, true
		}
	}
	if !strings.EqualFold(from[0], database) {
		return reading{}, false
	}
	star := schema
	if !whole {
		var ok bool
		if star, ok = matchStar(from[1], schema); !ok || schema == "" {
			return reading{}, false
		}
	}
	out := *r
	if inDatabase {
		out = out.with(relation.Database, Part{Text: to[0], From: FromMap, Field: database})
	}
	if hasSchema {
		if schema == "" && strings.Contains(to[1], "*") {
			return reading{}, false
		}
		out = out.with(relation.Schema, Part{Text: strings.Replace(to[1], "*", star, 1), From: FromMap, Field: schema})
	}
	return out, true
}

// matchStar compares without case; star is the text that the * of pattern covers.
func matchStar(pattern, s string) (star string, ok bool) {
	before, after, has := strings.Cut(pattern, "*")
	if !has {
		return "", strings.EqualFold(pattern, s)
	}
	if s, ok = cutPrefixFold(s, before); !ok {
		return "", false
	}
	return cutTailFold(s, after)
}

// cutPrefixFold cuts as many runes off s as prefix has, if they are equal but
// for case.
func cutPrefixFold(s, prefix string) (string, bool) {
	at := 0
	for range utf8.RuneCountInString(prefix) {
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return s[at:], strings.EqualFold(s[:at], prefix)
}

// cutTailFold is cutPrefixFold from the other end.
func cutTailFold(s, suffix string) (string, bool) {
	at := len(s)
	for range utf8.RuneCountInString(suffix) {
		_, n := utf8.DecodeLastRuneInString(s[:at])
		at -= n
	}
	return s[:at], strings.EqualFold(s[at:], suffix)
}
