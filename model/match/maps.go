package match

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

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
