package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
)

// InFile is an entry as a file says it: with what was written by hand in it.
type InFile struct {
	Managed                                       bool // darkroom wrote it, or has taken it over
	Key                                           string
	Name, Label, Type, URL, Maturity, Description string

	OwnerName          string
	OwnerEmails, Tags  []string
	ToolKey            string
	LUID, Site, Server string
	Disabled           bool // by config.enabled
	Line               int  // where it begins, from 1
	Text               string
}

// EntriesIn reads the exposures of a file; of one that cannot be read there are none.
func EntriesIn(text []byte) []InFile {
	doc, err := yamledit.Parse(text, listKey)
	if err != nil {
		return nil
	}
	return entriesOf(doc)
}

func entriesOf(doc *yamledit.Document) []InFile {
	out := make([]InFile, len(doc.Entries))
	doc.Each(func(i int, n *yamledit.Node) {
		e := &doc.Entries[i]
		tags := append(n.Values("config", "tags"), n.Values("tags")...)
		slices.Sort(tags)
		m := toolMetaOf(n)
		out[i] = InFile{
			Managed: m.managed(), Key: m.identity(), Name: e.Name, Label: n.Text("label"), Type: n.Text("type"), URL: n.Text("url"),
			Maturity: n.Text("maturity"), Description: n.Text("description"),
			OwnerName: n.Text("owner", "name"), OwnerEmails: n.Values("owner", "email"), Tags: slices.Compact(tags),
			ToolKey: toolIn(metas(n)), LUID: m.text("luid"), Site: m.text("site"), Server: m.text("server"),
			Disabled: strings.EqualFold(n.Text("config", "enabled"), "false"),
			Line:     e.First + 1, Text: doc.EntryText(e),
		}
	})
	return out
}
