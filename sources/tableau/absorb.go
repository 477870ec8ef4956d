package tableau

import (
	"github.com/tidwall/gjson"
)

// object is a JSON object opened once: its members in file order.
type object []member

type member struct {
	name  string
	value gjson.Result
}

func (o object) get(name string) gjson.Result {
	for i := range o {
		if o[i].name == name {
			return o[i].value
		}
	}
	return gjson.Result{}
}

func (o object) has(name string) bool { return o.get(name).Exists() }

func (o object) text(name string) string { return text(o.get(name)) }

func (o object) is(name string) bool { return truth(o.get(name)) }

// text reads a scalar as text; null, objects and lists are "".
func text(r gjson.Result) string {
	switch r.Type {
	case gjson.String:
		return r.Str
	case gjson.Number, gjson.True, gjson.False:
		return r.Raw
	}
	return ""
}

// truth accepts "true" too: REST writes booleans as texts.
func truth(r gjson.Result) bool {
	return r.Type == gjson.True || r.Type == gjson.String && r.Str == "true"
}

// open reads the members of v; the caller closes with the mark it got. Members
// live in one growing arena, since objects are opened and closed like brackets.
func (b *builder) open(v gjson.Result) (o object, mark int, err error) {
	if b.steps++; b.steps%1024 == 0 && b.ctx.Err() != nil {
		return nil, 0, b.ctx.Err()
	}
	mark = len(b.arena)
	v.ForEach(func(key, value gjson.Result) bool {
		b.arena = append(b.arena, member{key.Str, value})
		return true
	})
	return object(b.arena[mark:len(b.arena):len(b.arena)]), mark, nil
}

func (b *builder) close(mark int) { b.arena = b.arena[:mark] }

// absorb reads one object of a kind that stands under a field of another one
// (from; nowhere at the root), with everything nested in it.
func (b *builder) absorb(k kind, v gjson.Result, from ref, name string) (ref, error) {
	o, mark, err := b.open(v)
	if err != nil {
		return ref{}, err
	}
	defer b.close(mark)
	if len(o) == 0 {
		return ref{}, nil
	}
	told, variant := typed(o.text("__typename"))
	switch {
	case k == view:
		if k = viewKind(o, told); k == none {
			b.holes.views++
			return ref{}, nil
		}
	case told != k:
		variant = unsure
	}
	r := b.node(k, o, from)
	if variant == unsure {
		variant = guess(k, o, from, name)
	}
	h := b.head(r)
	if h.variant == unsure {
		h.variant = variant
	}
	h.told = h.told || tells(o)
	if h.cut == "" && h.told {
		h.cut = b.cuts.answer
	}
	b.fill(r, o)
	if b.wrong != nil {
		return r, b.wrong
	}
	b.link(from, name, r)
	return r, b.children(r, o)
}

// viewKind decides what an entry of "views" is: by its type, else by fields that
// only one of the two types has.
func viewKind(o object, told kind) kind {
	switch {
	case told == dashboard || told == sheet:
		return told
	case o.has("sheets"):
		return dashboard
	}
	for _, name := range [...]string{"parentEmbeddedDatasources", "containedInDashboards", "worksheetFields", "datasourceFields", "sheetFieldInstances"} {
		if o.has(name) {
			return sheet
		}
	}
	return none
}

// guess tells the variant from the field's name, its owner and the object's own
// fields.
func guess(k kind, o object, from ref, name string) variant {
	if v := variantAt(name); v != unsure {
		return v
	}
	switch {
	case k == table && (o.has("query") || o.has("isUnsupportedCustomSql")):
		return isCustomSQL
	case k == table && (o.has("virtualConnection") || o.has("isExtracted") || from.kind == virtualConnection):
		return isVirtual
	case k == datasource && (from.kind == workbook || o.text("luid") != ""):
		return isPublished // Workbook.upstreamDatasources, or a LUID: embedded ones have none
	case k == datasource && o.get("workbook").IsObject():
		return isEmbedded
	}
	return unsure
}

// tells reports whether o is more than a link.
func tells(o object) bool {
	for i := range o {
		switch o[i].name {
		case "id", "luid", "__typename":
		default:
			return true
		}
	}
	return false
}

// children reads what is nested in o.
func (b *builder) children(r ref, o object) error {
	for i := range o {
		if err := b.child(r, o[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) child(r ref, m member) error {
	name := connectionName(m.name)
	switch k := kindAt(name); k {
	case none:
		return nil
	case field:
		return b.each(r, m, name, func(v gjson.Result) error { return b.field(carrierOf(r), name, v) })
	case column:
		return b.each(r, m, name, func(v gjson.Result) error { return b.column(carrierOf(r), name, v) })
	default:
		if k == dashboard && r.kind == workbook {
			b.askedForDash = true
		}
		if k == sheet && r.kind == dashboard && m.value.Type != gjson.Null {
			b.dashboards[r.at].own = true
		}
		return b.each(r, m, name, func(v gjson.Result) error {
			_, err := b.absorb(k, v, r, name)
			return err
		})
	}
}

// each calls fn for every object of a member of r that holds one object, a list or
// a connection (its member's name differs from the list's name). Nulls stand for
// what a limit or a permission cut out.
func (b *builder) each(r ref, m member, name string, fn func(gjson.Result) error) error {
	depth := len(b.path)
	defer func() { b.path = b.path[:depth] }()
	b.path = append(b.path, step{name: m.name})
	v := m.value
	if v.IsObject() && m.name != name {
		page := pageOf(v)
		if page.more || page.total > page.count {
			b.holes.cutLists++
			b.cuts.nested(b, r, name)
		}
		v = page.nodes
		b.path = append(b.path, step{name: "nodes"})
	}
	switch {
	case v.Type == gjson.Null:
		return nil
	case v.IsObject():
		return fn(v)
	case !v.IsArray():
		return b.fault(v, "expected an object or a list of them, found "+typeName(v))
	}
	return b.list(v, fn)
}

// list calls fn for every object of a list.
func (b *builder) list(v gjson.Result, fn func(gjson.Result) error) (err error) {
	b.path = append(b.path, step{})
	last := len(b.path) - 1
	v.ForEach(func(_, item gjson.Result) bool {
		switch {
		case item.IsObject():
			err = fn(item)
		case item.Type != gjson.Null:
			err = b.fault(item, "expected an object, found "+typeName(item))
		}
		b.path[last].at++
		return err == nil
	})
	b.path = b.path[:last]
	return err
}

// fault is an Error at the value v, in the current place.
func (b *builder) fault(v gjson.Result, what string) error {
	cure := "save the answer as the server gave it, without aliases"
	if b.doc.snapshot {
		cure = "run darkroom sync again"
	}
	e := &Error{File: b.doc.file, Place: clip(b.place()), Offset: -1, What: what, Cure: cure}
	if v.Exists() {
		e.Offset = int64(b.doc.base + v.Index)
	}
	return e
}
