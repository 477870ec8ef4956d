package exposure

import (
	"regexp"
	"strconv"
	"strings"
)

const header = `# Written by darkroom from Tableau. In entries with "managed_by: darkroom" it
# keeps label, type, url, description, depends_on, owner, tags and meta.tableau
# up to date. What you change there is kept and reported; the rest is yours.
version: 2

`

// field is one value of an entry that darkroom owns, at its place in the YAML.
type field struct {
	path  []string // "config", "meta", "tableau", "luid"
	items []string // one for a scalar, any number for a list; never empty
	list  bool
	plain bool     // written without quotes where that is safe
	order []string // of a list: all that darkroom would write, in its order
}

func (f field) id() string { return strings.Join(f.path, ".") }

// fields are the values of an entry in the order they are written (dbt's docs
// use it too). Empty ones are left out.
func (e *Exposure) fields(metaInConfig bool) []field {
	var out []field
	scalar := func(plain bool, value string, path ...string) {
		if value != "" {
			out = append(out, field{path: path, items: []string{value}, plain: plain})
		}
	}
	list := func(plain bool, items []string, path ...string) {
		if len(items) > 0 {
			out = append(out, field{path: path, items: items, list: true, plain: plain})
		}
	}
	under := func(path ...string) []string {
		if metaInConfig {
			return append([]string{"config"}, path...)
		}
		return path
	}
	meta := func(plain bool, key, value string) { scalar(plain, value, under("meta", "tableau", key)...) }

	scalar(true, e.Name, "name")
	scalar(false, e.Label, "label")
	scalar(true, e.Type, "type")
	scalar(false, e.URL, "url")
	scalar(false, e.Description, "description")
	list(true, e.DependsOn, "depends_on")
	scalar(false, e.OwnerName, "owner", "name")
	scalar(false, e.OwnerEmail, "owner", "email")
	list(false, e.Tags, under("tags")...)
	meta(false, "luid", e.Meta.LUID)
	meta(false, "key", e.Meta.Key)
	meta(true, "kind", e.Meta.Kind)
	meta(false, "server", e.Meta.Server)
	meta(false, "site", e.Meta.Site)
	meta(false, "workbook_luid", e.Meta.WorkbookLUID)
	meta(false, "workbook", e.Meta.Workbook)
	meta(false, "project_path", e.Meta.ProjectPath)
	meta(true, "managed_by", managedBy)
	if e.Meta.Unmatched > 0 {
		meta(true, "unmatched", strconv.Itoa(e.Meta.Unmatched))
	}
	list(false, e.Meta.Incomplete, under("meta", "tableau", "incomplete")...)
	return out
}

// Render writes the plan as a file of its own: deterministic, two-space indents,
// at most 80 columns where a text can be folded, exposures sorted by name.
func Render(p Plan) []byte {
	entries := make([]string, len(p.Exposures))
	for i := range p.Exposures {
		entries[i] = renderEntry(&p.Exposures[i], p.MetaInConfig)
	}
	return renderFile(entries)
}

func renderFile(entries []string) []byte {
	if len(entries) == 0 {
		return []byte(header + "exposures: []\n")
	}
	return []byte(header + "exposures:\n" + strings.Join(entries, "\n"))
}

// entryDash is the column of the dash in what Render writes.
const entryDash = 2

// renderEntry is one item of the list with its line ends.
func renderEntry(e *Exposure, metaInConfig bool) string {
	return renderEntryFields(e.fields(metaInConfig))
}

func renderEntryFields(fields []field) string {
	text := renderFields(fields, nil, entryDash+2)
	return strings.Repeat(" ", entryDash) + "- " + strings.TrimLeft(text, " ")
}

// renderFields writes fields whose paths start at a mapping with its keys in
// column col; at is the path of that mapping.
func renderFields(fields []field, at []string, col int) string {
	var b strings.Builder
	last := at
	for _, f := range fields {
		for depth := len(at); depth < len(f.path); depth++ {
			if depth < len(f.path)-1 && samePrefix(last, f.path, depth+1) {
				continue
			}
			b.WriteString(strings.Repeat(" ", col+2*(depth-len(at))))
			b.WriteString(f.path[depth])
			b.WriteByte(':')
			if depth < len(f.path)-1 {
				b.WriteByte('\n')
			}
		}
		b.WriteString(renderValue(f, col+2*(len(f.path)-1-len(at))))
		last = f.path
	}
	return b.String()
}

// samePrefix reports whether two paths share their first n keys and both go on.
func samePrefix(a, b []string, n int) bool {
	if len(a) <= n {
		return false
	}
	for i := range n {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// renderValue writes what follows the colon of a key in column col.
func renderValue(f field, col int) string {
	if !f.list {
		return " " + renderScalar(f.items[0], f.plain, col+len(f.path[len(f.path)-1])+2, col+2) + "\n"
	}
	var b strings.Builder
	b.WriteByte('\n')
	for _, item := range f.items {
		b.WriteString(renderItem(item, f.plain, col+2))
	}
	return b.String()
}

func renderItem(item string, plain bool, dash int) string {
	return strings.Repeat(" ", dash) + "- " + renderScalar(item, plain, dash+2, dash+2) + "\n"
}

func renderScalar(value string, plain bool, col, indent int) string {
	if plain && plainSafe(value) {
		return value
	}
	return quote(value, col, indent)
}

var plainForm = regexp.MustCompile(`^([a-z][a-z0-9_]*|[1-9][0-9]*|(ref|source)\([A-Za-z0-9_.', =-]+\))$`)

// plainSafe: names, numbers of ours and calls such as ref('m', v=2), which YAML
// reads as the text they are.
func plainSafe(s string) bool {
	return plainForm.MatchString(s) && !yamlWord(s)
}

// yamlWord are the plain names that YAML 1.1 takes for something else.
func yamlWord(s string) bool {
	switch s {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return true
	}
	return false
}
