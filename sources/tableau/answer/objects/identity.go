package objects

import (
	"path/filepath"
	"strings"

	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Identify finds the object that o describes, or adds it. The same object is known by
// id, then by LUID (an id can change when Tableau indexes again), then by a key
// made up from names.
func (all *Objects) Identify(in *document.Walker, k schema.Kind, o document.Object, from Ref) Ref {
	ix := &all.index[k]
	if ix.byID == nil {
		ix.byID, ix.byLUID = map[string]int32{}, map[string]int32{}
	}
	id, luid := o.Text("id"), strings.ToLower(o.Text("luid"))
	given := id != ""
	if !given {
		if luid != "" {
			id = "luid:" + luid
		} else {
			id = all.madeUpID(in, k, o, from)
		}
	}
	at, ok := ix.byID[id]
	if !ok && luid != "" {
		at, ok = ix.byLUID[luid]
	}
	if !ok {
		at = all.add(k)
		ix.heads = append(ix.heads, Head{ID: strings.Clone(id), given: given})
	}
	if h := &ix.heads[at]; given && !h.given {
		h.ID, h.given = strings.Clone(id), true
	}
	// An id that is new for a known LUID becomes a second name of the object.
	if _, known := ix.byID[id]; !known {
		ix.byID[strings.Clone(id)] = at
	}
	if luid != "" {
		if _, known := ix.byLUID[luid]; !known {
			ix.byLUID[strings.Clone(luid)] = at
		}
	}
	return Ref{k, at}
}

// madeUpID is the identity of an object that came without id and LUID, from what
// tells it apart in Tableau: the name within its workbook or project, the full
// name of a table. Without any name it is the place in the file.
func (all *Objects) madeUpID(in *document.Walker, k schema.Kind, o document.Object, from Ref) string {
	name := o.Text("name")
	var scope string
	switch k {
	case schema.Dashboard, schema.Sheet:
		scope = all.workbookOf(o, from)
	case schema.Datasource:
		if from.Kind == schema.Workbook || o.Get("workbook").IsObject() {
			scope = all.workbookOf(o, from)
		} else {
			scope = o.Text("projectName")
		}
	case schema.Table:
		name += o.Text("fullName") + o.Text("query")
		scope = strings.Join([]string{o.Text("connectionType"), document.Text(o.Get("database").Get("name")), o.Text("schema"), o.Text("fullName")}, "/")
	case schema.Database:
		scope = o.Text("connectionType") + "/" + o.Text("hostName")
	default:
		scope = o.Text("projectName") + o.Text("uri")
	}
	if name == "" {
		return "at:" + filepath.Base(in.File()) + "#" + in.Place()
	}
	return "name:" + scope + "/" + name
}

// workbookOf names the workbook that o belongs to, as well as it is known.
func (all *Objects) workbookOf(o document.Object, from Ref) string {
	if w := o.Get("workbook"); w.IsObject() {
		for _, name := range [...]string{"id", "luid", "name"} {
			if s := document.Text(w.Get(name)); s != "" {
				return s
			}
		}
	}
	at := int32(-1)
	switch from.Kind {
	case schema.None:
		return ""
	case schema.Dashboard:
		at = all.Dashboards[from.At].workbook
	case schema.Sheet:
		at = all.Sheets[from.At].workbook
	case schema.Datasource:
		at = all.Datasources[from.At].Workbook
	}
	if at >= 0 {
		from = Ref{schema.Workbook, at}
	}
	return all.Head(from).ID
}
