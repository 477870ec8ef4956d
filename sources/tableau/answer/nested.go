package answer

import (
	"darkroom/sources/tableau/answer/completeness"
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// readObject reads one object of a kind that is under a field of another one (from;
// nowhere at the root), with everything nested in it.
func (r *Reader) readObject(k schema.Kind, o document.Value, from objects.Ref, name string) (objects.Ref, error) {
	if err := r.in.Look(); err != nil || !o.First().Exists() {
		return objects.Ref{}, err
	}
	typed, variant := schema.OfTypename(string(o.Get("__typename").Text()))
	switch {
	case k == schema.View:
		if k = viewKind(o, typed); k == schema.None {
			r.gaps.AmbiguousView()
			return objects.Ref{}, nil
		}
	case typed != k:
		variant = schema.Unsure
	}
	object := r.all.Identify(r.in, k, o, from, name)
	if variant == schema.Unsure {
		variant = guessVariant(k, o, from, name)
	}
	h := r.all.Head(object)
	if h.Variant == schema.Unsure {
		h.Variant = variant
	}
	describes := describesItself(o)
	h.Described = h.Described || describes
	if h.Described {
		h.MarkIncomplete(r.reasons.Answer)
	}
	if describes || o.Has("luid") { // most are links
		r.all.Describe(r.in, object, o)
	}
	if k == schema.Workbook && r.siteName == "" {
		r.siteName = r.in.KeepBytes(o.Get("site").Get("name").Text())
	}
	if err := r.in.WrongText(); err != nil {
		return object, err
	}
	r.all.Link(from, name, object)
	return object, r.readMembers(object, o)
}

// viewKind decides what an entry of "views" is: by its type, otherwise by fields that
// only one of the two types has.
func viewKind(o document.Value, typed schema.Kind) schema.Kind {
	switch {
	case typed == schema.Dashboard || typed == schema.Sheet:
		return typed
	case o.Has("sheets"):
		return schema.Dashboard
	}
	for _, name := range [...]string{"parentEmbeddedDatasources", "containedInDashboards", "worksheetFields", "datasourceFields", "sheetFieldInstances"} {
		if o.Has(name) {
			return schema.Sheet
		}
	}
	return schema.None
}

// guessVariant reads the variant from the field's name, its owner and the object's own
// fields.
func guessVariant(k schema.Kind, o document.Value, from objects.Ref, name string) schema.Variant {
	if v := schema.VariantOfField(name); v != schema.Unsure {
		return v
	}
	switch {
	case k == schema.Table && (o.Has("query") || o.Has("isUnsupportedCustomSql")):
		return schema.CustomSQLTable
	case k == schema.Table && (o.Has("virtualConnection") || o.Has("isExtracted") || from.Kind == schema.VirtualConnection):
		return schema.VirtualTable
	case k == schema.Datasource && (from.Kind == schema.Workbook || len(o.Get("luid").Text()) > 0):
		return schema.Published // Workbook.upstreamDatasources, or a LUID: embedded ones have none
	case k == schema.Datasource && o.Get("workbook").IsObject():
		return schema.Embedded
	}
	return schema.Unsure
}

// describesItself reports whether o is more than a link.
func describesItself(o document.Value) bool {
	for m := o.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "id", "luid", "__typename":
		default:
			return true
		}
	}
	return false
}

// readMembers reads what is nested in the object that o describes.
func (r *Reader) readMembers(object objects.Ref, o document.Value) error {
	for m := o.First(); m.Exists(); m = m.Next() {
		if err := r.readMember(object, m); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) readMember(object objects.Ref, m document.Value) error {
	name := schema.ListOfConnection(m.Name())
	switch k := schema.KindOfField(name); k {
	case schema.None:
		return nil
	case schema.Field:
		return r.eachNested(object, m, name, func(v document.Value) error { return r.readField(carrierOf(object), name, v) })
	case schema.Column:
		return r.eachNested(object, m, name, func(v document.Value) error { return r.readColumn(carrierOf(object), name, v) })
	default:
		if m.Name() != name && onlyCounts(m) {
			return nil
		}
		if k == schema.Dashboard && object.Kind == schema.Workbook {
			r.askedForDashboards = true
		}
		if k == schema.Sheet && object.Kind == schema.Dashboard && !m.IsNull() {
			r.all.Dashboards.At(object.At).ListsSheets = true
		}
		return r.eachNested(object, m, name, func(v document.Value) error {
			_, err := r.readObject(k, v, object, name)
			return err
		})
	}
}

// eachNested calls fn for every object of a member of owner that holds one object, a
// list or a connection (its member's name differs from the list's name).
func (r *Reader) eachNested(owner objects.Ref, m document.Value, name string, fn func(document.Value) error) error {
	defer r.in.Leave(r.in.Enter(m.Name()))
	v := m
	if v.IsObject() && m.Name() != name {
		if onlyCounts(v) {
			return nil
		}
		page := completeness.ReadPage(v.Result())
		if page.EndsEarly() {
			r.gaps.NestedListEndsEarly()
			if owner.OK() {
				r.reasons.NestedList(r.in, r.all.Head(owner), name)
			}
		}
		v = v.Get("nodes")
		r.in.Enter("nodes")
	}
	switch {
	case v.IsNull():
		return nil
	case v.IsObject():
		return fn(v)
	case !v.IsList():
		return r.in.FaultIn(v, "expected an object or a list of them, found ")
	}
	return r.in.Items(document.Elements(v), fn)
}

// onlyCounts is completeness.OnlyCounts for a member.
func onlyCounts(v document.Value) bool { return v.IsObject() && !v.Has("nodes") }
