package ledger

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/walk"
)

// mostWays bounds the ways that are listed for one table.
const mostWays = 3

// Ways lists how the dashboard comes to the table, the longest way first because
// it is the most detailed. Ways that differ only in the sheet are one.
func Ways(l *lineage.Link) []string {
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

// FileSource says which file the table is known from, "" when it is known from
// the BI tool's metadata.
func FileSource(l *lineage.Link) string {
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
	return "The " + what + "'s file, downloaded by sync; the metadata does not have it."
}
