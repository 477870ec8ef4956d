package objects

import (
	"darkroom/model"
	"darkroom/sources/compact"
	"darkroom/sources/tableau/answer/schema"
)

// Links are positions of objects; duplicates are dropped at the end.
type Links []int32

// Add appends a position.
func (l *Links) Add(at int32) {
	if n := len(*l); n == 0 || (*l)[n-1] != at {
		*l = append(*l, at)
	}
}

// setOnce sets a position that is not yet known.
func setOnce(to *int32, at int32) {
	if *to < 0 {
		*to = at
	}
}

// Translator turns positions into ids, without duplicates and in the order in
// which the documents gave them.
type Translator struct {
	all  *Objects
	seen [schema.KindCount][]int32 // per object: the last list that had it
	list int32

	lists compact.Lists[string]
	ids   []string // scratch
}

// Translate puts all objects into a site. What it gives translates further links.
func (all *Objects) Translate(into *model.Site) *Translator {
	t := &Translator{all: all}
	into.Workbooks = t.workbooks()
	into.Dashboards = t.dashboards()
	into.Sheets = t.sheets()
	into.Datasources = t.datasources()
	into.Tables = t.tables()
	into.Flows = t.flows()
	return t
}

// IDs are those of the objects at the positions.
func (t *Translator) IDs(k schema.Kind, at Links) []string {
	if len(at) == 0 {
		return nil
	}
	ix := &t.all.index[k]
	if t.seen[k] == nil {
		t.seen[k] = make([]int32, ix.heads.Len())
	}
	t.list++
	seen := t.seen[k]
	t.ids = t.ids[:0]
	for _, i := range at {
		if seen[i] != t.list {
			seen[i] = t.list
			t.ids = append(t.ids, ix.head(i).ID)
		}
	}
	return t.lists.Copy(t.ids)
}

// ID is that of the object at a position, "" of Nowhere.
func (t *Translator) ID(k schema.Kind, at int32) string {
	if at < 0 {
		return ""
	}
	return t.all.index[k].head(at).ID
}

func (t *Translator) identity(k schema.Kind, at int32) (id, incomplete string) {
	h := t.all.index[k].head(at)
	return h.ID, h.Incomplete()
}
