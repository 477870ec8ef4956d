package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
	"darkroom/model/exposure/yamledit/yamltree"
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
	doc.Each(func(i int, n *yamltree.Node) { out[i] = saidIn(n, toolMetaOf(n)) })
	for i := range out {
		out[i].place(doc, &doc.Entries[i])
	}
	return out
}

// saidIn is what the node of an entry says, and its meta.
func saidIn(n *yamltree.Node, m toolMeta) InFile {
	tags := append(n.Values("config", "tags"), n.Values("tags")...)
	slices.Sort(tags)
	return InFile{
		Managed: m.managed(), Key: m.identity(), Label: n.Text("label"), Type: n.Text("type"), URL: n.Text("url"),
		Maturity: n.Text("maturity"), Description: n.Text("description"),
		OwnerName: n.Text("owner", "name"), OwnerEmails: n.Values("owner", "email"), Tags: slices.Compact(tags),
		ToolKey: toolIn(metas(n)), LUID: m.text("luid"), Site: m.text("site"), Server: m.text("server"),
		Disabled: strings.EqualFold(n.Text("config", "enabled"), "false"),
	}
}

// place adds where an entry is.
func (f *InFile) place(doc *yamledit.Document, e *yamledit.Entry) {
	f.Name, f.Line, f.Text = e.Name, e.First+1, doc.EntryText(e)
}

// eachAlone reads texts of one entry each, as [EntriesIn] reads them alone. It reads them
// together, which takes a third of the time.
func eachAlone(texts []string) []InFile {
	out := make([]InFile, len(texts))
	see := func(i int, n *yamltree.Node) {
		if i < len(out) {
			out[i] = saidIn(n, toolMetaOf(n))
		}
	}
	doc, err := yamledit.ParseLike(listKey+":\n"+strings.Join(texts, ""), listKey, nil, see)
	together := err == nil && len(doc.Entries) == len(texts) && !doc.Anchored() // one could use what another names
	for i := 0; together && i < len(out); i++ {
		out[i].place(doc, &doc.Entries[i])
		out[i].Line = firstAlone
		together = out[i].Text == texts[i]
	}
	if together {
		return out
	}
	for i, text := range texts {
		if found := EntriesIn([]byte(listKey + ":\n" + text)); len(found) == 1 {
			out[i] = found[0]
		} else {
			out[i] = InFile{Text: text}
		}
	}
	return out
}

// firstAlone is the line of an entry that is alone in a file.
const firstAlone = 2
