package objects

import (
	"fmt"
	"path/filepath"
	"strings"

	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Identify finds the object that o describes under a field of from, or adds it. The same
// object is known by id, then by LUID (an id can change when Tableau indexes again), then
// by a key made up from names. What is in a workbook is not known by its name before all
// is read: Settle joins those.
func (all *Objects) Identify(in *document.Walker, k schema.Kind, o document.Object, from Ref, field string) Ref {
	ix := &all.index[k]
	if ix.byID == nil {
		ix.byID, ix.byLUID = map[string]int32{}, map[string]int32{}
	}
	id, luid := o.Text("id"), strings.ToLower(o.Text("luid"))
	given, inWorkbook := id != "", false
	if !given {
		if luid != "" {
			id = "luid:" + luid
		} else {
			id, inWorkbook = madeUpID(in, k, o, from, field)
		}
	}
	at, ok := ix.byID[id]
	if luid != "" {
		other, known := ix.byLUID[luid]
		if ok && known && other != at {
			all.same = append(all.same, [2]Ref{{k, at}, {k, other}})
		}
		if !ok {
			at, ok = other, known
		}
	}
	if !ok {
		at = all.add(k)
		ix.heads = append(ix.heads, Head{ID: in.Keep(id), given: given, inWorkbook: inWorkbook, from: from})
	}
	if h := &ix.heads[at]; given && !h.given {
		h.ID, h.given, h.inWorkbook = in.Keep(id), true, false
	}
	// An id that is new for a known LUID becomes a second name of the object.
	if _, known := ix.byID[id]; !known {
		ix.byID[in.Keep(id)] = at
	}
	if luid != "" {
		if _, known := ix.byLUID[luid]; !known {
			ix.byLUID[in.Keep(luid)] = at
		}
	}
	return Ref{k, at}
}

// madeUpID is the identity of an object that came without id and LUID, from what
// identifies it in Tableau: the full name of a table, the name within a project. Of what
// has its name within a workbook it is the place where it was met, as far as that is
// needed. Without any name it is the place in the file.
func madeUpID(in *document.Walker, k schema.Kind, o document.Object, from Ref, field string) (id string, inWorkbook bool) {
	name := o.Text("name")
	var scope string
	switch {
	case k == schema.Dashboard, k == schema.Sheet, k == schema.Datasource && isEmbedded(o, from, field):
		inWorkbook = true
		scope = fmt.Sprint(from.Kind, from.At, " ", o.Get("workbook").Raw, " ", o.Text("path"))
	case k == schema.Datasource:
		scope = o.Text("projectName")
	case k == schema.Table:
		name += o.Text("fullName") + o.Text("query")
		scope = strings.Join([]string{o.Text("connectionType"), document.Text(o.Get("database").Get("name")), o.Text("schema"), o.Text("fullName")}, "/")
	case k == schema.Database:
		scope = o.Text("connectionType") + "/" + o.Text("hostName")
	default:
		scope = o.Text("projectName") + o.Text("uri")
	}
	if name == "" && (!inWorkbook || o.Text("path") == "") {
		return "at:" + filepath.Base(in.File()) + "#" + in.Place(), false
	}
	return "name:" + scope + "/" + name, inWorkbook
}

// isEmbedded reports a data source that lives in a workbook.
func isEmbedded(o document.Object, from Ref, field string) bool {
	_, variant := schema.OfTypename(o.Text("__typename"))
	return from.Kind == schema.Workbook && field != "upstreamDatasources" || o.Get("workbook").IsObject() ||
		variant == schema.Embedded || schema.VariantOfField(field) == schema.Embedded
}
