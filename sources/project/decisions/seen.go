package decisions

import (
	"maps"
	"slices"
	"strings"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions/flowline"
)

// seenName is what was there at the last review: the base of the Inbox.
const seenName = config.Dir + "/seen.yml"

const seenHead = `# What was there when the Inbox was last reviewed: the next run shows what is new,
# renamed, moved or gone since. Written by darkroom, sorted, one line for each;
# commit it, so that everyone sees the same changes.
version: 1
`

// seenVersion is the newest format that this darkroom reads.
const seenVersion = "version: 1"

// rawSeen is one dashboard as seen.yml and the journal have it, or, with the last
// two fields, a site.
type rawSeen struct {
	Title    string `json:"title,omitempty"`
	Project  string `json:"project,omitempty"`
	Workbook string `json:"workbook,omitempty"`
	Site     string `json:"site,omitempty"`
	First    string `json:"first,omitempty"`
	Reviewed string `json:"reviewed,omitempty"`
	By       string `json:"by,omitempty"`
	Since    string `json:"-"`
	Partial  string `json:"-"` // "yes"
}

// fields are those of a line of seen.yml, in its order; since and partial are a site's.
func (r *rawSeen) fields() []flowline.Field {
	return []flowline.Field{
		{Name: "title", Value: &r.Title, Quoted: true},
		{Name: "project", Value: &r.Project, Quoted: true},
		{Name: "workbook", Value: &r.Workbook, Quoted: true},
		{Name: "site", Value: &r.Site, Quoted: true},
		{Name: "first", Value: &r.First},
		{Name: "reviewed", Value: &r.Reviewed},
		{Name: "by", Value: &r.By, Quoted: true},
		{Name: "since", Value: &r.Since},
		{Name: "partial", Value: &r.Partial},
	}
}

func rawSeenOf(s curate.Seen) *rawSeen {
	return &rawSeen{
		Title: s.Title, Project: s.Project, Workbook: s.Workbook, Site: s.Site,
		First: dayText(s.First), Reviewed: dayText(s.Reviewed), By: s.By,
	}
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func (r rawSeen) seen() (s curate.Seen, ok bool) {
	first, ok1 := parseDay(r.First)
	reviewed, ok2 := parseDay(r.Reviewed)
	return curate.Seen{
		Place: curate.Place{Title: r.Title, Project: r.Project, Workbook: r.Workbook, Site: r.Site},
		First: first, Reviewed: reviewed, By: r.By,
	}, ok1 && ok2
}

func parseDay(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	t, err := time.Parse(time.DateOnly, text)
	return t, err == nil
}

// renderSeen writes seen.yml. The same memory gives the same bytes.
func renderSeen(m curate.Memory) []byte {
	var w strings.Builder
	w.Grow(len(seenHead) + 240*len(m.Seen))
	w.WriteString(seenHead + "sites:\n")
	for _, id := range slices.Sorted(maps.Keys(m.Sites)) {
		r := rawSeen{Since: dayText(m.Sites[id].Since)}
		if m.Sites[id].Partial {
			r.Partial = "yes"
		}
		w.WriteString("  ")
		flowline.Write(&w, id, r.fields())
	}
	w.WriteString("dashboards:\n")
	for _, key := range slices.Sorted(maps.Keys(m.Seen)) {
		w.WriteString("  ")
		flowline.Write(&w, key, rawSeenOf(m.Seen[key]).fields())
	}
	return []byte(w.String())
}

// sameMemory reports whether two memories say the same.
func sameMemory(a, b curate.Memory) bool {
	return maps.Equal(a.Seen, b.Seen) && maps.Equal(a.Sites, b.Sites)
}
