package lists

import (
	"cmp"
	"context"
	"fmt"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
)

// Page is what one answer said of a list.
type Page struct {
	Nodes  []string // canonical JSON
	Total  int      // as the server counts; -1 while unknown
	Cursor string   // of the next page
	More   bool     // there is one
	Nulls  int      // entries that were left out
}

// ReadPage reads one; it reports false when there is nothing that paging could go on with.
func ReadPage(v gjson.Result) (Page, bool) {
	info := v.Get("pageInfo")
	if !info.Get("hasNextPage").IsBool() {
		return Page{}, false
	}
	p := Page{Total: -1, Cursor: info.Get("endCursor").String(), More: info.Get("hasNextPage").Bool()}
	if n := v.Get("totalCount"); n.Type == gjson.Number {
		p.Total = int(n.Int())
	}
	for _, o := range v.Get("nodes").Array() {
		if !o.IsObject() {
			p.Nulls++
			continue
		}
		p.Nodes = append(p.Nodes, canonical.JSON(o))
	}
	return p, true
}

// Metadata asks for a list to its end.
func Metadata(ctx context.Context, s *session.Session, list *plan.List) error {
	found := s.Found.Lists[list.Name]
	query, err := list.PageQuery(s.Fields)
	if err != nil {
		return err
	}
	size := s.PageSize()
	again := false // begun again because the cursor was refused
	for !found.Ended {
		s.Progress(list.Words, found.Len(), found.Total, false)
		vars := map[string]any{"first": size.Now}
		if found.Cursor != "" {
			vars["after"] = found.Cursor
		}
		out, err := s.Asker.Ask(ctx, list.Words, query, vars)
		switch {
		case err != nil:
			return err
		case out.Verdict == ask.TooMuch && size.Shrink():
			continue
		case out.Verdict == ask.TooMuch:
			if out, err = salvage(ctx, s, list, out, vars); err != nil {
				return err
			}
		case out.Verdict == ask.Refused && found.Cursor != "" && !again:
			again, found.Cursor = true, ""
			continue
		}
		size.After(out.Verdict)
		if err := takePage(s, list, found, out); err != nil {
			return err
		}
	}
	if found.Total > found.Len() {
		why := fmt.Sprintf("the server counts %d and gave %d", found.Total, found.Len())
		s.Found.GapForNow(list.Words + ": " + why)
		s.Found.IncompleteForNow(list.Name, why)
	}
	s.Progress(list.Words, found.Len(), found.Total, true)
	return nil
}

// takePage adds a page and moves on, or ends the list with a gap. A cursor that does
// not move would never end; an empty page ends nothing (sources/tableau/API.md#pages).
func takePage(s *session.Session, list *plan.List, found *gathered.List, out ask.Outcome) error {
	p, ok := ReadPage(out.Data.Get("list"))
	if !ok || out.Verdict == ask.Refused {
		why := fmt.Sprintf("stopped after %s: %s", found.Count(), cmp.Or(out.Why, "the answer has no pages"))
		s.Found.GapForNow(list.Words + ": " + why)
		s.Found.IncompleteForNow(list.Name, why)
		found.Ended = true
		return nil
	}
	if p.Nulls > 0 {
		s.Found.Gap(fmt.Sprintf("%s: the server left out entries of a page", list.Words))
		s.Found.Incomplete(list.Name, "the server left out entries of a page")
	}
	stuck := p.More && (p.Cursor == "" || p.Cursor == found.Cursor || found.Pages > 10_000+3*p.Total)
	if stuck {
		why := fmt.Sprintf("the server repeats a page after %d", found.Len()+len(p.Nodes))
		s.Found.Gap(list.Words + ": " + why)
		s.Found.Incomplete(list.Name, why)
	}
	if out.Verdict == ask.Answered {
		s.Found.Doubtful(list.Name, out.Data.Get("list.nodes"), out.Doubts)
	}
	r := pages.Record{List: list.Name, Nodes: pages.Raw(p.Nodes), Total: p.Total, Cursor: p.Cursor, End: stuck || !p.More}
	return s.Found.Keep(r)
}

// salvage is for a single object that is too much: what came of it is kept, or at
// least its name, and either is marked.
func salvage(ctx context.Context, s *session.Session, list *plan.List, out ask.Outcome, vars map[string]any) (ask.Outcome, error) {
	if p, ok := ReadPage(out.Data.Get("list")); ok && len(p.Nodes) > 0 {
		found := s.Found.Lists[list.Name]
		for _, node := range p.Nodes { // two, where pages overlap; the first of them came before
			if len(found.Entry(gjson.Get(node, "id").String())) < len(node) {
				Incomplete(s, list, node, out.Why)
			}
		}
		return out, nil
	}
	if ask.Unreachable(out.Lost) {
		return out, out.Lost
	}
	query, err := list.BareQuery(s.Fields)
	if err != nil {
		return out, err
	}
	bare, err := s.Asker.Ask(ctx, list.Words, query, vars)
	if err != nil {
		return out, err
	}
	p, ok := ReadPage(bare.Data.Get("list"))
	if !ok || bare.Verdict != ask.Answered {
		out.Verdict = ask.Refused
		return out, nil
	}
	for _, node := range p.Nodes {
		Incomplete(s, list, node, out.Why)
	}
	return bare, nil
}

// Incomplete marks an object of a list.
func Incomplete(s *session.Session, list *plan.List, entry, why string) {
	o := gjson.Parse(entry)
	id := o.Get("id").String()
	s.Found.Gap(fmt.Sprintf("%s: %s (%s) is incomplete: %s", list.Words, model.QuotedName(o.Get("name").String()), id, why))
	s.Found.Incomplete(list.Name, why, id)
}
