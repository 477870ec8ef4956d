// Package session is what all stages of one fetch work with: the connection, what was
// found so far, and how to go about it.
package session

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"darkroom/model/beside"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/snapshot"
)

// Session is one fetch.
type Session struct {
	Client *api.Client
	Asker  *ask.Asker
	Fields *plan.ServerFields // none where the Metadata API is off
	Found  *gathered.Site

	MetadataOff bool
	Download    bool           // read files
	Columns     bool           // keep the columns of sheets
	Earlier     snapshot.Files // of the last snapshot

	FirstPage, MaxPage int // objects per question
	Parallel           int // questions at the same time

	// OnProgress may be nil.
	OnProgress func(stage string, done, total int, finished bool)

	mu sync.Mutex // one progress at a time
}

// Progress says how far a stage is; total is -1 while unknown.
func (s *Session) Progress(stage string, done, total int, finished bool) {
	if s.OnProgress == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.OnProgress(stage, done, total, finished)
}

// Counter reports the progress of a stage of so many steps, which end in any order.
func (s *Session) Counter(stage string, total int) func() {
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		s.Progress(stage, done, total, done == total)
	}
}

// Each runs do for all items, some at a time, until the first error or the end of ctx.
func Each[T any](ctx context.Context, s *Session, items []T, do func(context.Context, T) error) error {
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(s.Parallel)
	for _, item := range items {
		group.Go(beside.Go(func() error {
			if within.Err() != nil {
				return context.Cause(within)
			}
			return do(within, item)
		}))
	}
	if err := beside.Throw(group.Wait()); err != nil {
		return err
	}
	return context.Cause(ctx) // even after the last item: what comes next would end anyway
}

// PageSize is how many objects to ask for at first.
func (s *Session) PageSize() ask.PageSize { return ask.PageSize{Now: s.FirstPage, Most: s.MaxPage} }

// RestTrouble decides what a failed call of a path of REST means; an error ends the
// fetch.
func (s *Session) RestTrouble(ctx context.Context, path, words string, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case ask.Hopeless(err):
		return err
	case ask.Forbidden(err):
		s.Found.Withheld(path, fmt.Sprintf("%s: not for this account: %v", words, err))
	default:
		s.Found.GapForNow(fmt.Sprintf("%s: %v", words, err))
	}
	s.Progress(words, 0, -1, true)
	return nil
}
