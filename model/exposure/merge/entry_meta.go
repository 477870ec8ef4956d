package merge

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// metaPlaces are where dbt's versions keep meta.
func metaPlaces() [][]string { return [][]string{{"config", "meta"}, {"meta"}} }

// toolKeyOf is the key below meta where an entry has what identifies its dashboard: of
// an entry that darkroom wrote the tool's, otherwise the default.
func toolKeyOf(entry *yamledit.Node) string {
	for _, at := range metaPlaces() {
		meta := entry.Get(at...)
		if meta == nil {
			continue
		}
		for _, p := range meta.Pairs {
			if p.Node.Text("managed_by") == exposure.ManagedBy {
				return p.Key
			}
		}
	}
	return exposure.DefaultMetaKey
}

// toolMeta is a value under the tool's key in meta of an entry, in either place.
func toolMeta(entry *yamledit.Node, key string) string {
	tool := toolKeyOf(entry)
	for _, at := range metaPlaces() {
		if v := entry.Text(append(at, tool, key)...); v != "" {
			return v
		}
	}
	return ""
}

// placeOf is where an entry says that its dashboard lives.
func placeOf(entry *yamledit.Node) exposure.Meta {
	return exposure.Meta{
		Kind: toolMeta(entry, "kind"), Server: toolMeta(entry, "server"), Site: toolMeta(entry, "site"),
		Workbook: toolMeta(entry, "workbook"), ProjectPath: toolMeta(entry, "project_path"),
	}
}

// identityOf is the dashboard's key that an entry carries in its meta.
func identityOf(entry *yamledit.Node) string {
	if key := toolMeta(entry, "key"); key != "" {
		return key
	}
	return strings.ToLower(toolMeta(entry, "luid"))
}

// isIdentity reports a field by which an entry is found again.
func isIdentity(f yamledit.Field) bool {
	return slices.Contains(f.Path, "meta") && slices.Contains([]string{"luid", "key", "managed_by"}, f.Path[len(f.Path)-1])
}

// isManaged reports whether darkroom once wrote the entry.
func isManaged(entry *yamledit.Node) bool {
	return toolMeta(entry, "managed_by") == exposure.ManagedBy
}

// anyLUID is any LUID that meta names, at most one level deep, as hand-written
// entries have it.
func anyLUID(entry *yamledit.Node) string {
	if luid := toolMeta(entry, "luid"); luid != "" {
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

// previousOf reads what an entry keeps where the BI tool's value is missing.
func previousOf(e *yamledit.Entry, st State) exposure.Previous {
	return exposure.Previous{
		Label: e.Node.Text("label"), URL: e.Node.Text("url"), Description: e.Node.Text("description"),
		OwnerName: e.Node.Text("owner", "name"), OwnerEmail: e.Node.Text("owner", "email"), DefaultOwner: st.DefaultOwner,
		Workbook: toolMeta(e.Node, "workbook"), WorkbookLUID: toolMeta(e.Node, "workbook_luid"), ProjectPath: toolMeta(e.Node, "project_path"),
		File: st.File,
	}
}

// metaKeysOf are the keys below meta of all tools whose dashboards the entries and the
// plan have, sorted.
func metaKeysOf(d *Disk, plan exposure.Plan) []string {
	keys := []string{exposure.DefaultMetaKey}
	for i := range plan.Exposures {
		keys = append(keys, plan.Exposures[i].Meta.ToolKey())
	}
	for _, t := range plan.Tools {
		keys = append(keys, t.Key)
	}
	for _, f := range d.files {
		if f.doc == nil {
			continue
		}
		for i := range f.doc.Entries {
			keys = append(keys, toolKeyOf(f.doc.Entries[i].Node))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// toolName names the BI tool of an entry.
func (m *merger) toolName(entry *yamledit.Node) string {
	return model.ToolWithKey(m.plan.Tools, toolKeyOf(entry))
}

// toolOf names the BI tool of a dashboard that is planned or has an entry.
func (m *merger) toolOf(key string) string {
	if e := m.planned[key]; e != nil {
		return model.ToolWithKey(m.plan.Tools, e.Meta.ToolKey())
	}
	if at, ok := m.at[key]; ok {
		return m.toolName(at.entry().Node)
	}
	return model.ToolWithKey(nil, "")
}
