package answer

import (
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/answer/completeness"
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// readObject reads one object of a kind that is under a field of another one (from;
// nowhere at the root), with everything nested in it.
func (r *Reader) readObject(k schema.Kind, v gjson.Result, from objects.Ref, name string) (objects.Ref, error) {
	o, mark, err := r.in.Open(v)
	if err != nil {
		return objects.Ref{}, err
	}
	defer r.in.Close(mark)
	if len(o) == 0 {
		return objects.Ref{}, nil
	}
	typed, variant := schema.OfTypename(o.Text("__typename"))
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
		r.siteName = r.in.Keep(document.Text(o.Get("site").Get("name")))
	}
	if err := r.in.WrongText(); err != nil {
		return object, err
	}
	r.all.Link(from, name, object)
	return object, r.readMembers(object, o)
}

// viewKind decides what an entry of "views" is: by its type, otherwise by fields that
// only one of the two types has.
func viewKind(o document.Object, typed schema.Kind) schema.Kind {
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
func guessVariant(k schema.Kind, o document.Object, from objects.Ref, name string) schema.Variant {
	if v := schema.VariantOfField(name); v != schema.Unsure {
		return v
	}
	switch {
	case k == schema.Table && (o.Has("query") || o.Has("isUnsupportedCustomSql")):
		return schema.CustomSQLTable
	case k == schema.Table && (o.Has("virtualConnection") || o.Has("isExtracted") || from.Kind == schema.VirtualConnection):
		return schema.VirtualTable
	case k == schema.Datasource && (from.Kind == schema.Workbook || o.Text("luid") != ""):
		return schema.Published // Workbook.upstreamDatasources, or a LUID: embedded ones have none
	case k == schema.Datasource && o.Get("workbook").IsObject():
		return schema.Embedded
	}
	return schema.Unsure
}

// describesItself reports whether o is more than a link.
func describesItself(o document.Object) bool {
	for i := range o {
		switch o[i].Name {
		case "id", "luid", "__typename":
		default:
			return true
		}
	}
	return false
}

// readMembers reads what is nested in the object that o describes.
func (r *Reader) readMembers(object objects.Ref, o document.Object) error {
	for i := range o {
		if err := r.readMember(object, o[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) readMember(object objects.Ref, m document.Member) error {
	name := schema.ListOfConnection(m.Name)
	switch k := schema.KindOfField(name); k {
	case schema.None:
		return nil
	case schema.Field:
		return r.eachNested(object, m, name, func(v gjson.Result) error { return r.readField(carrierOf(object), name, v) })
	case schema.Column:
		return r.eachNested(object, m, name, func(v gjson.Result) error { return r.readColumn(carrierOf(object), name, v) })
	default:
		if m.Name != name && completeness.OnlyCounts(m.Value) {
			return nil
		}
		if k == schema.Dashboard && object.Kind == schema.Workbook {
			r.askedForDashboards = true
		}
		if k == schema.Sheet && object.Kind == schema.Dashboard && m.Value.Type != gjson.Null {
			r.all.Dashboards[object.At].ListsSheets = true
		}
		return r.eachNested(object, m, name, func(v gjson.Result) error {
			_, err := r.readObject(k, v, object, name)
			return err
		})
	}
}

// eachNested calls fn for every object of a member of owner that holds one object, a
// list or a connection (its member's name differs from the list's name).
func (r *Reader) eachNested(owner objects.Ref, m document.Member, name string, fn func(gjson.Result) error) error {
	defer r.in.Leave(r.in.Enter(m.Name))
	v := m.Value
	if v.IsObject() && m.Name != name {
		if completeness.OnlyCounts(v) {
			return nil
		}
		page := completeness.ReadPage(v)
		if page.EndsEarly() {
			r.gaps.NestedListEndsEarly()
			if owner.OK() {
				r.reasons.NestedList(r.in, r.all.Head(owner), name)
			}
		}
		v = page.Nodes
		r.in.Enter("nodes")
	}
	switch {
	case v.Type == gjson.Null:
		return nil
	case v.IsObject():
		return fn(v)
	case !v.IsArray():
		return r.in.Fault(v, "expected an object or a list of them, found "+document.TypeName(v))
	}
	return r.in.List(v, fn)
}
