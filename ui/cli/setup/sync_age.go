package setup

import (
	"context"
	"fmt"
	"time"

	"darkroom/model/amount"
	"darkroom/sources/project/syncjob"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// ages says how old the snapshots are, and finds fault with one that is older than it
// should be. It fetches nothing: a job that may not sign in can ask, too.
func ages(ctx context.Context, a *app.App, args []string, f *syncFlags) error {
	now := a.Today()
	limit, err := readLimit(f.failIfOlder, now)
	switch {
	case err != nil:
		return err
	case f.diff || f.acceptSmaller || f.download || f.columns:
		return app.Usage("--fail-if-older fetches nothing; leave out --diff, --accept-smaller, --download and --columns")
	case a.Demo:
		return app.Usage("--fail-if-older looks at the snapshots of a project; leave out --demo")
	}
	conf, sites, err := a.Configured(args)
	switch {
	case err != nil:
		return err
	case len(sites) == 0:
		return app.Usage("there is no site in darkroom.yml; darkroom init adds one")
	case f.snapshot != "" && len(sites) > 1:
		return app.Usage("--snapshot is for one site; name it")
	}
	old := false
	for _, age := range syncjob.Ages(ctx, conf, sites, syncjob.Options{Snapshot: f.snapshot}) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		isOld := age.Older(limit, now)
		fmt.Fprintln(a.Out, output.CleanLines(age.Name+": "+ageInWords(&age, isOld, f.failIfOlder, now)))
		old = old || isOld
	}
	if old {
		return app.Findings
	}
	return nil
}

// ageInWords says when a snapshot was fetched, and what to do where that is too long ago.
func ageInWords(age *syncjob.Age, old bool, limit string, now time.Time) string {
	if age.Err != nil {
		return age.Err.Error()
	}
	if age.At.IsZero() {
		return age.Snapshot + " does not say when it was fetched, so it may be older than " + limit + "; run darkroom sync"
	}
	ago := text.Ago(age.At, now) + " ago"
	if ago == "now ago" {
		ago = "just now"
	}
	says := "fetched " + age.At.UTC().Format("2006-01-02 15:04 UTC") + ", " + ago
	if old {
		says += ": that is older than " + limit + "; run darkroom sync"
	}
	return says
}

// readLimit reads 24h, 90m, 7d.
func readLimit(value string, now time.Time) (time.Duration, error) {
	if age, ok := amount.ReadAge(value); ok {
		return now.Sub(age.Before(now)), nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		return 0, app.Usage("--fail-if-older %q is not a length of time such as 24h, 90m or 7d", value)
	}
	return d, nil
}
