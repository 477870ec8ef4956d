package merge

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit"
)

// Written is an entry that darkroom keeps up to date, as a file says it: with what was
// written by hand in it.
type Written struct {
	Key, Name, Label, Type, URL, Maturity, Description string

	OwnerName          string
	OwnerEmails, Tags  []string
	ToolKey            string
	LUID, Site, Server string
	Disabled           bool // by config.enabled
}

// WrittenIn reads the entries of a file that darkroom keeps up to date.
func WrittenIn(text []byte) []Written {
	doc, err := yamledit.Parse(text, "exposures")
	if err != nil {
		return nil // not of this export's making
	}
	var out []Written
	for i := range doc.Entries {
		e := &doc.Entries[i]
		if !isManaged(e.Node) {
			continue
		}
		tags := append(e.Node.Values("config", "tags"), e.Node.Values("tags")...)
		slices.Sort(tags)
		out = append(out, Written{
			Key: identityOf(e.Node), Name: e.Name, Label: e.Node.Text("label"), Type: e.Node.Text("type"), URL: e.Node.Text("url"),
			Maturity: e.Node.Text("maturity"), Description: e.Node.Text("description"),
			OwnerName: e.Node.Text("owner", "name"), OwnerEmails: e.Node.Values("owner", "email"), Tags: slices.Compact(tags),
			ToolKey: toolKeyOf(e.Node), LUID: toolMeta(e.Node, "luid"), Site: toolMeta(e.Node, "site"), Server: toolMeta(e.Node, "server"),
			Disabled: strings.EqualFold(e.Node.Text("config", "enabled"), "false"),
		})
	}
	return out
}
