package explorer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"darkroom/ui/text"
)

// syncState is the sync that runs beside the screen, or the last one.
type syncState struct {
	run      int // messages of an older one are dropped
	active   bool
	cancel   context.CancelFunc
	messages <-chan syncMsg
	opt      SyncOptions
	sites    []siteSync
	err      error // of the whole sync

	newsBefore int // in the Inbox, when it began

	reloadDue bool       // files changed since they were read
	waiting   *reloadMsg // read, and kept until nothing on the screen points into the old graph
}

// siteSync is what is known of one site.
type siteSync struct {
	name   string
	line   string // said last: signed in, waiting
	stages []SyncProgress
	now    string // the stage that moved last
	result *SyncResult
}

// site finds or makes the state of a site.
func (s *syncState) site(name string) *siteSync {
	for i := range s.sites {
		if s.sites[i].name == name {
			return &s.sites[i]
		}
	}
	s.sites = append(s.sites, siteSync{name: name})
	return &s.sites[len(s.sites)-1]
}

func (s *siteSync) take(p SyncProgress) {
	switch {
	case p.Result != nil:
		s.result = p.Result
	case p.Stage == "":
		s.line, s.now = p.Line, "" // what is said now, until a list moves
	default:
		s.now = p.Stage
		for i := range s.stages {
			if s.stages[i].Stage == p.Stage {
				s.stages[i] = p
				return
			}
		}
		s.stages = append(s.stages, p)
	}
}

// written are the sites with a new snapshot.
func (s *syncState) written() (names []string) {
	for i := range s.sites {
		if r := s.sites[i].result; r != nil && r.Written {
			names = append(names, s.sites[i].name)
		}
	}
	return names
}

// worse are the sites whose old snapshot was kept.
func (s *syncState) worse() (names []string) {
	for i := range s.sites {
		if r := s.sites[i].result; r != nil && len(r.Worse) > 0 {
			names = append(names, s.sites[i].name)
		}
	}
	return names
}

// status is the line while a sync runs.
func (s *syncState) status() string {
	if !s.active {
		return ""
	}
	var parts []string
	for i := range s.sites {
		site := &s.sites[i]
		switch at := slices.IndexFunc(site.stages, func(p SyncProgress) bool { return p.Stage == site.now }); {
		case site.result != nil:
		case at >= 0:
			parts = append(parts, site.name+": "+site.now+" "+site.stages[at].count())
		default:
			parts = append(parts, site.name+": "+site.line)
		}
	}
	return text.Clean("syncing (R) " + strings.Join(parts, ", "))
}

func (p SyncProgress) count() string {
	if p.Total > p.Done {
		return fmt.Sprintf("%d of %d", p.Done, p.Total)
	}
	return fmt.Sprint(p.Done)
}

// summary is one line about a sync that ended.
func (s *syncState) summary() string {
	if errors.Is(s.err, context.Canceled) {
		return "sync stopped; what was fetched is kept, r goes on from there"
	}
	var nothing *NothingToSync
	if errors.As(s.err, &nothing) {
		return "read the files again; " + nothing.Why
	}
	if s.err != nil {
		return "not synced: " + s.err.Error()
	}
	for i := range s.sites {
		switch site := &s.sites[i]; {
		case site.result == nil:
		case site.result.Err != nil:
			return site.name + " was not synced; R says why"
		case len(site.result.Worse) > 0:
			return site.name + " kept its old snapshot, the answer was worse; R says why"
		}
	}
	if n := len(s.sites); n != 1 {
		return "synced " + text.Count(n, "site")
	}
	return s.sites[0].name + ": " + s.sites[0].result.News
}

func (s *syncState) title() string {
	switch {
	case s.active:
		return "Syncing"
	case errors.Is(s.err, context.Canceled):
		return "Sync, stopped"
	}
	return "The last sync"
}
