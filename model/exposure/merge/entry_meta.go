package merge

import (
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// metaPlaces are where dbt's versions keep meta.
func metaPlaces() [][]string { return [][]string{{"config", "meta"}, {"meta"}} }

// tableauMeta is a value under meta.tableau of an entry, in either place.
func tableauMeta(entry *yamledit.Node, key string) string {
	for _, at := range metaPlaces() {
		if v := entry.Text(append(at, "tableau", key)...); v != "" {
			return v
		}
	}
	return ""
}

// placeOf is where an entry says that its dashboard lives.
func placeOf(entry *yamledit.Node) exposure.Meta {
	return exposure.Meta{
		Kind: tableauMeta(entry, "kind"), Server: tableauMeta(entry, "server"), Site: tableauMeta(entry, "site"),
		Workbook: tableauMeta(entry, "workbook"), ProjectPath: tableauMeta(entry, "project_path"),
	}
}

// identityOf is the dashboard's key that an entry carries in its meta.
func identityOf(entry *yamledit.Node) string {
	if key := tableauMeta(entry, "key"); key != "" {
		return key
	}
	return strings.ToLower(tableauMeta(entry, "luid"))
}

// isManaged reports whether darkroom once wrote the entry.
func isManaged(entry *yamledit.Node) bool {
	return tableauMeta(entry, "managed_by") == exposure.ManagedBy
}

// anyLUID is any LUID that meta names, at most one level deep, as hand-written
// entries have it.
func anyLUID(entry *yamledit.Node) string {
	if luid := tableauMeta(entry, "luid"); luid != "" {
		return strings.ToLower(luid)
	}
	for _, at := range metaPlaces() {
		meta := entry.Get(at...)
		if luid := meta.Text("luid"); luid != "" {
			return strings.ToLower(luid)
		}
		if meta == nil {
			continue
		}
		for _, p := range meta.Pairs {
			if luid := p.Node.Text("luid"); luid != "" {
				return strings.ToLower(luid)
			}
		}
	}
	return ""
}

// previousOf reads what an entry keeps where Tableau's value is missing.
func previousOf(e *yamledit.Entry, st State) exposure.Previous {
	return exposure.Previous{
		Label: e.Node.Text("label"), URL: e.Node.Text("url"), Description: e.Node.Text("description"),
		OwnerName: e.Node.Text("owner", "name"), OwnerEmail: e.Node.Text("owner", "email"), DefaultOwner: st.DefaultOwner,
		Workbook: tableauMeta(e.Node, "workbook"), WorkbookLUID: tableauMeta(e.Node, "workbook_luid"), ProjectPath: tableauMeta(e.Node, "project_path"),
		File: st.File,
	}
}
