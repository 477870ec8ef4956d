package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Tool is what differs between BI tools: its name, what it calls its parts, where it
// shows them, and what helps when it reports too little. Each tool has one value, in its
// room under sources/, which its readers set on every Site. Every method answers for a
// nil *Tool too, in words that fit any tool.
type Tool struct {
	Name string // "Tableau"
	// Key is the object below meta that identifies a dashboard in an exposure, the
	// prefix of the tags that come from the tool ("tableau:finance"), and the key of
	// the tool's own names in maps and in JSON.
	Key   string
	Words map[Part]Noun
	// DashboardURL and WorkbookURL are where a browser shows them, "" when that is not
	// known. The workbook may be nil; DashboardURL of a nil dashboard is its workbook's.
	DashboardURL func(*Site, *Workbook, *Dashboard) string
	WorkbookURL  func(*Site, *Workbook) string
	// Connectors are the connection classes of model/warehouse by the tool's own
	// names, in lower case. The tool's reader asks [Tool.ConnectionClass].
	Connectors map[string]string
	// Advice is what helps with a gap, by the code of its reason, where the tool has a
	// better answer than the one that fits any tool. It may hold the words of [Tool.Text].
	Advice map[string]string
}

// Part is one of the parts that BI tools are made of, by the name that fits any tool.
type Part string

const (
	PartSite       Part = "site"
	PartContainer  Part = "container" // see Container
	PartWorkbook   Part = "workbook"  // a tool whose Words lack it has none
	PartDashboard  Part = "dashboard"
	PartSheet      Part = "sheet"
	PartEmbedded   Part = "embedded data source"
	PartPublished  Part = "published data source"
	PartVirtual    Part = "virtual connection"
	PartCustomSQL  Part = "custom SQL"
	PartExtract    Part = "extract"
	PartFlow       Part = "flow"
	PartCollection Part = "collection"
)

// parts are all of them.
func parts() []Part {
	return []Part{
		PartSite, PartContainer, PartWorkbook, PartDashboard, PartSheet, PartEmbedded, PartPublished,
		PartVirtual, PartCustomSQL, PartExtract, PartFlow,
		PartCollection,
	}
}

// Noun is what a tool calls a part.
type Noun struct{ One, Many string }

// Title is the tool's name, "BI tool" without one.
func (t *Tool) Title() string {
	if t == nil {
		return "BI tool"
	}
	return t.Name
}

// HasWorkbooks reports whether dashboards of the tool lie in workbooks; otherwise they
// lie in containers directly.
func (t *Tool) HasWorkbooks() bool { return t == nil || t.Words[PartWorkbook].One != "" }

// Noun is what the tool calls a part.
func (t *Tool) Noun(p Part) Noun {
	var n Noun
	if t != nil {
		n = t.Words[p]
	}
	n.One = cmp.Or(n.One, string(p))
	n.Many = cmp.Or(n.Many, n.One+"s")
	return n
}

// Text puts the tool's words into a sentence: {tool} and {Tool} (at the beginning of a
// sentence) are its name, {container} and {containers} what it calls one and several,
// and so on for every Part.
func (t *Tool) Text(sentence string) string {
	if !strings.Contains(sentence, "{") {
		return sentence
	}
	name, first := "the BI tool", "The BI tool"
	if t != nil {
		name, first = t.Name, t.Name
	}
	words := []string{"{tool}", name, "{Tool}", first}
	for _, p := range parts() {
		n := t.Noun(p)
		words = append(words, "{"+string(p)+"}", n.One, "{"+string(p)+"s}", n.Many)
	}
	return strings.NewReplacer(words...).Replace(sentence)
}

// Textf is Text with values put in afterwards, so that no value is taken for a word.
func (t *Tool) Textf(format string, values ...any) string {
	return fmt.Sprintf(t.Text(format), values...)
}

// ConnectionClass is the class of model/warehouse for the tool's own name of a
// connector; a name that the tool does not list stays as it is.
func (t *Tool) ConnectionClass(connector string) string {
	if t == nil {
		return connector
	}
	return cmp.Or(t.Connectors[strings.ToLower(strings.TrimSpace(connector))], connector)
}

// Tools are the tools of the sites, each once, in the order of the sites.
func Tools(sites []*Site) []*Tool {
	var list []*Tool
	for _, s := range sites {
		if s.Tool != nil && !slices.ContainsFunc(list, func(t *Tool) bool { return t.Key == s.Tool.Key }) {
			list = append(list, s.Tool)
		}
	}
	return list
}

// ToolNames joins the names of the tools: "Tableau and Lumen"; without one it is "your
// BI tool".
func ToolNames(tools []*Tool) string {
	names := make([]string, len(tools))
	for i, t := range tools {
		names[i] = t.Name
	}
	if len(names) == 0 {
		return "your BI tool"
	}
	return Listed(names)
}

// Listed is "a, b and c".
func Listed(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// ToolWithKey names the tool that has this key; "the BI tool" when none of them has.
func ToolWithKey(tools []*Tool, key string) string {
	for _, t := range tools {
		if t.Key == key {
			return t.Name
		}
	}
	return "the BI tool"
}

// CommonNoun is what all of the tools call a part; where they disagree, or there is
// none, the name that fits any tool.
func CommonNoun(tools []*Tool, p Part) Noun {
	if len(tools) == 0 {
		return (*Tool)(nil).Noun(p)
	}
	first := tools[0].Noun(p)
	if slices.ContainsFunc(tools, func(t *Tool) bool { return t.Noun(p) != first }) {
		return (*Tool)(nil).Noun(p)
	}
	return first
}

// DashboardURL is where a browser shows d, or its workbook w where d has no address of
// its own; "" when the address is not known. w may be nil.
func (s *Site) DashboardURL(w *Workbook, d *Dashboard) string {
	if s == nil || s.Tool == nil || s.Tool.DashboardURL == nil {
		return ""
	}
	return s.Tool.DashboardURL(s, w, d)
}

// WorkbookURL is where a browser shows w, "" when the address is not known. w may be nil.
func (s *Site) WorkbookURL(w *Workbook) string {
	if s == nil || s.Tool == nil || s.Tool.WorkbookURL == nil {
		return ""
	}
	return s.Tool.WorkbookURL(s, w)
}
