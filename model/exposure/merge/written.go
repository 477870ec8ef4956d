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
	for i := range doc.Entries {
		e := &doc.Entries[i]
		tags := append(e.Node.Values("config", "tags"), e.Node.Values("tags")...)
		slices.Sort(tags)
		m := toolMetaOf(e.Node)
		out[i] = InFile{
			Managed: m.managed(), Key: m.identity(), Name: e.Name, Label: e.Node.Text("label"), Type: e.Node.Text("type"), URL: e.Node.Text("url"),
			Maturity: e.Node.Text("maturity"), Description: e.Node.Text("description"),
			OwnerName: e.Node.Text("owner", "name"), OwnerEmails: e.Node.Values("owner", "email"), Tags: slices.Compact(tags),
			ToolKey: toolKeyOf(e.Node), LUID: m.text("luid"), Site: m.text("site"), Server: m.text("server"),
			Disabled: strings.EqualFold(e.Node.Text("config", "enabled"), "false"),
			Line:     e.First + 1, Text: doc.EntryText(e),
		}
	}
	return out
}
