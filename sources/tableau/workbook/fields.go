package workbook

import (
	"strings"
)

// group is a logical table: relations that are always queried together. A join
// or a union runs complete; the parts of a collection are left out when no field of them
// is used (model/walk/RULES.md#used-and-unused-tables).
type group struct{ leaves []*relation }

// fields knows which group each field of a data source comes from. It is kept
// only where there is more than one group.
type fields struct {
	relation map[string]string // "[Sales]" → "ORDERS"
	object   map[string]string // "[ORDERS_4F1A]" → "ORDERS"
	group    map[string]int    // "ORDERS" → index; -1 when two groups have it
}

func (f *fields) recorded(local, parent, object string) {
	parent = firstPart(parent)
	if parent == "" {
		return
	}
	if f.relation == nil {
		f.relation, f.object = map[string]string{}, map[string]string{}
	}
	if local != "" {
		f.relation[local] = parent
	}
	if object != "" {
		f.object[object] = parent
	}
}

// mapped takes in a <map key='[id (customers)]' value='[customers].[id]'/>.
func (f *fields) mapped(key, value string) {
	if f.relation[key] == "" {
		f.recorded(key, value, "")
	}
}

// firstPart is ORDERS of [ORDERS].[id].
func firstPart(name string) string {
	name, ok := strings.CutPrefix(name, "[")
	if !ok {
		return ""
	}
	part, _ := bracketed(name)
	return part
}

// bracketed reads a name up to its closing bracket; "]]" is a bracket in it.
func bracketed(s string) (name, rest string) {
	var b strings.Builder
	for {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return "", ""
		}
		b.WriteString(s[:end])
		if !strings.HasPrefix(s[end+1:], "]") {
			return b.String(), s[end+1:]
		}
		b.WriteByte(']')
		s = s[end+2:]
	}
}

// finish sorts the relations into groups.
func (src *source) finish() {
	names := map[string]int{}
	for _, r := range src.relations {
		src.split(r, names)
	}
	if len(src.groups) < 2 {
		src.fields = fields{}
		return
	}
	src.fields.group = names
}

// split opens collections; everything else is one group.
func (src *source) split(r *relation, names map[string]int) {
	if r.kind == "collection" {
		for _, child := range r.children {
			src.split(child, names)
		}
		return
	}
	at := len(src.groups)
	src.groups = append(src.groups, group{})
	src.gather(r, at, names)
}

// gather adds the leaves of r to a group. A relation with children is a
// container whatever its type says.
func (src *source) gather(r *relation, at int, names map[string]int) {
	if r.label != "" {
		if other, taken := names[r.label]; taken && other != at {
			names[r.label] = -1
		} else {
			names[r.label] = at
		}
	}
	if len(r.children) == 0 {
		src.groups[at].leaves = append(src.groups[at].leaves, r)
	}
	for _, child := range r.children {
		src.gather(child, at, names)
	}
}

// groupOf finds the group of a field, -1 when it is not clear.
func (f *fields) groupOf(column string) int {
	name, ok := f.relation[column]
	if object, isCount := strings.CutPrefix(column, "[__tableau_internal_object_id__]."); isCount {
		name, ok = f.object[object]
	}
	if !ok {
		return -1
	}
	at, ok := f.group[name]
	if !ok {
		return -1
	}
	return at
}
