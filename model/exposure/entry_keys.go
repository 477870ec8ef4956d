package exposure

import (
	"slices"
	"strconv"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
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
	// text or texts, of a list, is what an exposure says there; neither for a key that
	// darkroom never writes and that only has its place in the order.
	text  func(*Exposure) string
	texts func(*Exposure) []string
}

// written reports that darkroom writes the key.
func (k *entryKey) written() bool { return k.text != nil || k.texts != nil }

// DefaultMetaKey is where an entry has its identity as long as no BI tool is known.
const DefaultMetaKey = "tableau"

// entryKeys are the keys of an entry in the order in which they are written
// (dbt's documentation uses it too), with those below the meta keys of tools.
func entryKeys(metaKeys ...string) []entryKey {
	keys := []entryKey{
		{id: "name", plain: true, text: func(e *Exposure) string { return e.Name }},
		{id: "label", text: func(e *Exposure) string { return e.Label }},
		{id: "type", plain: true, text: func(e *Exposure) string { return e.Type }},
		{id: "maturity"},
		{id: "url", text: func(e *Exposure) string { return e.URL }},
		{id: "description", text: func(e *Exposure) string { return e.Description }},
		{id: "depends_on", list: true, plain: true, normal: sameCall, texts: func(e *Exposure) []string { return e.DependsOn }},
		{id: "owner.name", text: func(e *Exposure) string { return e.OwnerName }},
		{id: "owner.email", text: func(e *Exposure) string { return e.OwnerEmail }},
		{id: "enabled", inConfig: true},
		{id: "tags", inConfig: true, list: true, texts: func(e *Exposure) []string { return e.Tags }},
	}
	meta := []entryKey{
		{id: "luid", text: func(e *Exposure) string { return e.Meta.LUID }},
		{id: "key", text: func(e *Exposure) string { return e.Meta.Key }},
		{id: "kind", plain: true, text: func(e *Exposure) string { return e.Meta.Kind }},
		{id: "server", text: func(e *Exposure) string { return e.Meta.Server }},
		{id: "site", text: func(e *Exposure) string { return e.Meta.Site }},
		{id: "workbook_luid", text: func(e *Exposure) string { return e.Meta.WorkbookLUID }},
		{id: "workbook", text: func(e *Exposure) string { return e.Meta.Workbook }},
		{id: "project_path", text: func(e *Exposure) string { return e.Meta.ProjectPath }},
		{id: "managed_by", plain: true, text: func(*Exposure) string { return ManagedBy }},
		{id: "unmatched", plain: true, text: unmatchedText},
		{id: "incomplete", list: true, texts: func(e *Exposure) []string { return e.Meta.Incomplete }},
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
func (k entryKey) field(metaInConfig bool) yamltext.Field {
	path := strings.Split(k.id, ".")
	if k.inConfig && metaInConfig {
		path = slices.Insert(path, 0, "config")
	}
	normal := k.normal
	if normal == nil {
		normal = sameText
	}
	return yamltext.Field{Path: path, List: k.list, Plain: k.plain, Normal: normal}
}

// Layout is where the values of entries are written for a version of dbt. Not for several
// goroutines at once.
type Layout struct {
	metaInConfig bool
	byTool       map[string][]laid
	fields       []yamltext.Field // of the last entry
	texts        []string         // in them
}

// laid is a place and the key that is there.
type laid struct {
	yamltext.Field
	entryKey
}

// NewLayout is that of a plan with the same MetaInConfig.
func NewLayout(metaInConfig bool) *Layout {
	return &Layout{metaInConfig: metaInConfig, byTool: map[string][]laid{}}
}

// Fields are the values of an entry in the order in which they are written. Empty
// ones are left out. They are valid until it is called again.
func (l *Layout) Fields(e *Exposure) []yamltext.Field {
	tool := e.Meta.ToolKey()
	keys, known := l.byTool[tool]
	if !known {
		for _, k := range entryKeys(tool) {
			if k.written() {
				keys = append(keys, laid{k.field(l.metaInConfig), k})
			}
		}
		l.byTool[tool] = keys
		l.texts = slices.Grow(l.texts, len(keys)) // those of one entry stay where they are
	}
	l.fields, l.texts = l.fields[:0], l.texts[:0]
	for i := range keys {
		k := &keys[i]
		f := k.Field
		if k.texts != nil {
			f.Items = k.texts(e)
		} else if s := k.entryKey.text(e); s != "" {
			l.texts = append(l.texts, s)
			f.Items = l.texts[len(l.texts)-1 : len(l.texts) : len(l.texts)]
		}
		if len(f.Items) > 0 {
			l.fields = append(l.fields, f)
		}
	}
	return l.fields
}

// OwnedFields are the places of an entry that darkroom writes, without values. It
// has those of every dbt version, so that a move from one version to another
// moves the values too, and those of every tool whose meta key is given.
func OwnedFields(metaKeys ...string) []yamltext.Field {
	var out []yamltext.Field
	for _, k := range entryKeys(metaKeys...) {
		if !k.written() {
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

func NameField() yamltext.Field { return entryKeys()[0].field(false) }
