package workspace

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
)

// chosen is a candidate and the dashboards whose decisions it comes from.
type chosen struct {
	exposure.Candidate
	keys []string
}

func candidates(list []chosen) []exposure.Candidate {
	out := make([]exposure.Candidate, len(list))
	for i := range list {
		out[i] = list[i].Candidate
	}
	return out
}

// chosen makes a candidate of every dashboard to be exported, or of every
// workbook that has one.
func (w *Workspace) chosen(book *curate.Book, all bool) []chosen {
	return w.candidates(func(d *lineage.Dashboard) bool {
		linked, _ := d.Counts()
		decision := book.Effective(d.Key)
		return decision == curate.Included || all && linked > 0 && decision != curate.Excluded
	})
}

// candidates are made of the dashboards that pick takes, at the level of the
// configuration.
func (w *Workspace) candidates(pick func(*lineage.Dashboard) bool) []chosen {
	var out []chosen
	at := map[string]int{} // workbook key → index in out
	for _, d := range w.Graph.Dashboards() {
		if !pick(d) {
			continue
		}
		c := chosen{w.candidate(d), []string{d.Key}}
		if w.Config.Export.Level != LevelWorkbook || d.Workbook == nil {
			out = append(out, c)
			continue
		}
		c.Key = workbookKey(d.Site, d.Workbook)
		i, again := at[c.Key]
		if !again {
			at[c.Key] = len(out)
			c.Dashboard = nil
			c.URL = model.WorkbookURL(d.Site, d.Workbook)
			out = append(out, c)
			continue
		}
		first := &out[i]
		first.keys = append(first.keys, d.Key)
		first.Parents = append(first.Parents, c.Parents...)
		first.Incomplete = append(first.Incomplete, c.Incomplete...)
		first.Undecided += c.Undecided
	}
	return out
}

func (w *Workspace) candidate(d *lineage.Dashboard) exposure.Candidate {
	c := exposure.Candidate{
		Key: d.Key, Site: d.Site, Workbook: d.Workbook, Dashboard: d.Dashboard,
		ContainerPath: d.ContainerPath, URL: d.URL(),
	}
	for i := range d.Links {
		l := &d.Links[i]
		switch {
		case l.Resource != lineage.None:
			n := w.Graph.Node(l.Resource)
			c.Parents = append(c.Parents, exposure.Parent{Resource: n.Resource, Project: n.Project})
		case l.Open():
			c.Undecided++
		}
	}
	c.Incomplete = ledger.IncompleteBecause(d)
	return c
}

// workbookKey is to a workbook what model.Site.Key is to a dashboard.
func workbookKey(s *model.Site, wb *model.Workbook) string {
	if wb.LUID != "" {
		return strings.ToLower(wb.LUID)
	}
	return s.ID() + "/" + wb.ID
}

// held are entries that stay although nothing is planned for them.
type held struct {
	keep   []string
	gone   map[string]string // by the day on which they were first gone
	offers []exposure.Item
	// unchecked are those in keep whose site is not loaded.
	unchecked []string
}

// held looks at every entry without a candidate (facts/matching.md §5.5). What
// Tableau still has and nobody ticks goes. What a partial fetch did not bring, the
// scope hides or a site has that is not loaded, stays. What a complete fetch came without stays for the grace
// period, unless it was excluded.
func (w *Workspace) held(entries []exposure.Entry, list []chosen, book *curate.Book, opt ExportOptions) held {
	h := held{gone: map[string]string{}}
	today := opt.Today
	if today.IsZero() {
		today = time.Now()
	}
	planned := map[string]bool{}
	for i := range list {
		planned[list[i].Key] = true
	}
	present, whole, missing := w.present(), w.whole(), w.notLoaded()
	for i := range entries {
		e := &entries[i]
		decision := book.Get(e.Key).Decision
		_, shown := w.Graph.Dashboard(e.Key)
		switch {
		case planned[e.Key], decision == curate.Excluded:
		case present[e.Key]:
			if !shown && decision == curate.Included && w.Config.Export.Level == LevelDashboard {
				h.keep = append(h.keep, e.Key) // out of scope
			}
		case missing((&model.Site{Server: e.Server, ContentURL: e.Site}).ID()):
			h.keep = append(h.keep, e.Key)
			h.unchecked = append(h.unchecked, e.Key)
		case !whole:
			h.keep = append(h.keep, e.Key)
		default:
			since := e.State.Gone
			if since == "" {
				since = today.UTC().Format(time.DateOnly)
			}
			h.offers = append(h.offers, w.sameAs(e, entries)...)
			if !opt.Prune && daysSince(since, today) < w.Config.Export.Grace() {
				h.gone[e.Key] = since
			}
		}
	}
	return h
}

// daysSince counts whole days; a day that cannot be read is today.
func daysSince(day string, today time.Time) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return int(today.Sub(t).Hours() / 24)
}

// whole: every configured site is loaded and none of them is partial.
func (w *Workspace) whole() bool {
	return len(w.Graph.Sites) > 0 && len(w.Graph.Sites) >= len(w.Config.Sites) &&
		!slices.ContainsFunc(w.Graph.Sites, func(s *model.Site) bool { return len(s.Partial) > 0 })
}

// notLoaded tells by its ID whether a site is not loaded. One whose ID is not
// known is taken for loaded when every configured site is.
func (w *Workspace) notLoaded() func(id string) bool {
	loaded := map[string]bool{}
	for _, s := range w.Graph.Sites {
		loaded[strings.ToValidUTF8(s.ID(), "\ufffd")] = true // as it comes back from a file
	}
	loaded[""] = len(loaded) > 0 && len(loaded) >= len(w.Config.Sites)
	return func(id string) bool { return !loaded[id] }
}

// uncheckedDecisions are the dashboards to be exported whose site is not loaded.
func (w *Workspace) uncheckedDecisions(book *curate.Book) map[string]bool {
	out := map[string]bool{}
	present, missing := w.present(), w.notLoaded()
	for key, rec := range book.All() {
		if rec.Decision == curate.Included && !present[key] && missing(rec.Site) {
			out[key] = true
		}
	}
	return out
}

// present are the keys of all that the loaded sites have, in scope or not.
func (w *Workspace) present() map[string]bool {
	keys := map[string]bool{}
	for _, s := range w.Graph.Sites {
		for i := range s.Dashboards {
			keys[s.Key(&s.Dashboards[i])] = true
		}
		for i := range s.Workbooks {
			keys[workbookKey(s, &s.Workbooks[i])] = true
		}
	}
	return keys
}

// sameAs offers the dashboards that look like one that is gone and have no entry
// yet: published anew, they have another LUID.
func (w *Workspace) sameAs(e *exposure.Entry, entries []exposure.Entry) []exposure.Item {
	var out []exposure.Item
	for _, c := range w.candidates(func(*lineage.Dashboard) bool { return true }) {
		taken := slices.ContainsFunc(entries, func(o exposure.Entry) bool { return o.Key == c.Key })
		if taken || !e.Looks(&c.Candidate) {
			continue
		}
		out = append(out, exposure.Item{
			What: exposure.SameAs, Key: c.Key, Name: e.Name, Title: e.Title, File: e.File,
			Note: fmt.Sprintf("gone, but a new dashboard has its title and place: darkroom adopt --same %s=%s lets it take over", e.Name, c.Key),
		})
	}
	return out
}
