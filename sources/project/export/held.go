package export

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure/merge"
	"darkroom/model/lineage"
	"darkroom/model/shellword"
	"darkroom/sources/project/workspace"
)

// held are entries that stay although nothing is planned for them.
type held struct {
	keep   []string
	gone   map[string]string // by the day on which they were first gone
	offers []merge.Item
	// unchecked are those in keep that belong to a site that is not loaded.
	unchecked []string
	kept      []Kept
}

// heldEntries looks at every entry without a candidate
// (model/exposure/CONTRACT.md#changes-over-time). What the BI tool still has and is not
// included goes, unless no decisions are kept where they were looked for. What a partial
// fetch did not bring, the scope hides or a site has that is not loaded, stays. What a
// complete fetch came without stays for the grace period, unless it was excluded; a site
// without any dashboard does not begin it.
func heldEntries(ctx context.Context, x *causes, pe projectExport, list []chosen, opt Options) held {
	w, h := x.w, held{gone: map[string]string{}}
	today := opt.Today
	entries := pe.disk.Entries()
	unplanned := withoutPlan(entries, list)
	complete, missing := complete(w), notLoaded(w)
	come := sync.OnceValue(func() newcomers { return newcomersOf(ctx, w, entries) }) // asked when something is gone
	undecided, emptied := x.undecidedHere(pe), map[string][]string{}
	for _, e := range unplanned {
		site := siteID(e)
		switch {
		case x.book.Get(e.Key).Decision == curate.Excluded:
		case x.outOfScope(e):
			h.keep = append(h.keep, e.Key)
		case x.present[e.Key]:
			if undecided.Why != "" && x.cause(e) == causeUndecided {
				h.keep = append(h.keep, e.Key)
				undecided.Names = append(undecided.Names, e.Name)
			}
		case missing(site):
			h.keep = append(h.keep, e.Key)
			h.unchecked = append(h.unchecked, e.Key)
		case !complete:
			h.keep = append(h.keep, e.Key)
		case x.emptySite(site) && !opt.Prune:
			h.keep = append(h.keep, e.Key)
			emptied[site] = append(emptied[site], e.Name)
		default:
			h.offers = append(h.offers, come().sameAs(e)...)
			if since := sinceWhen(e, today); !opt.Prune && daysSince(since, today) < w.Config.Export.Grace() {
				h.gone[e.Key] = since
			}
		}
	}
	h.kept = keptOf(undecided, emptied)
	return h
}

// withoutPlan are the entries for which nothing is to be exported.
func withoutPlan(entries []merge.Entry, list []chosen) (out []*merge.Entry) {
	planned := make(map[string]bool, len(list))
	for i := range list {
		planned[list[i].Key] = true
	}
	for i := range entries {
		if !planned[entries[i].Key] {
			out = append(out, &entries[i])
		}
	}
	return out
}

// complete: every configured site is loaded and none of them is partial.
func complete(w *workspace.Workspace) bool {
	return len(w.Graph.Sites) > 0 && len(w.Graph.Sites) >= len(w.Config.Sites) &&
		!slices.ContainsFunc(w.Graph.Sites, func(s *model.Site) bool { return len(s.Partial) > 0 })
}

// notLoaded says by its ID whether a site is not loaded. One whose ID is not
// known is taken for loaded when every configured site is.
func notLoaded(w *workspace.Workspace) func(id string) bool {
	loaded := map[string]bool{}
	for _, s := range w.Graph.Sites {
		loaded[strings.ToValidUTF8(s.ID(), "\ufffd")] = true // as it comes back from a file
	}
	loaded[""] = len(loaded) > 0 && len(loaded) >= len(w.Config.Sites)
	return func(id string) bool { return !loaded[id] }
}

// uncheckedDecisions are the dashboards to be exported from sites that are not loaded.
func (x *causes) uncheckedDecisions() map[string]bool {
	out := map[string]bool{}
	missing := notLoaded(x.w)
	for key, rec := range x.book.Records() {
		if rec.Decision == curate.Included && !x.present[key] && missing(rec.Site) {
			out[key] = true
		}
	}
	return out
}

// present are the keys of all that the loaded sites have, in scope or not; books are those
// of workbooks.
func present(w *workspace.Workspace, books map[workbookID]string) map[string]bool {
	n := len(books)
	for _, s := range w.Graph.Sites {
		n += len(s.Dashboards)
	}
	keys := make(map[string]bool, n)
	for _, s := range w.Graph.Sites {
		for i := range s.Dashboards {
			keys[w.Graph.Key(s, &s.Dashboards[i])] = true
		}
	}
	for _, key := range books {
		keys[key] = true
	}
	return keys
}

// newcomers are, by title, the candidates that have no entry yet.
type newcomers map[string][]*chosen

func newcomersOf(ctx context.Context, w *workspace.Workspace, entries []merge.Entry) newcomers {
	taken := make(map[string]bool, len(entries))
	for i := range entries {
		taken[entries[i].Key] = true
	}
	every, err := candidatesOf(ctx, w, func(*lineage.Dashboard) bool { return true })
	out := newcomers{}
	if err != nil {
		return out // the merge looks, too
	}
	for i := range every {
		if c := &every[i]; !taken[c.Key] {
			title := c.LooksTitle()
			out[title] = append(out[title], c)
		}
	}
	return out
}

// sameAs offers the dashboards that look like one that is gone and have no entry
// yet: when republished, they have another LUID.
func (n newcomers) sameAs(e *merge.Entry) []merge.Item {
	var out []merge.Item
	for _, c := range n[e.Title] {
		if !e.Looks(&c.Candidate) {
			continue
		}
		out = append(out, merge.Item{
			What: merge.SameAs, Key: c.Key, Name: e.Name, Title: e.Title, File: e.File,
			Note: fmt.Sprintf("gone, but a new dashboard has its title and place: darkroom adopt --same %s lets it take over", shellword.Item(e.Name+"="+c.Key)),
		})
	}
	return out
}
