// Package gathered is what one fetch has learned of a site so far: lists of objects,
// facts of files, gaps and notes. Everything comes as a record of package pages, just
// learned or left by an interrupted fetch. How it is asked for is not known here.
package gathered

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

// Site is used by several goroutines.
type Site struct {
	Lists   map[string]*List // of the Metadata API; the maps do not change, each list has one writer
	Rest    map[string]*List // of REST
	Files   Files
	Columns Columns

	earlier map[string]bool // paths of REST with something in them in the last snapshot
	pages   *pages.File

	mu          sync.Mutex
	incomplete  incomplete
	gaps        []string
	notes       []string
	connections map[string]string // workbook LUID → connections
	collections []string          // nil when they could not be asked for
	siteName    string
}

// New is a site of which nothing is known. Facts of files are taken in only
// withFiles. earlier are the paths of REST that the last snapshot has something from.
func New(lists, rest []string, kept *pages.File, withFiles bool, earlier map[string]bool) *Site {
	s := &Site{
		Lists: map[string]*List{}, Rest: map[string]*List{}, Files: newFiles(withFiles), Columns: newColumns(), earlier: earlier,
		pages: kept, connections: map[string]string{},
	}
	for _, name := range lists {
		s.Lists[name] = NewList(kept)
	}
	for _, name := range rest {
		s.Rest[name] = NewList(kept)
	}
	return s
}

// Names of lists in records.
const (
	restList        = "rest/"  // and the REST list
	filesList       = "files/" // and "workbooks" or "datasources", see FileRecord
	connectionsList = "connections"
)

// RestRecord is a page of a REST list.
func RestRecord(list string) pages.Record { return pages.Record{List: restList + list} }

// ConnectionsRecord has the connections of one workbook as JSON.
func ConnectionsRecord(workbook, connections string) pages.Record {
	return pages.Record{List: connectionsList, Nodes: pages.Raw([]string{connections}), Detail: []string{workbook}, Total: -1}
}

// Keep writes a record down for a later fetch and takes it in.
func (s *Site) Keep(r pages.Record) error {
	r, err := s.pages.Add(r)
	s.Apply(r)
	return err
}

// Apply takes a record in: one just learned, or one of an interrupted fetch.
func (s *Site) Apply(r pages.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, isFile := strings.CutPrefix(r.List, filesList)
	if isFile && !s.Files.wants(kind, r, s.Columns.wanted) {
		return // left by a sync that asked for other facts of files, and what belongs to them, too
	}
	member, isColumn := isColumns(r.List)
	if !s.Columns.wanted && (isColumn || r.Incomplete.IsOf(snapshot.ColumnsMark)) {
		return
	}
	if r.Gap != "" {
		s.gaps = appendNew(s.gaps, r.Gap)
	}
	if r.Incomplete != nil {
		s.incomplete.take(r.Incomplete)
	}
	switch {
	case isFile:
		s.Files.take(kind, r)
	case isColumn:
		s.Columns.take(member, r)
	case r.List == connectionsList:
		if len(r.Detail) == 1 && len(r.Nodes) == 1 {
			s.connections[r.Detail[0]] = string(r.Nodes[0])
		}
	default:
		if l := s.list(r.List); l != nil {
			l.take(r)
		}
	}
}

// list is that of a record, nil where it is not known.
func (s *Site) list(name string) *List {
	if rest, ok := strings.CutPrefix(name, restList); ok {
		return s.Rest[rest]
	}
	return s.Lists[name]
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// Gap is a sentence for Partial about what is kept: a later fetch does not ask for
// it again.
func (s *Site) Gap(sentence string) {
	_ = s.Keep(pages.Record{Gap: sentence}) // the next page meets the same error and reports it
}

// GapForNow is a gap that the next fetch may not have: it asks again.
func (s *Site) GapForNow(sentence string) { s.Apply(pages.Record{Gap: sentence}) }

// Note is a sentence for the user: nothing that makes the snapshot partial.
func (s *Site) Note(sentence string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = appendNew(s.notes, sentence)
}

// Withheld is what this account does not get from a path of REST. Where the last
// snapshot has something from there, that is missing now.
func (s *Site) Withheld(path, sentence string) {
	if s.HadEarlier(path) {
		s.GapForNow(sentence)
	} else {
		s.Note(sentence)
	}
}

// HadEarlier reports whether the last snapshot has something from a path of REST.
func (s *Site) HadEarlier(path string) bool { return s.earlier[strings.ToLower(path)] }

// Incomplete marks objects, or without ids the whole list, and is kept for a later
// fetch, which does not ask for them again. An object without an id is anything in
// the list.
func (s *Site) Incomplete(list, why string, ids ...string) {
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	_ = s.Keep(pages.Record{Incomplete: &pages.Incomplete{List: list, IDs: ids, Why: why}}) // the next page meets the same error and reports it
}

// IncompleteForNow marks what a later fetch asks for again.
func (s *Site) IncompleteForNow(list, why string, ids ...string) {
	s.Apply(pages.Record{Incomplete: &pages.Incomplete{List: list, IDs: ids, Why: why}})
}

// IncompleteObjects are the marked objects of a list, by id.
func (s *Site) IncompleteObjects(list string) map[string]string { return s.incomplete.objectsOf(list) }

// NotIndexed marks the whole site, once.
func (s *Site) NotIndexed(why string) {
	if !s.incomplete.hasList(model.EveryList) {
		s.Incomplete(model.EveryList, why)
	}
}

// Doubtful marks what an answer gave and says of itself that it is incomplete. It
// comes before what the answer gave is kept: a fetch that ends in between has a
// mark too many.
func (s *Site) Doubtful(list string, nodes gjson.Result, doubts []ask.Doubt, asked ...string) {
	all := nodes.Array()
	for _, d := range doubts {
		ids := slices.Clone(asked)
		if d.At >= 0 && d.At < len(all) {
			ids = []string{all[d.At].Get("id").String()}
		} else {
			for _, o := range all {
				ids = append(ids, o.Get("id").String())
			}
		}
		slices.Sort(ids)
		if ids = slices.Compact(ids); len(ids) > 0 {
			s.Incomplete(list, d.Why, ids...)
		}
	}
}

// HasConnections reports that the connections of a workbook are known.
func (s *Site) HasConnections(workbook string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections[workbook] != ""
}

// SetName says what the site is called.
func (s *Site) SetName(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.siteName = name
}

// SetCollections says which collections there are; empty, not nil, for none.
func (s *Site) SetCollections(entries []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.collections = entries
}

// Other is what is known beside lists and files.
type Other struct {
	SiteName    string
	Gaps, Notes []string // sorted
	Incomplete  []snapshot.Member
	Connections map[string]string // by LUID of the workbook, as JSON
	Collections []string          // nil when they could not be asked for
}

// Other copies it.
func (s *Site) Other() Other {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Other{
		SiteName: s.siteName, Gaps: slices.Sorted(slices.Values(s.gaps)), Notes: slices.Sorted(slices.Values(s.notes)),
		Incomplete: s.incomplete.members(), Connections: maps.Clone(s.connections), Collections: slices.Clone(s.collections),
	}
}
