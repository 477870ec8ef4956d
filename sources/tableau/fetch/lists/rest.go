package lists

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/session"
)

// RestList is a list of the REST API.
type RestList struct {
	Name         string // the path, too
	inner, words string
	query        url.Values
	loss         string // what is missing without it; with that a refusal is a gap, not a note
	Aside        bool   // not kept in the snapshot
}

// RestLists are those that are asked for. withFiles adds what facts of files need.
func RestLists(metadataOff, withFiles bool) []RestList {
	views := RestList{Name: "views", inner: "view", words: "usage of views", query: url.Values{"includeUsageStatistics": {"true"}}}
	sources := RestList{Name: "datasources", inner: "datasource", words: "addresses of data sources"}
	lists := []RestList{
		{Name: "projects", inner: "project", words: "projects", loss: "paths have only their last part"}, // the scope needs them
		{Name: "users", inner: "user", words: "users"},
	}
	if metadataOff {
		views.words, views.loss = "views", "dashboards are missing"
		sources.words, sources.loss = "published data sources", "they are missing"
		lists = append(lists, RestList{Name: "workbooks", inner: "workbook", words: "workbooks", loss: "all are missing", Aside: true})
	}
	lists = append(lists, views)
	if withFiles { // files name published data sources by address
		lists = append(lists, sources)
	}
	return lists
}

// Rest asks for a REST list to its end. What REST has is an addition: a
// refusal is noted where nothing is missing without it, and trouble makes the snapshot
// partial. Neither is kept, as a later fetch asks again.
func Rest(ctx context.Context, s *session.Session, r RestList) error {
	l := s.Found.Rest[r.Name]
	for !l.Ended {
		s.Progress(r.words, l.Len(), l.Total, false)
		number, _ := strconv.Atoi(l.Cursor)
		p, err := s.Client.ListPage(ctx, r.Name, r.query, r.Name, r.inner, number+1)
		if err != nil {
			switch {
			case ask.Forbidden(err) && number > 0:
				s.Found.GapForNow(fmt.Sprintf("%s: stopped after %s: %v", r.words, l.Count(), err))
			case ask.Forbidden(err) && r.loss != "":
				s.Found.GapForNow(fmt.Sprintf("%s: not for this account, %s: %v", r.words, r.loss, err))
			default:
				return s.RestTrouble(ctx, r.Name, r.words, err)
			}
			return nil
		}
		rec := gathered.RestRecord(r.Name)
		rec.Total, rec.Cursor = p.Total, strconv.Itoa(number+1)
		for _, o := range p.Items {
			rec.Nodes = append(rec.Nodes, pages.Raw([]string{canonical.JSON(o)})...)
		}
		// The server may change while we read: a page that brings nothing new is
		// the end, too.
		added := l.New(rec.Nodes)
		rec.End = p.Total < 0 && !p.Full || p.Total >= 0 && l.Len()+added >= p.Total || added == 0
		if err := s.Found.Keep(rec); err != nil {
			return err
		}
	}
	if l.Total > l.Len() {
		s.Found.GapForNow(fmt.Sprintf("%s: the server counts %d and gave %d", r.words, l.Total, l.Len()))
	}
	s.Progress(r.words, l.Len(), l.Total, true)
	return nil
}

// SiteName asks what the site is called; not every account may know.
func SiteName(ctx context.Context, s *session.Session) error {
	if !s.Fields.HasRoot("tableauSites") {
		return nil
	}
	a, err := s.Client.Query(ctx, "{tableauSites{name}}", nil)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if sites := a.Data.Get("tableauSites").Array(); err == nil && len(sites) == 1 {
		s.Found.SetName(sites[0].Get("name").String())
	}
	return nil
}
