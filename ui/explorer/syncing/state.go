package syncing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"darkroom/ui/text"
)

// State is what is known of the sync that runs in the background, or of the last
// one.
type State struct {
	Active bool
	Err    error // of the whole sync
	sites  []site
}

// Any reports that there is something to show.
func (s *State) Any() bool { return len(s.sites) > 0 || s.Err != nil }

// Take notes one message.
func (s *State) Take(p Progress) { s.site(p.Site).take(p) }

// site is what is known of one site.
type site struct {
	name   string
	line   string // the last message: signed in, waiting
	stages []Progress
	now    string // the stage that moved last
	result *Result
}

// site finds or makes the state of a site.
func (s *State) site(name string) *site {
	for i := range s.sites {
		if s.sites[i].name == name {
			return &s.sites[i]
		}
	}
	s.sites = append(s.sites, site{name: name})
	return &s.sites[len(s.sites)-1]
}

func (s *site) take(p Progress) {
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

// AllWritten reports that every site has a new snapshot.
func (s *State) AllWritten() bool {
	return !slices.ContainsFunc(s.sites, func(one site) bool { return one.result == nil || !one.result.Written })
}

// worse are the sites whose old snapshot was kept.
func (s *State) worse() (names []string) {
	for i := range s.sites {
		if r := s.sites[i].result; r != nil && r.OldKept {
			names = append(names, s.sites[i].name)
		}
	}
	return names
}

// Status is the line while a sync runs.
func (s *State) Status() string {
	if !s.Active {
		return ""
	}
	var parts []string
	for i := range s.sites {
		one := &s.sites[i]
		switch at := slices.IndexFunc(one.stages, func(p Progress) bool { return p.Stage == one.now }); {
		case one.result != nil:
		case at >= 0:
			parts = append(parts, one.name+": "+one.now+" "+text.Progress(one.stages[at].Done, one.stages[at].Total))
		default:
			parts = append(parts, one.name+": "+one.line)
		}
	}
	return text.Clean("syncing (R) " + strings.Join(parts, ", "))
}

// Summary is one line about a sync that ended.
func (s *State) Summary() string {
	if errors.Is(s.Err, context.Canceled) {
		return "sync stopped; what was fetched is kept, r resumes"
	}
	if nothing, ok := errors.AsType[*NothingToSync](s.Err); ok {
		return "read the files again; " + nothing.Why
	}
	if s.Err != nil {
		return "not synced: " + s.Err.Error()
	}
	for i := range s.sites {
		switch one := &s.sites[i]; {
		case one.result == nil:
		case one.result.Err != nil:
			return one.name + " was not synced; R shows why"
		case one.result.OldKept:
			return one.name + " kept its old snapshot, the answer was worse; R shows why"
		}
	}
	if n := len(s.sites); n != 1 {
		return "synced " + text.Count(n, "site")
	}
	return s.sites[0].name + ": " + s.sites[0].result.Changes
}

func (s *State) title() string {
	switch {
	case s.Active:
		return "Syncing"
	case errors.Is(s.Err, context.Canceled):
		return "Sync, stopped"
	}
	return "The last sync"
}
