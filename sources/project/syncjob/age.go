package syncjob

import (
	"context"
	"time"

	"darkroom/sources/project/config"
	"darkroom/sources/tableau"
)

// Age says when the snapshot of a site was fetched.
type Age struct {
	Name, Snapshot string
	At             time.Time // zero where it is not known
	Err            error     // why the snapshot cannot be read
}

// Older reports a snapshot that is older than a length of time, or of which that is not
// known.
func (a *Age) Older(than time.Duration, now time.Time) bool {
	return a.Err != nil || a.At.IsZero() || now.Sub(a.At) > than
}

// Ages reads when the snapshots of sites were fetched, and asks no server.
func Ages(ctx context.Context, conf *config.Config, sites []config.Site, opt Options) []Age {
	var ages []Age
	for _, s := range sites {
		file, name := File(conf, s), s.Snapshot
		if opt.Snapshot != "" {
			file, name = opt.Snapshot, opt.Snapshot
		}
		age := Age{Name: s.Name, Snapshot: name}
		loaded, err := tableau.Load(ctx, []string{file}, tableau.Options{})
		age.Err = err
		for _, site := range loaded {
			if age.At.IsZero() || site.FetchedAt.Before(age.At) {
				age.At = site.FetchedAt
			}
		}
		ages = append(ages, age)
	}
	return ages
}
