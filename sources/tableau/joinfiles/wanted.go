package joinfiles

import (
	"slices"
	"strings"
	"time"

	"darkroom/model"
)

// Want is a workbook or a published data source whose file may have what the
// metadata does not.
type Want struct {
	Kind       string // "workbooks" or "datasources", as in REST
	LUID, Name string
	UpdatedAt  string // Tableau's, "" when it is unknown: a file is good for as long as this is the same
	Sources    int    // data sources in it that too little is known of
}

// Wanted lists the workbooks and published data sources that are worth a look
// into their file, and no others, in the order of their LUIDs.
func Wanted(s *model.Site) []Want {
	j := newJudge(s)
	byBook := map[string]*Want{}
	var all []*Want
	for i := range s.Datasources {
		d := &s.Datasources[i]
		w := j.index.Workbook[d.WorkbookID]
		switch {
		case d.Published && d.LUID == "", !d.Published && (w == nil || w.LUID == ""), j.missing(d) == lacksNothing:
		case d.Published:
			all = append(all, &Want{Kind: "datasources", LUID: d.LUID, Name: d.Name, UpdatedAt: stamp(d.UpdatedAt), Sources: 1})
		case byBook[w.ID] != nil:
			byBook[w.ID].Sources++
		default:
			byBook[w.ID] = &Want{Kind: "workbooks", LUID: w.LUID, Name: w.Name, UpdatedAt: stamp(w.UpdatedAt), Sources: 1}
			all = append(all, byBook[w.ID])
		}
	}
	slices.SortFunc(all, func(a, b *Want) int { return strings.Compare(a.Kind+a.LUID, b.Kind+b.LUID) })
	out := make([]Want, len(all))
	for i, w := range all {
		out[i] = *w
	}
	return out
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
