package lineage

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"darkroom/model"
	"darkroom/model/match"
	"darkroom/model/walk"
)

// Fact is one labelled piece of evidence; Text is a sentence or a list. Names in
// it are as the sources gave them: whoever shows a fact cleans it.
type Fact struct{ Label, Text string }

// QueryLine is the line of a custom SQL text that names a table.
type QueryLine struct {
	Name string // of the custom SQL
	Line int    // from 1
	Text string // the line, trimmed; cut around the name when it is very long
}

// Summary says how far a dashboard's tables are known.
func (d *Dashboard) Summary() string {
	if !d.cutOff() {
		return d.summary()
	}
	const why = " Tableau's answer was cut off, so tables may be missing."
	if linked, all := d.Counts(); linked == all && all > 0 {
		return "It reads " + tables(all) + " that dbt knows." + why
	}
	return d.summary() + why
}

func (d *Dashboard) summary() string {
	linked, all := d.Counts()
	open := 0
	for i := range d.Links {
		if d.Links[i].Open() {
			open++
		}
	}
	switch {
	case all == 0:
		return "No table behind it is known."
	case d.Status == StatusComplete && linked == all:
		return "It reads " + tables(all) + "; dbt knows " + map[bool]string{true: "it", false: "all of them"}[all == 1] + ". Nothing is missing."
	case d.Status == StatusComplete:
		return fmt.Sprintf("It reads %s; dbt knows %d of them, and the rest is not dbt's.", tables(all), linked)
	case d.Status == StatusUndecided:
		return fmt.Sprintf("It reads %s; dbt knows %d of them, and %d wait for a person's word.", tables(all), linked, open)
	case d.Status == StatusNone && all == 1:
		return "It reads 1 table, and dbt does not know it."
	case d.Status == StatusNone:
		return "It reads " + tables(all) + ", and dbt knows none of them."
	case linked == all:
		return fmt.Sprintf("It reads %s that dbt knows, and something more that cannot be seen.", tables(all))
	}
	return fmt.Sprintf("It reads %s; dbt knows %d of them. The rest is not known.", tables(all), linked)
}

func tables(n int) string {
	if n == 1 {
		return "1 table"
	}
	return fmt.Sprintf("%d tables", n)
}

// Is says what the table is, as the end of a sentence that begins with its name.
func (l *Link) Is() string {
	v := &l.Verdict
	node := ""
	if len(v.Nodes) > 0 {
		node = nodeName(v.Nodes[0])
	}
	switch v.Outcome {
	case match.Matched:
		sure := map[match.Confidence]string{
			match.Certain: "That is certain.", match.High: "That is as good as certain.", match.Medium: "That is likely, not certain.",
		}[v.Confidence]
		if v.Reason == match.Pinned {
			sure = "A person said so."
		}
		return "is " + node + ". " + sure
	case match.Review:
		return "may be " + node + ". A person has to say so."
	case match.Ambiguous:
		return fmt.Sprintf("may be one of %d dbt nodes. A person has to choose.", len(v.Nodes))
	case match.Unmatched:
		return "is nothing that the loaded dbt projects build or name as a source."
	}
	switch v.Reason {
	case match.Redacted:
		return "cannot be known: Tableau hides its name."
	case match.FileOrExtract:
		return "stands in no warehouse, so no dbt project builds it."
	case match.StoredProcedure:
		return "is a procedure and no table."
	case match.TempObject:
		return "exists only while a query runs."
	case match.IgnoredByUser:
		return "was set aside by a person."
	case match.OtherPlatform:
		return "stands on another platform than the loaded dbt projects."
	}
	return "stands for tables that cannot be seen."
}

// nodeName is a node for people: "the model fct_orders of the project shop".
func nodeName(n match.Node) string {
	r := n.Resource
	name := r.Name
	switch {
	case r.Version != "":
		name += " version " + r.Version
	case r.Kind == model.KindSource:
		name = r.SourceName + "." + name
	}
	return "the " + r.Kind.String() + " " + name + " of the project " + r.Package
}

// ToldBy says where the table is known from, when that is not Tableau's metadata.
func (l *Link) ToldBy() string {
	t := l.Read.Table
	if t == nil || !t.FromFile {
		return ""
	}
	what := "workbook"
	for _, r := range l.Read.Routes {
		for _, s := range r.Steps() {
			if s.Kind == walk.StepPublished {
				what = "data source" // a published one has its own file
			}
		}
	}
	return "The " + what + "'s file, downloaded by sync; Tableau's metadata does not tell it."
}

// Query is the line of custom SQL that names the table, if one does.
func (l *Link) Query() (QueryLine, bool) {
	ref := l.Read.SQL
	if ref == nil || ref.Table == nil || ref.Offset < 0 || ref.Offset > len(ref.Table.Query) {
		return QueryLine{}, false
	}
	sql := ref.Table.Query
	from := strings.LastIndexByte(sql[:ref.Offset], '\n') + 1
	line, _, _ := strings.Cut(sql[from:], "\n")
	return QueryLine{Name: ref.Table.Name, Line: ref.Line, Text: around(line, ref.Offset-from)}, true
}

// widestQuery is how much of a query's line is shown, in bytes.
const widestQuery = 160

// around cuts a long line to the neighbourhood of a place in it.
func around(line string, at int) string {
	if len(line) <= widestQuery {
		return strings.TrimSpace(line)
	}
	from := max(0, min(at-widestQuery/3, len(line)-widestQuery))
	to := min(from+widestQuery, len(line))
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	text := strings.TrimSpace(line[from:to])
	if from > 0 {
		text = "… " + text
	}
	if to < len(line) {
		text += " …"
	}
	return text
}

// mostWays bounds the ways that are told for one table.
const mostWays = 3

// Ways lists how the dashboard comes to the table, the longest way first because
// it says most. Ways that differ only in the sheet are one.
func (l *Link) Ways() []string {
	type way struct {
		rest   string
		sheets []string
		steps  int
	}
	var ways []*way
	byRest := map[string]*way{}
	for _, r := range l.Read.Routes {
		steps := r.Steps()
		sheet := ""
		if len(steps) > 0 && steps[0].Kind == walk.StepSheet {
			sheet, steps = model.DisplayName(steps[0].Name), steps[1:]
		}
		texts := make([]string, len(steps))
		for i, s := range steps {
			texts[i] = s.String()
		}
		rest := strings.Join(texts, " > ")
		w := byRest[rest]
		if w == nil {
			w = &way{rest: rest, steps: len(steps)}
			byRest[rest] = w
			ways = append(ways, w)
		}
		if sheet != "" && !slices.Contains(w.sheets, sheet) {
			w.sheets = append(w.sheets, sheet)
		}
	}
	slices.SortStableFunc(ways, func(a, b *way) int { return b.steps - a.steps })
	var out []string
	for _, w := range ways[:min(len(ways), mostWays)] {
		out = append(out, joinWay(w.sheets, w.rest))
	}
	if n := len(ways) - mostWays; n > 0 {
		out = append(out, fmt.Sprintf("and %d more", n))
	}
	return out
}

func joinWay(sheets []string, rest string) string {
	const most = 3
	head := ""
	switch n := len(sheets); {
	case n == 1:
		head = "sheet " + quoted(sheets)
	case n > most:
		head = fmt.Sprintf("sheets %s and %d more", quoted(sheets[:most]), n-most)
	case n > 1:
		head = "sheets " + quoted(sheets)
	}
	switch {
	case head == "" && rest == "":
		return "the dashboard's own list"
	case head == "" || rest == "":
		return head + rest
	}
	return head + " > " + rest
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		if out[i] = s; s != model.HiddenName {
			out[i] = `"` + s + `"`
		}
	}
	return strings.Join(out, ", ")
}
