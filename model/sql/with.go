package sql

import "darkroom/model/sql/keyword"

// with handles WITH when it begins a list of CTEs and not a hint, WITH
// ORDINALITY or WITH TIES.
func (r *reader) with() bool {
	top := r.top()
	first := r.i + 1
	recursive := r.kw(first) == keyword.Recursive
	if recursive {
		first++
	}
	h, ok := r.header(first)
	if !top.start && !(ok && h.as) {
		return false
	}
	top.cteList, top.recursive, top.withMark = true, recursive, int32(len(r.defined))
	if !ok {
		r.i++ // WITH expression AS name, WITH XMLNAMESPACES (…), …
		return true
	}
	if recursive && r.d.Forward {
		r.declare(first)
	}
	return r.cteAt(first)
}

// header is the beginning of a CTE: name [(columns)] [AS] [MATERIALIZED] "(".
type header struct {
	key  string
	body int // token index of the parenthesis
	as   bool
}

// header reads the one at token i.
func (r *reader) header(i int) (h header, ok bool) {
	if !isName(r.tok(i)) || r.tok(i).Kw.ReservedItem() {
		return h, false
	}
	h.key = r.aliasKey(name{r.partAt(i)})
	i++
	if r.isSymbol(i, '(') && !r.queryStart(i+1) {
		i = int(r.tok(i).Mate) + 1
	}
	if r.kw(i) == keyword.Using && r.kw(i+1) == keyword.Key && r.isSymbol(i+2, '(') { // DuckDB
		i = int(r.tok(i+2).Mate) + 1
	}
	if r.kw(i) == keyword.As {
		h.as = true
		i++
		if r.kw(i) == keyword.Not {
			i++
		}
		if r.kw(i) == keyword.Materialized {
			i++
		}
	}
	h.body = i
	return h, r.isSymbol(i, '(') && (h.as || r.queryStart(i+1))
}

// declare makes all names of a WITH RECURSIVE list visible at once.
func (r *reader) declare(i int) {
	for {
		h, ok := r.header(i)
		if !ok {
			return
		}
		r.define(h.key, false)
		i = int(r.tok(h.body).Mate) + 1
		if !r.isSymbol(i, ',') {
			return
		}
		i++
	}
}

// cteAt opens the body of the CTE that begins at token i; false when none does.
func (r *reader) cteAt(i int) bool {
	h, ok := r.header(i)
	if !ok {
		return false
	}
	top := r.top()
	lv := level{kind: lvCTE, cteName: h.key, cteSelf: -1}
	declared := r.visible[h.key] > top.withMark
	switch {
	case top.recursive && declared:
		lv.cteSelf = r.visible[h.key] - 1
	case top.recursive:
		lv.cteSelf = r.define(h.key, false)
	case r.d.SelfRecursive:
		lv.cteSelf = r.define(h.key, true)
	}
	r.i = h.body
	r.push(lv)
	return true
}
