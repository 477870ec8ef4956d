package merge

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
)

// metas are the two places where dbt's versions keep meta of an entry; nil where there is
// none.
func metas(entry *yamledit.Node) [2]*yamledit.Node {
	return [2]*yamledit.Node{entry.Get("config", "meta"), entry.Get("meta")}
}

// toolKeyOf is the key below meta where an entry has what identifies its dashboard: of
// an entry that darkroom wrote the tool's, otherwise the default.
func toolKeyOf(entry *yamledit.Node) string {
	return toolIn(metas(entry))
}

func toolIn(places [2]*yamledit.Node) string {
	for _, meta := range places {
		if meta == nil {
			continue
		}
		for i := range meta.Pairs {
			if p := &meta.Pairs[i]; p.Node.Text("managed_by") == exposure.ManagedBy {
				return p.Key
			}
		}
	}
	return exposure.DefaultMetaKey
}

// toolMeta is what an entry has under the tool's key in meta, in either place.
type toolMeta [2]*yamledit.Node

func toolMetaOf(entry *yamledit.Node) (found toolMeta) {
	places := metas(entry)
	tool := toolIn(places)
	for i := range places {
		found[i] = places[i].Get(tool)
	}
	return found
}

// text is the value of a key.
func (m toolMeta) text(key string) string {
	if v := m[0].Text(key); v != "" {
		return v
	}
	return m[1].Text(key)
}

// placeOf is where an entry says that its dashboard lives.
func placeOf(entry *yamledit.Node) exposure.Meta {
	m := toolMetaOf(entry)
	return exposure.Meta{
		Kind: m.text("kind"), Server: m.text("server"), Site: m.text("site"), Workbook: m.text("workbook"), ProjectPath: m.text("project_path"),
	}
}

// identityOf is the dashboard's key that an entry carries in its meta.
func identityOf(entry *yamledit.Node) string { return toolMetaOf(entry).identity() }

func (m toolMeta) identity() string {
	if key := m.text("key"); key != "" {
		return key
	}
	return strings.ToLower(m.text("luid"))
}

// identity is what an entry says of itself.
type identity struct {
	key     string // as identityOf gives it
	managed bool
}

func identitiesOf(doc *yamledit.Document) []identity {
	out := make([]identity, len(doc.Entries))
	for i := range doc.Entries {
		m := toolMetaOf(doc.Entries[i].Node)
		out[i] = identity{m.identity(), m.managed()}
	}
	return out
}

// isIdentity reports a field by which an entry is found again.
func isIdentity(f yamledit.Field) bool {
	return slices.Contains(f.Path, "meta") && slices.Contains([]string{"luid", "key", "managed_by"}, f.Path[len(f.Path)-1])
}

// isManaged reports whether darkroom once wrote the entry.
func isManaged(entry *yamledit.Node) bool { return toolMetaOf(entry).managed() }

func (m toolMeta) managed() bool { return m.text("managed_by") == exposure.ManagedBy }

// anyLUID is any LUID that meta names, at most one level deep, as hand-written
// entries have it.
func anyLUID(entry *yamledit.Node) string {
	if luid := toolMetaOf(entry).text("luid"); luid != "" {
		return strings.ToLower(luid)
	}
	for _, meta := range metas(entry) {
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
	m := toolMetaOf(e.Node)
	return exposure.Previous{
		Label: e.Node.Text("label"), URL: e.Node.Text("url"), Description: e.Node.Text("description"),
		OwnerName: e.Node.Text("owner", "name"), OwnerEmail: e.Node.Text("owner", "email"), DefaultOwner: st.DefaultOwner,
		Workbook: m.text("workbook"), WorkbookLUID: m.text("workbook_luid"), ProjectPath: m.text("project_path"),
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
