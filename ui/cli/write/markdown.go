package write

import (
	"fmt"
	"strings"

	"darkroom/model/exposure/merge"
	"darkroom/model/shellword"
	"darkroom/sources/project/export"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// mostMarkdown keeps a report inside what GitHub takes as a comment or as the body of a
// pull request: 65,536 characters.
const mostMarkdown = 65_000

// titleOf is the heading of a kind of difference in Markdown, and its word in the
// heading of the page.
func titleOf(what merge.What) (title, word string) {
	switch what {
	case merge.Unreadable:
		return "Files that dbt cannot read", "unreadable"
	case merge.Unread:
		return "Files that dbt does not read", "not read"
	case merge.Clash:
		return "Conflicts: edited by hand and changed in the BI tool", "in conflict"
	case merge.Add:
		return "New", "new"
	case merge.Change:
		return "Changed", "changed"
	case merge.Rename:
		return "Renamed", "renamed"
	case merge.Move:
		return "Moved to another file", "moved"
	case merge.Remove:
		return "Removed", "removed"
	case merge.SameAs:
		return "Gone, and a new dashboard looks the same", "republished"
	case merge.Gone:
		return "Gone from the BI tool", "gone"
	case merge.Refused:
		return "Left out: dbt would refuse them", "refused"
	case merge.Stays:
		return "Not moved", "not moved"
	case merge.Yours:
		return "Yours: edited by hand, and different in the BI tool", "yours"
	}
	return string(what), string(what)
}

// markdown is the report as the body of a pull request or of a comment.
func (r checkReport) markdown() string {
	page := output.Report{More: "`darkroom export --check` lists them all."}
	var counts []string
	for _, what := range order() {
		title, word := titleOf(what)
		table := output.ReportTable{Title: title, Listing: output.Listing{Header: headerOf(what)}}
		n := 0
		for i := range r.Differences {
			if d := &r.Differences[i]; d.What == what {
				n++
				d.rows(&table.Listing)
			}
		}
		if n > 0 {
			page.Tables = append(page.Tables, table)
			counts = append(counts, fmt.Sprintf("%d %s", n, word))
		}
	}
	page.Head = r.head(counts)
	page.Tail = r.tail()
	return page.Bounded(mostMarkdown)
}

// head is the heading of the page and one sentence.
func (r checkReport) head(counts []string) string {
	title := "## Exposures: up to date\n"
	if len(counts) > 0 {
		title = "## Exposures: " + strings.Join(counts, ", ") + "\n"
	}
	switch {
	case r.CutOff:
		return title + "\nAn earlier export was interrupted. `darkroom export` completes it.\n"
	case r.Drift:
		return title + "\nThe files differ from what the BI tool and the decisions ask for. `darkroom export` writes what it can.\n"
	}
	return title + "\nNothing has to be written.\n"
}

// tail is what is worth knowing besides.
func (r checkReport) tail() []string {
	var items []string
	for _, m := range r.Removals {
		items = append(items, "**"+plainMarkdown(export.Removal(m).String())+"**; "+plainMarkdown(m.Fix)+". `darkroom export` asks first, or needs `--accept-removal`.")
	}
	for _, k := range r.Kept {
		items = append(items, plainMarkdown(export.Kept(k).String()))
	}
	if r.NotChecked > 0 {
		items = append(items, text.Count(r.NotChecked, "exposure")+" not checked: a site is not loaded")
	}
	for _, note := range r.Notes {
		items = append(items, plainMarkdown(note))
	}
	return items
}

// plainMarkdown is a foreign text of a bounded length.
func plainMarkdown(s string) string { return output.EscapeMarkdown(text.Cut(text.Clean(s), mostCell)) }

// mostCell is how many cells one value may take, so that one long text does not push all
// others off the page.
const mostCell = 200

func headerOf(what merge.What) []string {
	switch what {
	case merge.Clash:
		return []string{"exposure", "field", "file says", "BI tool says", "answer with darkroom export"}
	case merge.Yours:
		return []string{"exposure", "field", "file says", "BI tool says"}
	case merge.Change, merge.Rename:
		return []string{"exposure", "dashboard", "field", "before", "after"}
	case merge.Move:
		return []string{"exposure", "dashboard", "from", "to"}
	case merge.Refused:
		return []string{"dashboard", "why, and what to do"}
	case merge.Unreadable, merge.Unread:
		return []string{"file", "why, and what to do"}
	case merge.Add:
		return []string{"exposure", "dashboard", "file"}
	}
	return []string{"exposure", "dashboard", "file", "note"}
}

// rows adds a difference to the table of its kind: a row for each field.
func (d *difference) rows(l *output.Listing) {
	add := func(cells ...string) {
		for i := range cells {
			cells[i] = text.Cut(text.Clean(cells[i]), mostCell)
		}
		l.Add(nil, cells...)
	}
	switch d.What {
	case merge.Clash, merge.Yours, merge.Change, merge.Rename:
		d.fieldRows(add)
	case merge.Move:
		add(d.Name, d.Title, d.From, d.File)
	case merge.Refused:
		add(d.Title, d.Note)
	case merge.Unreadable, merge.Unread:
		add(d.File, d.Note)
	case merge.Add:
		add(d.Name, d.Title, d.File)
	default:
		add(d.Name, d.Title, d.File, d.Note)
	}
}

func (d *difference) fieldRows(add func(...string)) {
	fields := d.Fields
	if len(fields) == 0 { // all of the entry
		fields = []fieldChange{{Field: d.Note}}
	}
	for _, f := range fields {
		field := strings.TrimPrefix(f.Field, "config.")
		switch d.What {
		case merge.Clash:
			spec := d.Name
			if len(d.Fields) > 0 {
				spec += "." + field
			}
			spec = shellword.Item(spec)
			add(d.Name, field, f.File, f.Ours, "--keep "+spec+" or --take "+spec)
		case merge.Yours:
			add(d.Name, field, f.File, f.Ours)
		default:
			add(d.Name, d.Title, field, f.File, f.Ours)
		}
	}
}
