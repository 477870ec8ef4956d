package decisions

import (
	"maps"
	"slices"
	"strings"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// seenName is what was there at the last review: the base of the Inbox.
const seenName = config.Dir + "/seen.yml"

const seenHead = `# What was there when somebody last looked at the Inbox: the next run tells what is
# new, renamed, moved or gone since. Written by darkroom, sorted, one line for each;
# commit it, so that all see the same news.
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

func (r *rawSeen) field(name string) *string {
	switch name {
	case "title":
		return &r.Title
	case "project":
		return &r.Project
	case "workbook":
		return &r.Workbook
	case "site":
		return &r.Site
	case "first":
		return &r.First
	case "reviewed":
		return &r.Reviewed
	case "by":
		return &r.By
	case "since":
		return &r.Since
	case "partial":
		return &r.Partial
	}
	return nil
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
		partial := ""
		if m.Sites[id].Partial {
			partial = "yes"
		}
		writeSeen(&w, id, "since", dayText(m.Sites[id].Since), "partial", partial)
	}
	w.WriteString("dashboards:\n")
	for _, key := range slices.Sorted(maps.Keys(m.Seen)) {
		r := rawSeenOf(m.Seen[key])
		writeSeen(&w, key, "title", quote(r.Title), "project", quote(r.Project), "workbook", quote(r.Workbook),
			"site", quote(r.Site), "first", r.First, "reviewed", r.Reviewed, "by", quote(r.By))
	}
	return []byte(w.String())
}

// writeSeen writes one line; fields that say nothing are left out.
func writeSeen(w *strings.Builder, key string, fields ...string) {
	if !isLUID(key) {
		key = quote(key)
	}
	w.WriteString("  " + key + ": {")
	comma := ""
	for i := 0; i < len(fields); i += 2 {
		if v := fields[i+1]; v != "" && v != `""` {
			w.WriteString(comma + fields[i] + ": " + v)
			comma = ", "
		}
	}
	w.WriteString("}\n")
}

// parseSeen reads seen.yml. Lines may stand in any order and a dashboard twice, as
// a merge in git leaves them: the later review counts.
func parseSeen(file string, data []byte) (curate.Memory, error) {
	p := seenParser{file: file, memory: curate.Memory{Seen: map[string]curate.Seen{}, Sites: map[string]curate.Known{}}}
	for n, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		p.line(n+1, strings.TrimRight(line, " \r"))
	}
	if len(p.problems) > 0 {
		return curate.Memory{}, disk.Join(p.problems)
	}
	return p.memory, nil
}

type seenParser struct {
	file, section string
	memory        curate.Memory
	problems      []error
}

func (p *seenParser) line(n int, line string) {
	fail := func(what, fix string) {
		p.problems = append(p.problems, &disk.Error{
			Kind: disk.ErrInvalid, File: p.file, Place: disk.Place{Line: n, Column: 1, Source: line}, What: what, Fix: fix,
		})
	}
	switch {
	case isRemark(line), line == seenVersion:
		return
	case isConflict(line):
		fail("an unresolved merge conflict", "take out the lines that git added, and keep all others")
		return
	case strings.HasPrefix(line, "version:"):
		fail("this darkroom reads "+seenVersion, newer)
		return
	case line == "sites:", line == "dashboards:":
		p.section = line
		return
	}
	var raw rawSeen
	key, ok := readLine(strings.TrimSpace(line), raw.field)
	if ok && line[0] == ' ' {
		if ok = p.entry(key, raw); ok {
			return
		}
	}
	fail("this line cannot be read", "take it out: what it was about comes to the Inbox again")
}

// entry takes one line in.
func (p *seenParser) entry(key string, raw rawSeen) bool {
	switch p.section {
	case "sites:":
		since, ok := parseDay(raw.Since)
		known := curate.Known{Since: since, Partial: raw.Partial == "yes"}
		if old, twice := p.memory.Sites[key]; twice {
			known.Partial = known.Partial && old.Partial
			if old.Since.Before(known.Since) {
				known.Since = old.Since
			}
		}
		p.memory.Sites[key] = known
		return ok && raw.Since != ""
	case "dashboards:":
		seen, ok := raw.seen()
		if old, twice := p.memory.Seen[key]; !twice || old.Reviewed.Before(seen.Reviewed) {
			p.memory.Seen[key] = seen
		}
		return ok && seen != curate.Seen{}
	}
	return false
}

// sameMemory reports whether two memories say the same.
func sameMemory(a, b curate.Memory) bool {
	return maps.Equal(a.Seen, b.Seen) && maps.Equal(a.Sites, b.Sites)
}
