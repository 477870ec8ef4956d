package config

import (
	"fmt"
	"strings"

	"darkroom/model/pattern"
	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// check follows model/match/RULES.md#maps-pins-and-ignores: a database, or a database and a schema, in which
// one * on each side is the same text.
func (m Map) check() (message, fix string) {
	const shapes = "write {tableau: DB, dbt: db}, {tableau: DB.SCHEMA, dbt: db.schema} or {tableau: DB.*, dbt: db.prefix_*}"
	from, to := nameParts(m.BI), nameParts(m.DBT)
	switch {
	case m.BI == "" || m.DBT == "":
		return "a map needs both sides", shapes
	case len(from) == 0 || len(to) == 0 || len(from) > 2 || len(to) > 2:
		return "a map names a database, or a database and a schema", shapes
	case len(from) != len(to):
		return "both sides of a map need the same parts", shapes
	}
	if wrong := checkStar(from, to); wrong != "" {
		return wrong, shapes
	}
	return "", ""
}

// checkStar looks at the * of a map whose sides have the same parts.
func checkStar(from, to []string) string {
	if strings.Contains(from[0]+to[0], "*") {
		return "* is not allowed in a database"
	}
	if len(from) == 1 {
		return ""
	}
	switch {
	case strings.Count(from[1], "*") > 1 || strings.Count(to[1], "*") > 1:
		return "* is allowed only once on each side"
	case strings.Contains(to[1], "*") && !strings.Contains(from[1], "*"):
		return "* on the dbt side needs * on the side of the BI tool"
	}
	return ""
}

// nameParts splits a name at dots that are not in quotes; nil when a part is
// empty or a quote is left open.
func nameParts(name string) []string {
	var parts []string
	start, quote := 0, byte(0)
	for i := 0; i <= len(name); i++ {
		switch {
		case i == len(name) && quote != 0:
			return nil
		case i == len(name), name[i] == '.' && quote == 0:
			if i == start {
				return nil
			}
			parts = append(parts, name[start:i])
			start = i + 1
		case quote != 0 && name[i] == quote:
			quote = 0
		case quote == 0 && (name[i] == '"' || name[i] == '`'):
			quote = name[i]
		case quote == 0 && name[i] == '[':
			quote = ']'
		}
	}
	return parts
}

var (
	canonicalName = pattern.Of(`^[a-z][a-z0-9_]*://[^\s].*$`)
	pinnedNode    = pattern.Of(`^(model|seed|snapshot|source)(\.[^.\pC]+){2,}$`) // names of sources may have spaces
)

const canonicalFix = `write it like "snowflake://DATABASE.SCHEMA.TABLE", as the explanation of a table shows it`

// Check notes what is wrong with matches, of this file or of decisions.yml.
func (ms Matches) Check(y *yamlfile.Piece) {
	for i, m := range ms.Maps {
		if message, fix := m.check(); message != "" {
			y.FailAt(fmt.Sprintf("$.maps[%d]", i), message, fix)
		}
	}
	seen := map[string]string{} // table to node
	for i, p := range ms.Pins {
		at := fmt.Sprintf("$.pins[%d]", i)
		switch {
		case !canonicalName().MatchString(p.Table):
			y.FailAt(at+".table", "a pin needs the canonical name of a table", canonicalFix)
		case !pinnedNode().MatchString(p.Node):
			y.FailAt(at+".node", "a pin needs the unique_id of a model, seed, snapshot or source", "for example node: model.shop.orders")
		case seen[p.Table] != "" && seen[p.Table] != p.Node: // two people can have decided the same
			y.FailAt(at, fmt.Sprintf("%s is pinned twice", disk.Clip(p.Table)), "keep one")
		}
		seen[p.Table] = p.Node
		y.CheckTime(at+".at", p.At)
	}
	for i, g := range ms.Ignore {
		at := fmt.Sprintf("$.ignore[%d]", i)
		if !canonicalName().MatchString(g.Table) {
			y.FailAt(at+".table", "ignore needs the canonical name of a table", canonicalFix)
		}
		y.CheckTime(at+".at", g.At)
	}
}
