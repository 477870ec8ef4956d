package syncjob

import (
	"context"
	"errors"
	"time"

	"darkroom/model/sitediff"
	"darkroom/sources/tableau"
)

// ErrNotTwoSites is the error of comparing files that hold not one site each.
var ErrNotTwoSites = errors.New("two snapshots of one site each are compared")

// Comparison is what changed between two snapshots.
type Comparison struct {
	Name       string // of the site, and since when
	Diff       sitediff.Diff
	Incomplete []string // what either lacks
}

// Compare reads two snapshots and asks no server.
func Compare(ctx context.Context, older, newer string) (Comparison, error) {
	sites, err := tableau.Load(ctx, []string{older, newer}, tableau.Options{})
	if err != nil {
		return Comparison{}, err
	}
	if len(sites) != 2 {
		return Comparison{}, ErrNotTwoSites
	}
	c := Comparison{Name: sites[1].Name}
	if c.Diff, err = sitediff.Compare(ctx, sites[0], sites[1]); err != nil {
		return Comparison{}, err
	}
	for _, s := range sites {
		for _, why := range s.Partial {
			c.Incomplete = append(c.Incomplete, s.File+" is incomplete: "+why)
		}
	}
	if t := sites[0].FetchedAt; !t.IsZero() {
		c.Name += " since " + t.UTC().Format(time.DateTime) + " UTC"
	}
	return c, nil
}
