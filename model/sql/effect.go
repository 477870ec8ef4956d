package sql

import (
	"strings"

	"darkroom/model/sql/keyword"
)

// claim reports whether f is what UPDATE or DELETE meant by its alias or name.
func (r *reader) claim(alias string, f found) bool {
	key := r.key(f.name)
	for i, t := range r.targets {
		if len(t.name) == 1 && r.aliasKey(t.name) == alias || r.key(t.name) == key {
			r.targets = append(r.targets[:i], r.targets[i+1:]...)
			r.write(f)
			return true
		}
	}
	return false
}

// alias reads the alias of the item that ends before token i, or takes the last
// part of its name, and makes it visible in the scope.
func (r *reader) alias(i int, n name, pos int) string {
	if !r.scoped() && len(r.targets) == 0 {
		return ""
	}
	if r.kw(i) == keyword.As {
		i++
	}
	var own name
	switch t := r.tok(i); {
	case isName(t) && !t.Kw.NoAlias():
		own = name{r.partAt(i)}
	case len(n) > 0:
		own = n[len(n)-1:]
	default:
		return ""
	}
	key := r.aliasKey(own)
	if r.scoped() {
		s := &r.scopes[r.top().scope]
		s.aliases = append(s.aliases, aliasAt{key, pos})
	}
	return key
}

// read adds a relation that is read, unless it is a CTE, a temporary table or
// DUAL.
func (r *reader) read(f found) {
	f.scope, f.state = r.top().scope, r.now
	last := f.name[len(f.name)-1]
	if r.isDummy(f.name) {
		return
	}
	if len(f.name) == 1 {
		cte, held := r.isCTE(r.aliasKey(f.name))
		if cte {
			return
		}
		if held != nil {
			f.dead = true
			held.held = append(held.held, int32(len(r.reads)))
		}
	}
	if r.isTemp(f.name) {
		if !r.temps[r.tempKey(f.name)] {
			r.gapAt(GapTemp, f.pos, last.text)
		}
		return
	}
	r.reads = append(r.reads, f)
}

// isDummy reports DUAL and similar tables without data.
func (r *reader) isDummy(n name) bool {
	switch last := n[len(n)-1]; len(n) {
	case 1:
		return last.text == "" || !last.quoted && strings.EqualFold(last.text, "dual")
	case 2:
		return strings.EqualFold(n[0].text, "sys") && strings.EqualFold(last.text, "dual") ||
			strings.EqualFold(n[0].text, "sysibm") && strings.EqualFold(last.text, "sysdummy1")
	}
	return false
}

// write adds a relation that is written.
func (r *reader) write(f found) {
	if len(f.name) == 1 {
		if cte, held := r.isCTE(r.aliasKey(f.name)); cte || held != nil {
			return
		}
	}
	if !r.isTemp(f.name) {
		f.state = r.now
		r.writes = append(r.writes, f)
	}
}

// isTemp reports whether n lives only in the session.
func (r *reader) isTemp(n name) bool {
	last := n[len(n)-1].text
	if r.d.HashTemp && strings.HasPrefix(last, "#") || r.temps[r.tempKey(n)] {
		return true
	}
	return len(n) == 2 && (strings.EqualFold(n[0].text, "pg_temp") || strings.EqualFold(n[0].text, "_session"))
}

// tempKey is the key of a temporary table; tempdb..#x is #x.
func (r *reader) tempKey(n name) string {
	switch last := n[len(n)-1:]; {
	case strings.HasPrefix(last[0].text, "#") && r.d.HashTemp,
		len(n) == 2 && (strings.EqualFold(n[0].text, "pg_temp") || strings.EqualFold(n[0].text, "_session")):
		return r.aliasKey(last)
	}
	if r.now != 0 && r.sessions.TempInSchema {
		if fill := r.fill(&found{name: n, state: r.now}); fill.ok {
			n = append(fill.prefix, n...)
		}
	}
	return r.aliasKey(n)
}
