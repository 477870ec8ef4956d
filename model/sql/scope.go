package sql

// cte is a visible or once visible WITH name.
type cte struct {
	key  string
	prev int32 // what the name meant before: index+1 in reader.defined, 0 for nothing
	// open: its body is being read, and whether the name means the CTE itself is
	// only known at the end; held are the reads that depend on it.
	open bool
	held []int32
}

// define makes a CTE visible.
func (r *reader) define(key string, open bool) int32 {
	r.defined = append(r.defined, cte{key: key, prev: r.visible[key], open: open})
	n := int32(len(r.defined))
	r.visible[key] = n
	return n - 1
}

// forget removes the CTEs that were defined after the first n.
func (r *reader) forget(n int32) {
	for i := int32(len(r.defined)) - 1; i >= n; i-- {
		c := r.defined[i]
		if c.prev == 0 {
			delete(r.visible, c.key)
		} else {
			r.visible[c.key] = c.prev
		}
	}
	if int(n) < len(r.defined) {
		r.defined = r.defined[:n]
	}
}

// endCTE handles the end of a CTE's body. In dialects without the word RECURSIVE the
// CTE's name inside its own body is the CTE if the body has a UNION; otherwise it is
// the table with that name (RULES.md#scopes).
func (r *reader) endCTE(lv level) {
	if lv.cteSelf < 0 {
		r.define(lv.cteName, false)
		return
	}
	c := &r.defined[lv.cteSelf]
	if c.open && !lv.union && c.prev == 0 {
		for _, at := range c.held {
			r.reads[at].dead = false
		}
	}
	c.open, c.held = false, nil
}

// isCTE reports whether the one-part name key is a CTE here. When that depends
// on the rest of the CTE's body, held is the CTE to ask later.
func (r *reader) isCTE(key string) (yes bool, held *cte) {
	n := r.visible[key]
	if n == 0 {
		return false, nil
	}
	if c := &r.defined[n-1]; c.open {
		return false, c
	}
	return true, nil
}

// scope is where aliases of one FROM clause are visible.
type scope struct {
	parent  int32
	derived bool // in a derived table the aliases next to it are not visible
	aliases []aliasAt
}

type aliasAt struct {
	key string
	pos int
}

// scoped reports a dialect that needs scopes: with array paths (FROM t, t.items), or with
// tables behind IN.
func (r *reader) scoped() bool { return r.d.ArrayPaths || r.d.InTable }

// newScope opens a scope below parent (-1: none).
func (r *reader) newScope(parent int32, derived bool) int32 {
	if !r.scoped() {
		return 0
	}
	r.scopes = append(r.scopes, scope{parent: parent, derived: derived})
	return int32(len(r.scopes) - 1)
}

// sibling opens a scope next to s, for the next branch of a UNION.
func (r *reader) sibling(s int32) int32 {
	if !r.scoped() {
		return 0
	}
	return r.newScope(r.scopes[s].parent, r.scopes[s].derived)
}

// maxShadow limits the search for an alias through scopes that hide it.
const maxShadow = 64

// dropPaths removes the reads that are arrays of another table, or its columns behind IN:
// names with an alias of the same or an outer FROM as their first part (RULES.md#scopes). It
// needs the whole text, because an outer FROM may come later.
func (r *reader) dropPaths() {
	if !r.scoped() || len(r.scopes) == 0 {
		return
	}
	byScope := make([][]int32, len(r.scopes))
	for i := range r.reads {
		if f := &r.reads[i]; !f.dead && len(f.name) > 1 && !f.path && (f.in || r.d.ArrayPaths) {
			byScope[f.scope] = append(byScope[f.scope], int32(i))
		}
	}
	w := aliasWalk{r: r, where: map[string][]aliasIn{}, hidden: make([]int32, len(r.scopes))}
	for s := range r.scopes { // in the order of the text, so parents come first
		w.enter(int32(s))
		for _, i := range byScope[s] {
			f := &r.reads[i]
			pos := f.pos
			if f.in { // all of the FROM is visible
				pos = len(r.src)
			}
			f.dead = w.sees(int32(s), r.aliasKey(f.name[:1]), pos)
		}
	}
}

// aliasWalk visits the scopes in preorder with the aliases that are visible.
type aliasWalk struct {
	r      *reader
	path   []int32
	where  map[string][]aliasIn
	hidden []int32
}

type aliasIn struct {
	scope int32
	pos   int
}

func (w *aliasWalk) enter(s int32) {
	sc := w.r.scopes[s]
	for len(w.path) > 0 && w.path[len(w.path)-1] != sc.parent {
		last := w.path[len(w.path)-1]
		w.path = w.path[:len(w.path)-1]
		for _, a := range w.r.scopes[last].aliases {
			w.where[a.key] = w.where[a.key][:len(w.where[a.key])-1]
		}
		w.hide(last, -1)
	}
	w.path = append(w.path, s)
	for _, a := range sc.aliases {
		w.where[a.key] = append(w.where[a.key], aliasIn{s, a.pos})
	}
	w.hide(s, 1)
}

func (w *aliasWalk) hide(s, by int32) {
	if sc := w.r.scopes[s]; sc.derived && sc.parent >= 0 {
		w.hidden[sc.parent] += by
	}
}

// sees reports whether key is an alias that is visible to a name at pos in scope s:
// an earlier one of its own FROM, or any of an outer query.
func (w *aliasWalk) sees(s int32, key string, pos int) bool {
	list := w.where[key]
	for n := 0; n < maxShadow && n < len(list); n++ {
		a := list[len(list)-1-n]
		if a.scope == s {
			if a.pos < pos {
				return true
			}
		} else if w.hidden[a.scope] == 0 {
			return true
		}
	}
	return false
}
