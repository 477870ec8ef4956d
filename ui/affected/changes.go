package affected

import (
	"strings"

	"darkroom/model/change"
	"darkroom/ui/text"
)

// changedTitle is over the resources that changed.
const changedTitle = "Changed"

// changedRow is one resource that changed.
type changedRow struct{ name, kind, what, file string }

// changed are the resources that changed, without tests, on which no dashboard depends.
func (a *Answer) changed() (rows []changedRow) {
	if a.Changes == nil {
		return nil
	}
	for i := range a.Changes.Changes[:len(a.Changes.Changes)-a.Changes.Tests()] {
		c := &a.Changes.Changes[i]
		rows = append(rows, changedRow{text.Clean(c.Name), strings.ReplaceAll(text.Clean(c.Type), "_", " "), what(c, func(column string) string { return a.users(c.ID, column) }), text.Clean(c.Path)})
	}
	return rows
}

// What says what changed of a resource.
func What(c *change.Change) string { return what(c, func(string) string { return "" }) }

// what is What, with what is said of each column that is gone or has another type.
func what(c *change.Change, users func(column string) string) string {
	var parts []string
	for _, word := range c.What {
		parts = append(parts, phrase(c, word))
	}
	for _, col := range c.Columns {
		parts = append(parts, column(col)+users(col.Name))
	}
	return text.Clean(strings.Join(parts, "; "))
}

// phrase is a word of model/change in plain English.
func phrase(c *change.Change, word string) string {
	switch word {
	case change.New:
		if c.From != "" {
			return "new, was " + c.From
		}
	case change.Renamed:
		return "renamed to " + strings.Join(c.To, ", ") + ", with the same content"
	case change.Versioned:
		return "deleted; there is " + strings.Join(c.To, ", ")
	case "body":
		if c.Type == "seed" {
			return "rows"
		}
		return "SQL"
	case "macros":
		return macros(c.Macros)
	case "configs":
		return "configuration"
	case change.InPackages:
		return "installed packages"
	case change.InFile:
		if c.Type == "seed" {
			return "rows"
		}
	}
	return strings.ReplaceAll(word, "_", " ")
}

// macros names the first ones.
func macros(ids []string) string {
	const most = 3
	names := make([]string, 0, most)
	for _, id := range ids[:min(len(ids), most)] {
		names = append(names, strings.TrimPrefix(id, "macro."))
	}
	out := "macro " + strings.Join(names, ", ")
	if n := len(ids) - most; n > 0 {
		out += " and " + text.Count(n, "other")
	}
	return out
}

// tests counts the tests that changed; empty for none.
func (a *Answer) tests() string {
	if a.Changes == nil || a.Changes.Tests() == 0 {
		return ""
	}
	return text.Count(a.Changes.Tests(), "test") + " changed, on which no dashboard depends."
}

func column(c change.Column) string {
	by := map[change.Knowledge]string{change.ByCatalog: "", change.ByContract: " (contract)", change.ByDescription: " (as described)"}[c.By]
	switch {
	case c.Removed && c.By == change.ByDescription:
		return "column " + c.Name + " is not described any more"
	case c.Removed:
		return "column " + c.Name + " removed" + by
	}
	return "column " + c.Name + ": " + c.Was + " → " + c.Is + by
}

// found says how it was found out what changed, and what that cannot see.
func (a *Answer) found() []string {
	c := a.Changes
	how := map[string]string{
		"state":  "What changed: dbt's state comparison with the manifest in " + c.What + ", and what is deleted, disabled or renamed. What depends on it: the lineage of that manifest.",
		"base":   "What changed: the files that differ in git from the commit that " + c.What + " and HEAD share, and what they reach.",
		"select": "What changed: what --select names.",
	}[c.By]
	out := []string{text.Clean(how)}
	for _, s := range c.Limits {
		out = append(out, text.Clean(s))
	}
	return out
}
