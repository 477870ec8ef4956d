package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"darkroom/model/reason"
	"darkroom/model/relation"
)

// because is the verdict in one sentence for a reader who does not know the
// rules: that of the reason's row. Names are as the sources gave them; the code that
// shows the text escapes it.
func (x *explainer) because() string {
	row := x.v.Reason.Row()
	switch {
	case x.v.Outcome == Ambiguous:
		return x.filled(cmp.Or(row.Several, reason.SeveralSentence))
	case x.byPlainName:
		return x.filled("The full name of the table has no schema and is in no dbt project; its plain name is that of {node}.")
	case x.v.Reason == reason.OtherPlatform && len(x.m.groups) == 0:
		return "No dbt project is loaded."
	}
	return x.filled(row.Sentence)
}

// filled puts what is known of the table into the placeholders of a sentence. It runs
// once for each table, so the pieces are joined at the end.
func (x *explainer) filled(sentence string) string {
	var most [16]string
	pieces := most[:0]
	for {
		before, rest, found := strings.Cut(sentence, "{")
		pieces = append(pieces, before)
		if !found {
			return strings.Join(pieces, "")
		}
		name, after, _ := strings.Cut(rest, "}")
		value, known := x.placeholder(name)
		if !known {
			value = "{" + name + "}"
		}
		pieces = append(pieces, value)
		sentence = after
	}
}

// placeholder is the value of a placeholder in the sentences of package reason.
func (x *explainer) placeholder(name string) (value string, known bool) {
	if value, known = x.aboutNodes(name); known {
		return value, true
	}
	return x.aboutTable(name)
}

// aboutNodes fills the placeholders for what was found and decided.
func (x *explainer) aboutNodes(name string) (value string, known bool) {
	switch name {
	case "node": // all nodes that the verdict names
		value = listOf(x.v.Nodes)
	case "dbt database":
		value = orNone(x.v.Nodes[0].Resource.Database())
	case "dbt schema":
		value = orNone(x.v.Nodes[0].Resource.Schema())
	case "suggested":
		value = listOf(x.Suggestions)
	case "perhaps": // the best suggestion as a question
		if len(x.Suggestions) > 0 {
			value = " Perhaps " + listOf(x.Suggestions[:1]) + "?"
		}
	case "said": // what was noted with a pin or an ignore
		if x.Evidence.By != "" {
			value = " (" + x.Evidence.By + ")"
		}
	case "session":
		value = cmp.Or(x.t.session().By, "a statement before")
	case "strictly":
		if x.m.cfg.Strict {
			value = ", which strict mode leaves to you"
		}
	default:
		return "", false
	}
	return value, true
}

// aboutTable fills the placeholders for the table's name and its connection.
func (x *explainer) aboutTable(name string) (value string, known bool) {
	switch name {
	case "levels":
		value = x.levels("database, schema and table", "schema and table")
	case "Levels":
		value = x.levels("Database, schema and table", "Schema and table")
	case "map":
		value = x.candidates[0].mapText
	case "platform":
		value = x.candidates[0].Adapter
	case "platforms":
		value = x.platforms()
	case "connection":
		value = orNone(x.t.Where().ConnectionType)
	case "connection note":
		if x.conn.Note != "" {
			value = " (" + x.conn.Note + ")"
		}
	case "database", "schema": // of the table, as compared
		value = orNone(x.Evidence.Parts[levelOf(name)].Text)
	default:
		return "", false
	}
	return value, true
}

func levelOf(name string) int {
	if name == "database" {
		return relation.Database
	}
	return relation.Schema
}

// levels chooses by the parts that were compared: all three, or two.
func (x *explainer) levels(three, two string) string {
	if c := &x.candidates[0]; c.Levels == 2 && !c.DatabaseWhereKnown || !c.known(relation.Database) {
		return two
	}
	return three
}

func (x *explainer) platforms() string {
	names := make([]string, len(x.m.groups))
	for i, g := range x.m.groups {
		names[i] = g.Adapter
	}
	return strings.Join(names, ", ")
}

func orNone(s string) string { return cmp.Or(s, "none") }

// listOf names nodes by unique_id, the first few of many.
func listOf(list []Node) string {
	const most = 4
	var ids []string
	for _, n := range list[:min(len(list), most)] {
		id := n.Resource.ID
		if slices.ContainsFunc(list, func(m Node) bool { return m.Resource.ID == id && m.Resource != n.Resource }) {
			id += " (" + n.Resource.Relation() + ")"
		}
		ids = append(ids, id)
	}
	text := strings.Join(ids, ", ")
	if len(list) > most {
		text += fmt.Sprintf(" and %d more", len(list)-most)
	}
	return text
}
