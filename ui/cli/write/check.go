package write

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/model/exposure/merge"
	"darkroom/model/shellword"
	"darkroom/sources/project/export"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// checkReport is export --check --output json.
type checkReport struct {
	Drift       bool         `json:"drift"`
	NotChecked  int          `json:"not_checked"`       // entries of sites that are not loaded
	CutOff      bool         `json:"cut_off,omitempty"` // an earlier export was interrupted
	Kept        []keptReport `json:"kept,omitempty"`
	Removals    []removal    `json:"removals,omitempty"`
	Differences []difference `json:"differences"`
	Notes       []string     `json:"notes,omitempty"` // worth knowing, and no drift
}

// keptReport are entries that stay because nothing says that they should go.
type keptReport struct {
	Names []string `json:"names"`
	Why   string   `json:"why"`
	Fix   string   `json:"fix"`
}

// removal is what an export asks about before it writes.
type removal struct {
	Project string   `json:"project"`
	Site    string   `json:"site,omitempty"`
	Names   []string `json:"names"`
	Of      int      `json:"of"`
	Why     string   `json:"why"`
	Fix     string   `json:"fix"`
}

// difference is one exposure that is not what the BI tool and the decisions ask for,
// or worth knowing. What is a word of merge.What.
type difference struct {
	What   merge.What    `json:"what"`
	Drift  bool          `json:"drift"`
	Name   string        `json:"name,omitempty"`
	Title  string        `json:"title,omitempty"`
	Key    string        `json:"key,omitempty"`
	File   string        `json:"file,omitempty"`
	From   string        `json:"from,omitempty"` // of a move
	Fields []fieldChange `json:"fields,omitempty"`
	Note   string        `json:"note,omitempty"`

	tool string // its name, of a conflict or a value of yours
}

type fieldChange struct {
	Field string `json:"field"`
	File  string `json:"file"`
	Ours  string `json:"tableau"` // the value of the BI tool, whichever it is
}

func reportOf(e export.Plan) checkReport {
	r := checkReport{Drift: e.Drift(), NotChecked: e.NotChecked, CutOff: e.CutOff, Differences: []difference{}, Notes: e.Notes}
	for _, k := range e.Kept {
		r.Kept = append(r.Kept, keptReport(k))
	}
	for _, m := range e.Removals {
		r.Removals = append(r.Removals, removal(m))
	}
	for i := range e.Items {
		it := &e.Items[i]
		d := difference{
			What: it.What, Drift: it.Drift(), Name: it.Name, Title: it.Title, Key: it.Key, File: it.File, From: it.From, Note: it.Note, tool: it.Tool,
		}
		for _, c := range it.Fields {
			d.Fields = append(d.Fields, fieldChange{c.Field, c.From, c.To})
		}
		r.Differences = append(r.Differences, d)
	}
	return r
}

// check reports and ends with exit code 1 when there is drift.
func check(a *app.App, e export.Plan, format string) error {
	if err := nothingCompared(e); err != nil {
		return err
	}
	r := reportOf(e)
	var err error
	switch format {
	case "json":
		err = output.JSON(a.Out, r)
	case "markdown":
		_, err = io.WriteString(a.Out, r.markdown())
	default:
		_, err = io.WriteString(a.Out, r.text())
	}
	if err != nil {
		return err
	}
	if r.Drift {
		return app.Findings
	}
	return nil
}

// order is that of the report: what has to be done first.
func order() []merge.What {
	return []merge.What{
		merge.Unreadable, merge.Unread, merge.Clash, merge.Add, merge.Change, merge.Rename, merge.Move, merge.Remove,
		merge.SameAs, merge.Gone, merge.Refused, merge.Stays, merge.Yours,
	}
}

func (r checkReport) text() string {
	var b strings.Builder
	var counts []string
	for _, what := range order() {
		n := 0
		for i := range r.Differences {
			if d := &r.Differences[i]; d.What == what {
				n++
				b.WriteString(d.text())
			}
		}
		if n > 0 {
			_, word := titleOf(what)
			counts = append(counts, fmt.Sprintf("%d %s", n, word))
		}
	}
	for _, k := range r.Kept {
		b.WriteString(text.Clean(export.Kept(k).String()) + "\n")
	}
	for _, m := range r.Removals {
		b.WriteString(text.Clean(export.Removal(m).String()+"; "+m.Fix) + "\n          darkroom export asks first, or needs --accept-removal\n")
	}
	if r.CutOff {
		counts = append(counts, "an interrupted export")
	}
	if r.NotChecked > 0 {
		entries := "1 entry not checked: its"
		if r.NotChecked > 1 {
			entries = fmt.Sprintf("%d entries not checked: their", r.NotChecked)
		}
		b.WriteString(entries + " site is not loaded\n")
	}
	for _, note := range r.Notes {
		b.WriteString("note: " + text.Clean(note) + "\n")
	}
	switch {
	case r.Drift:
		b.WriteString("drift: " + strings.Join(counts, ", ") + "; darkroom export writes what it can\n")
	case len(counts) > 0:
		b.WriteString("no drift: " + strings.Join(counts, ", ") + "\n")
	default:
		b.WriteString("no drift\n")
	}
	return b.String()
}

func (d *difference) text() string {
	head := fmt.Sprintf("%-9s", d.What)
	for _, s := range []string{d.Name, quoted(d.Title)} {
		if s != "" {
			head += " " + text.Clean(s)
		}
	}
	switch {
	case d.From != "":
		head += " from " + text.Clean(d.From) + " to " + text.Clean(d.File)
	case d.File != "":
		head += " in " + text.Clean(d.File)
	}
	lines := []string{head}
	for _, c := range d.Fields {
		if slices.Contains([]merge.What{merge.Clash, merge.Yours}, d.What) {
			lines = append(lines, fmt.Sprintf("          %s: the file says %s, %s %s", c.Field, output.Quoted(c.File), d.tool, output.Quoted(c.Ours)))
			continue
		}
		lines = append(lines, fmt.Sprintf("          %s: %s → %s", c.Field, output.Quoted(c.File), output.Quoted(c.Ours)))
	}
	if d.What == merge.Clash {
		spec := d.Name
		if len(d.Fields) > 0 {
			spec += "." + strings.TrimPrefix(d.Fields[0].Field, "config.")
		}
		spec = text.Clean(shellword.Item(spec))
		lines = append(lines, "          answer with darkroom export --keep "+spec+" or --take "+spec)
	}
	if d.Note != "" {
		lines = append(lines, "          "+text.Clean(d.Note))
	}
	return strings.Join(lines, "\n") + "\n"
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return output.Quoted(s)
}
