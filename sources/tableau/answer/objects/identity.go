package objects

import (
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
)

// Identify finds the object that o describes under a field of from, or adds it. The same
// object is known by id, then by LUID (an id can change when Tableau indexes again), then
// by a key made up from names. What is in a workbook is not known by its name before all
// is read: Settle joins those.
func (all *Objects) Identify(in *document.Walker, k schema.Kind, o document.Value, from Ref, field string) Ref {
	ix := &all.index[k]
	id, luid := o.Get("id").Text(), lower(o.Get("luid").Text())
	given, inWorkbook := len(id) > 0, false
	if !given {
		id, inWorkbook = madeUpID(in, k, o, luid, from, field)
	}
	at, idHash, idKnown := ix.find(byID, id)
	short := all.packed(luid)
	other, luidHash, luidKnown := ix.find(byLUID, short)
	switch {
	case idKnown && luidKnown && other != at:
		all.same = append(all.same, [2]Ref{{k, at}, {k, other}})
	case !idKnown && luidKnown:
		at = other
	case !idKnown:
		at = int32(ix.heads.Len())
		all.add(k)
		h := ix.heads.Add()
		if h.given, h.inWorkbook = given, inWorkbook; inWorkbook {
			h.extra = &headExtra{from: from}
		}
	}
	h := ix.head(at)
	if given && !h.given {
		ix.names[byID].also(h.ID, at) // what was made up leads here, too
		h.ID, h.given, h.inWorkbook = "", true, false
	}
	// An id that is new for a known LUID becomes a second name of the object.
	if !idKnown || h.ID == "" {
		ix.put(byID, idHash, in.Copy(id), at)
	}
	if len(luid) > 0 && !luidKnown {
		ix.put(byLUID, luidHash, all.luids.Copy(short), at)
	}
	return Ref{k, at}
}

// lower is strings.ToLower, which most LUIDs do not need.
func lower(luid []byte) []byte {
	for _, c := range luid {
		if c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return []byte(strings.ToLower(string(luid)))
		}
	}
	return luid
}

// packed is a LUID, until the next one, in less than half of its bytes if it is written as most
// are. What is shorter begins with a zero byte, as no other LUID does.
func (all *Objects) packed(luid []byte) []byte {
	if len(luid) != 36 || luid[8] != '-' || luid[13] != '-' || luid[18] != '-' || luid[23] != '-' {
		return luid
	}
	short := all.short[:1]
	for _, part := range [...][]byte{luid[:8], luid[9:13], luid[14:18], luid[19:23], luid[24:]} {
		var err error
		if short, err = hex.AppendDecode(short, part); err != nil {
			return luid
		}
	}
	return short
}

// madeUpID is the identity of an object that came without id: its LUID, or what
// identifies it in Tableau: the full name of a table, the name within a project. Of what
// has its name within a workbook it is the place where it was met, as far as that is
// needed. Without any name it is the place in the file.
func madeUpID(in *document.Walker, k schema.Kind, o document.Value, luid []byte, from Ref, field string) (id []byte, inWorkbook bool) {
	if len(luid) > 0 {
		return []byte("luid:" + string(luid)), false
	}
	name := text(o, "name")
	var scope string
	switch {
	case k == schema.Dashboard, k == schema.Sheet, k == schema.Datasource && isEmbedded(o, from, field):
		inWorkbook = true
		scope = fmt.Sprint(from.Kind, from.At, " ", string(o.Get("workbook").Raw()), " ", text(o, "path"))
	case k == schema.Datasource:
		scope = text(o, "projectName")
	case k == schema.Table:
		name += text(o, "fullName") + text(o, "query")
		scope = strings.Join([]string{text(o, "connectionType"), text(o.Get("database"), "name"), text(o, "schema"), text(o, "fullName")}, "/")
	case k == schema.Database:
		scope = text(o, "connectionType") + "/" + text(o, "hostName")
	default:
		scope = text(o, "projectName") + text(o, "uri")
	}
	if name == "" && (!inWorkbook || text(o, "path") == "") {
		return []byte("at:" + filepath.Base(in.File()) + "#" + in.Place()), false
	}
	return []byte("name:" + scope + "/" + name), inWorkbook
}

// isEmbedded reports a data source that lives in a workbook.
func isEmbedded(o document.Value, from Ref, field string) bool {
	_, variant := schema.OfTypename(text(o, "__typename"))
	return from.Kind == schema.Workbook && field != "upstreamDatasources" || o.Get("workbook").IsObject() ||
		variant == schema.Embedded || schema.VariantOfField(field) == schema.Embedded
}

func text(o document.Value, name string) string { return string(o.Get(name).Text()) }
