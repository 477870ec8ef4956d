package exposure

import (
	"slices"
	"strconv"
	"strings"

	"darkroom/model/exposure/yamledit"
)

// ManagedBy marks the entries that darkroom writes.
const ManagedBy = "darkroom"

// entryKey is one key of an entry: where it is, and how it is written, compared
// and merged.
type entryKey struct {
	id       string // its path, "owner.name"
	inConfig bool   // under config where the dbt version has it there, otherwise at the top
	list     bool   // merged element by element
	plain    bool   // written without quotes where that is safe
	// normal makes the spellings of one value equal.
	normal func(string) string
	// value is what an exposure says there; nil for a key that darkroom never
	// writes and that only has its place in the order.
	value func(*Exposure) []string
}

// DefaultMetaKey is where an entry has its identity as long as no BI tool is known.
const DefaultMetaKey = "tableau"

// entryKeys are the keys of an entry in the order in which they are written
// (dbt's documentation uses it too), with those below the meta keys of tools.
func entryKeys(metaKeys ...string) []entryKey {
	text := func(get func(*Exposure) string) func(*Exposure) []string {
		return func(e *Exposure) []string {
			if s := get(e); s != "" {
				return []string{s}
			}
			return nil
		}
	}
	keys := []entryKey{
		{id: "name", plain: true, value: text(func(e *Exposure) string { return e.Name })},
		{id: "label", value: text(func(e *Exposure) string { return e.Label })},
		{id: "type", plain: true, value: text(func(e *Exposure) string { return e.Type })},
		{id: "maturity"},
		{id: "url", value: text(func(e *Exposure) string { return e.URL })},
		{id: "description", value: text(func(e *Exposure) string { return e.Description })},
		{id: "depends_on", list: true, plain: true, normal: sameCall, value: func(e *Exposure) []string { return e.DependsOn }},
		{id: "owner.name", value: text(func(e *Exposure) string { return e.OwnerName })},
		{id: "owner.email", value: text(func(e *Exposure) string { return e.OwnerEmail })},
		{id: "enabled", inConfig: true},
		{id: "tags", inConfig: true, list: true, value: func(e *Exposure) []string { return e.Tags }},
	}
	meta := []entryKey{
		{id: "luid", value: text(func(e *Exposure) string { return e.Meta.LUID })},
		{id: "key", value: text(func(e *Exposure) string { return e.Meta.Key })},
		{id: "kind", plain: true, value: text(func(e *Exposure) string { return e.Meta.Kind })},
		{id: "server", value: text(func(e *Exposure) string { return e.Meta.Server })},
		{id: "site", value: text(func(e *Exposure) string { return e.Meta.Site })},
		{id: "workbook_luid", value: text(func(e *Exposure) string { return e.Meta.WorkbookLUID })},
		{id: "workbook", value: text(func(e *Exposure) string { return e.Meta.Workbook })},
		{id: "project_path", value: text(func(e *Exposure) string { return e.Meta.ProjectPath })},
		{id: "managed_by", plain: true, value: text(func(*Exposure) string { return ManagedBy })},
		{id: "unmatched", plain: true, value: text(unmatchedText)},
		{id: "incomplete", list: true, value: func(e *Exposure) []string { return e.Meta.Incomplete }},
	}
	for _, metaKey := range metaKeys {
		for _, k := range meta {
			k.id, k.inConfig = "meta."+metaKey+"."+k.id, true
			keys = append(keys, k)
		}
	}
	return keys
}

func unmatchedText(e *Exposure) string {
	if e.Meta.Unmatched <= 0 {
		return ""
	}
	return strconv.Itoa(e.Meta.Unmatched)
}

// sameCall makes spellings of one call equal: ref("m", version=2) is ref('m', v=2).
func sameCall(s string) string { return callSpelling.Replace(s) }

var callSpelling = strings.NewReplacer(" ", "", `"`, "'", "version=", "v=")

// sameText: a block scalar ends in a line end that means nothing.
func sameText(s string) string { return strings.TrimRight(s, "\n ") }

// field is the key without a value, for the dbt versions that have tags and meta
// under config, or for the others.
func (k entryKey) field(metaInConfig bool) yamledit.Field {
	path := strings.Split(k.id, ".")
	if k.inConfig && metaInConfig {
		path = slices.Insert(path, 0, "config")
	}
	normal := k.normal
	if normal == nil {
		normal = sameText
	}
	return yamledit.Field{Path: path, List: k.list, Plain: k.plain, Normal: normal}
}

// Layout is where the values of entries are written for a version of dbt. Not for several
// goroutines at once.
type Layout struct {
	metaInConfig bool
	byTool       map[string][]laid
}

// laid is a place and what an exposure says there.
type laid struct {
	yamledit.Field
	value func(*Exposure) []string
}

// NewLayout is that of a plan with the same MetaInConfig.
func NewLayout(metaInConfig bool) *Layout { return &Layout{metaInConfig, map[string][]laid{}} }

// Fields are the values of an entry in the order in which they are written. Empty
// ones are left out.
func (l *Layout) Fields(e *Exposure) []yamledit.Field {
	tool := e.Meta.ToolKey()
	keys, known := l.byTool[tool]
	if !known {
		for _, k := range entryKeys(tool) {
			if k.value != nil {
				keys = append(keys, laid{k.field(l.metaInConfig), k.value})
			}
		}
		l.byTool[tool] = keys
	}
	out := make([]yamledit.Field, 0, len(keys))
	for _, k := range keys {
		if k.Items = k.value(e); len(k.Items) > 0 {
			out = append(out, k.Field)
		}
	}
	return out
}

// OwnedFields are the places of an entry that darkroom writes, without values. It
// has those of every dbt version, so that a move from one version to another
// moves the values too, and those of every tool whose meta key is given.
func OwnedFields(metaKeys ...string) []yamledit.Field {
	var out []yamledit.Field
	for _, k := range entryKeys(metaKeys...) {
		if k.value == nil {
			continue
		}
		if k.inConfig {
			out = append(out, k.field(true))
		}
		out = append(out, k.field(false))
	}
	return out
}

// KeyRank gives the place of a key in the order in which keys are written, -1 for
// one that is not in the table.
func KeyRank(metaKeys ...string) func(key string) int {
	ranks := map[string]int{}
	for _, k := range entryKeys(metaKeys...) {
		for _, key := range k.field(true).Path {
			if _, ok := ranks[key]; !ok {
				ranks[key] = len(ranks)
			}
		}
	}
	return func(key string) int {
		if rank, ok := ranks[key]; ok {
			return rank
		}
		return -1
	}
}

// NameField is the name of an entry.
func NameField() yamledit.Field { return entryKeys()[0].field(false) }
