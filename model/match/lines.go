package match

import (
	"fmt"
	"strings"
)

// Lines is the whole evidence as text, one fact a line, for "explain" and the
// details pane. Names are as the sources gave them.
func (v *Verdict) Lines() []string {
	e := &v.Evidence
	out := []string{fmt.Sprintf("%s: %s, confidence %s", v.Outcome, v.Reason, v.Confidence), v.Because}
	add := func(label, text string) {
		if text != "" {
			out = append(out, label+": "+text)
		}
	}
	if t := e.Table; t != nil {
		add("Tableau gave", t.raw())
	}
	add("platform", e.platform())
	for level, p := range e.Parts {
		if p.Text == "" && p.From == Missing {
			continue
		}
		text := p.Text + ", from " + p.From.String()
		if p.Field != "" {
			text += fmt.Sprintf("; Tableau's field said %q", p.Field)
		}
		add(levelNames[level], text)
	}
	add("map", e.Map)
	for _, n := range v.Also {
		add("also", n.Resource.ID+" is the same relation")
	}
	for _, r := range e.Rivals {
		add("refused", r.Resource.ID+": "+r.Why)
	}
	for _, f := range e.Flags {
		add("caution", string(f))
	}
	add("decided by", e.By)
	add("note", e.Note)
	return out
}

// platform says how the connection type was judged.
func (e *Evidence) platform() string {
	if e.Platform == "" {
		return e.PlatformNote
	}
	text := e.Platform + " ("
	switch e.Class {
	case Native:
		text += "its own connection type"
	case Related:
		text += "the connection type belongs to a neighbour"
	default:
		text += "the connection type does not tell"
	}
	if e.PlatformNote != "" {
		text += "; " + e.PlatformNote
	}
	return text + ")"
}

// raw lists the fields that are not empty.
func (t *Table) raw() string {
	var out []string
	for _, f := range [...]struct{ label, text string }{
		{"name", t.RawName},
		{"schema", t.Schema},
		{"full name", t.FullName},
		{"database", t.Database},
		{"connection type", t.ConnectionType},
		{"server", t.Connection.Server},
		{"connection's database", t.Connection.DBName},
		{"connection's schema", t.Connection.Schema},
		{"connection's project", t.Connection.Project},
	} {
		if f.text != "" {
			out = append(out, fmt.Sprintf("%s %q", f.label, f.text))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, ", ") + " (" + t.Origin.String() + ")"
}
