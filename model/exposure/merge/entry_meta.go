package merge

import (
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// metas are the two places where dbt's versions keep meta of an entry; nil where there is
// none.
func metas(entry *yamltree.Node) [2]*yamltree.Node {
	return [2]*yamltree.Node{entry.Get("config", "meta"), entry.Get("meta")}
}

// toolIn is the key below meta where an entry has what identifies its dashboard: of an
// entry that darkroom wrote the tool's, otherwise the default.
func toolIn(places [2]*yamltree.Node) string {
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
type toolMeta [2]*yamltree.Node

func toolMetaOf(entry *yamltree.Node) (found toolMeta) {
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

// identity is the dashboard's key that an entry carries in its meta.
func (m toolMeta) identity() string {
	if key := m.text("key"); key != "" {
		return key
	}
	return strings.ToLower(m.text("luid"))
}

// said is what an entry says of itself and its dashboard.
type said struct {
	InFile // without its place
	// Of the meta: where the dashboard lives.
	kind, workbook, workbookLUID, projectPath string

	ownerEmail string // when there is one
}

func saidBy(entry *yamltree.Node) *said {
	m := toolMetaOf(entry)
	return &said{
		InFile: saidIn(entry, m), kind: m.text("kind"),
		workbook: m.text("workbook"), workbookLUID: m.text("workbook_luid"), projectPath: m.text("project_path"),
		ownerEmail: entry.Text("owner", "email"),
	}
}

// place is where the dashboard lives.
func (s *said) place() exposure.Meta {
	return exposure.Meta{Kind: s.kind, Server: s.Server, Site: s.Site, Workbook: s.workbook, ProjectPath: s.projectPath}
}

// readEntries reads a text and what its entries say. What those of other say, too, is
// known from there.
func readEntries(text string, other *lastExport) (*yamledit.Document, []*said, *yamledit.Error) {
	var like *yamledit.Document
	if other != nil {
		like = other.doc
	}
	var all []*said
	doc, ferr := yamledit.ParseLike(text, listKey, like, func(i int, n *yamltree.Node) {
		if i >= len(all) {
			all = append(all, make([]*said, i+1-len(all))...)
		}
		all[i] = saidBy(n)
	})
	if ferr != nil {
		return nil, nil, ferr
	}
	out := make([]*said, len(doc.Entries))
	copy(out, all)
	for i := range doc.Entries {
		if at := doc.Entries[i].Like; at >= 0 {
			out[i] = other.said[at]
		}
	}
	return doc, out, nil
}

// isIdentity reports a field by which an entry is found again.
func isIdentity(f yamltext.Field) bool {
	return slices.Contains(f.Path, "meta") && slices.Contains([]string{"luid", "key", "managed_by"}, f.Path[len(f.Path)-1])
}

func (m toolMeta) managed() bool { return m.text("managed_by") == exposure.ManagedBy }

// anyLUID is any LUID that meta names, at most one level deep, as hand-written
// entries have it.
func anyLUID(entry *yamltree.Node) string {
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

// previous is what an entry keeps where the BI tool's value is missing.
func (s *said) previous(st State) exposure.Previous {
	return exposure.Previous{
		Label: s.Label, URL: s.URL, Description: s.Description, OwnerName: s.OwnerName, OwnerEmail: s.ownerEmail, DefaultOwner: st.DefaultOwner, Visible: s.LUID != "",
		Workbook: s.workbook, WorkbookLUID: s.workbookLUID, ProjectPath: s.projectPath, File: st.File,
	}
}

// metaKeysOf are the keys below meta of all tools whose dashboards the entries and the
// plan have, sorted.
func metaKeysOf(d *Disk, plan exposure.Plan) []string {
	keys := []string{exposure.DefaultMetaKey}
	add := func(key string) {
		if key != keys[len(keys)-1] { // most are the same
			keys = append(keys, key)
		}
	}
	for i := range plan.Exposures {
		add(plan.Exposures[i].Meta.ToolKey())
	}
	for _, t := range plan.Tools {
		add(t.Key)
	}
	for _, f := range d.files {
		for _, s := range f.said {
			add(s.ToolKey)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// toolName names the BI tool of an entry.
func (m *merger) toolName(s *said) string { return model.ToolWithKey(m.plan.Tools, s.ToolKey) }

// toolOf names the BI tool of a dashboard that is planned or has an entry.
func (m *merger) toolOf(key string) string {
	if e := m.planned[key]; e != nil {
		return model.ToolWithKey(m.plan.Tools, e.Meta.ToolKey())
	}
	if at, ok := m.at[key]; ok {
		return m.toolName(at.said())
	}
	return model.ToolWithKey(nil, "")
}
