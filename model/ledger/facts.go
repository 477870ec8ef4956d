package ledger

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/match"
	"darkroom/model/reason"
	"darkroom/model/warehouse"
)

// Fact is one labelled piece of evidence; Text is a sentence or a list. Names in
// it are as the sources gave them: the code that shows a fact cleans it.
type Fact struct{ Label, Text string }

// Facts is everything that is known about a link, for the details pane and
// darkroom explain (model/match/RULES.md#evidence): why, the ways to the table, the line
// of the query, how the name was read, maps, rivals, cautions, and the fixes.
func Facts(g *lineage.Graph, l *lineage.Link) []Fact {
	v, x := l.Verdict, g.Explain(l)
	e := &x.Evidence
	var out []Fact
	add := func(label, text string) {
		if text != "" {
			out = append(out, Fact{label, text})
		}
	}
	add("Why", x.Because)
	for _, way := range Ways(l) {
		add("Way", way)
	}
	if q, ok := QueryOf(l); ok {
		add("Query", fmt.Sprintf("line %d of %s: %s", q.Line, model.QuotedName(q.Name), q.Text))
	}
	add("Known from", FileSource(l))
	add("Name", nameText(e))
	add(l.Tool.Title(), rawText(e.Table))
	add("Warehouse", warehouseText(e))
	if e.Map != "" {
		add("Map", "The map "+e.Map+" was applied to the name.")
	}
	for _, n := range v.Also {
		add("Also", n.Resource.ID+" is the same relation.")
	}
	for _, r := range e.Rivals {
		add("Not", r.Resource.ID+", because "+r.Why+".")
	}
	for _, f := range e.Flags {
		if f != v.Reason {
			add("Caution", l.Tool.Text(f.Row().Title)+".")
		}
	}
	add("Decided by", e.By)
	add("Note", sentence(e.Note))
	if !l.Read.Used {
		add("Used", "None of its fields are used on this dashboard; it only belongs to a data source that is.")
	}
	if l.Resource == lineage.None && v.Reason != reason.IgnoredByUser {
		_, advice := gapKey{v.Reason, v.Outcome == match.Ambiguous}.words([]*model.Tool{l.Tool})
		add("Fix", advice)
		var choices []string
		for _, c := range Fixes(g, l) {
			choices = append(choices, c.String())
		}
		if len(choices) > 0 {
			add("Decide", sentence(strings.Join(choices, "; or "))+" Apply it in the Gaps view, or add a line to darkroom.yml.")
		}
	}
	return out
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	_, first := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:first]) + strings.TrimSuffix(s[first:], ".") + "."
}

// nameText says where each part of the name came from; neighbours from one
// source are listed together.
func nameText(e *match.Evidence) string {
	labels := [3]string{"database", "schema", "table"}
	var out []string
	for i := 0; i < 3; {
		p := e.Parts[i]
		if p.Text == "" && p.From == match.Missing {
			i++
			continue
		}
		text := labels[i] + " " + p.Text
		for i++; i < 3 && p.Field == "" && e.Parts[i].From == p.From && e.Parts[i].Field == ""; i++ {
			text += ", " + labels[i] + " " + e.Parts[i].Text
		}
		if p.From == match.FromSession && e.Session != "" {
			text += " from " + e.Session
		} else {
			text += " from " + p.From.String()
		}
		if p.Field != "" {
			text += fmt.Sprintf(" (its own field has %q)", p.Field)
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return ""
	}
	return sentence(strings.Join(out, "; "))
}

// rawText lists what Tableau reported, field by field.
func rawText(t *match.Table) string {
	if t == nil {
		return ""
	}
	var out []string
	for _, f := range RawFields(t) {
		out = append(out, fmt.Sprintf("%s %q", f.Label, f.Text))
	}
	if len(out) == 0 {
		return "It reported no name, only the id " + t.ID + "."
	}
	return sentence("it reported " + strings.Join(out, ", "))
}

// RawFields are the fields of a table that are not empty, as Tableau reported them.
func RawFields(t *match.Table) []Fact {
	var out []Fact
	at := t.Where()
	for _, f := range [...]Fact{
		{"full name", t.FullName},
		{"name", t.RawName},
		{"schema", at.Schema},
		{"database", at.Database},
		{"connection type", at.ConnectionType},
		{"server", at.Connection.Server},
		{"connection's database", at.Connection.DBName},
		{"connection's schema", at.Connection.Schema},
		{"connection's project", at.Connection.Project},
	} {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

// warehouseText says how the connection type was judged.
func warehouseText(e *match.Evidence) string {
	typ := ""
	if e.Table != nil {
		typ = e.Table.Where().ConnectionType
	}
	if typ == "" {
		typ = "(not reported)"
	}
	note := ""
	if e.PlatformNote != "" {
		note = " (" + e.PlatformNote + ")"
	}
	if e.Platform == "" {
		return ""
	}
	switch e.Proof {
	case warehouse.ProofNative:
		return "The connection type " + typ + note + " is that of dbt's adapter " + e.Platform + "."
	case warehouse.ProofProtocol:
		return "The connection type " + typ + note + " is taken for dbt's adapter " + e.Platform + "."
	case warehouse.ProofRelated:
		return "The connection type " + typ + note + " is related to dbt's adapter " + e.Platform + ", which is not proof."
	}
	return "The connection type " + typ + note + " does not show which warehouse it is; the name was read by the rules of " + e.Platform + "."
}
