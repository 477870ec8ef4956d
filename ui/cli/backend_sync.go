package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/ui/explorer"
)

// Sync implements explorer.Backend.
func (b *backend) Sync(ctx context.Context, opt explorer.SyncOptions, report func(explorer.SyncProgress)) error {
	if !b.begin() {
		return context.Canceled
	}
	defer b.syncing.Done()
	if len(b.req.Tableau) > 0 {
		return &explorer.NothingToSync{Why: "the Tableau files of --tableau are shown, so no server was asked"}
	}
	conf, err := config.Load(b.workspace().Root)
	if err != nil {
		return err
	}
	sites := served(conf.Sites)
	if len(opt.Smaller) > 0 {
		sites = slices.DeleteFunc(sites, func(s config.Site) bool { return !slices.Contains(opt.Smaller, s.Name) })
	}
	if len(sites) == 0 {
		why := "no site has a server to ask; darkroom init sets one up"
		if b.demo != nil {
			why = "the example has no server; darkroom --demo --live serves one"
		}
		return &explorer.NothingToSync{Why: why}
	}
	var jobs []*syncJob
	for _, s := range sites {
		cred, err := b.credentials(s, opt.Secrets)
		var need *explorer.SecretNeeded
		if errors.As(err, &need) {
			return err
		}
		j := newSyncJob(conf, s, cred)
		j.unready = err
		j.AcceptSmaller = len(opt.Smaller) > 0
		jobs = append(jobs, j)
	}
	if err := decisions.KeepPrivate(conf.Root); err != nil {
		return err
	}
	w := &reporter{report: report}
	for _, j := range jobs {
		if j.unready == nil {
			w.tell(explorer.SyncProgress{Site: j.name, Line: "signing in to " + j.API.Server})
		}
	}
	_, errs := runJobs(ctx, jobs, w)
	for i, j := range jobs {
		if api.SignInRefused(errs[i]) {
			b.forget(j.name)
		}
	}
	return ctx.Err()
}

// credentials of a site: what the environment and the keyring have, or what a
// person typed since the start. The error is a *SecretNeeded where somebody may be
// asked, and says what to set where not.
func (b *backend) credentials(s config.Site, typed []explorer.Secret) (api.Credentials, error) {
	cred, _, err := b.find(s)
	var missing *secrets.Missing
	if err == nil || !errors.As(err, &missing) || !missing.Askable() {
		return cred, err
	}
	for _, t := range append(slices.Clone(typed), b.typed...) {
		if t.Site != s.Name {
			continue
		}
		cred, ok := missing.Typed(t.Name, t.Secret)
		if !ok {
			return cred, fmt.Errorf("nothing was entered; %w", err)
		}
		b.remember(t)
		return cred, nil
	}
	return cred, &explorer.SecretNeeded{Site: s.Name, Name: missing.Name, User: missing.User()}
}

// remember keeps what was typed for the next sync; see forget.
func (b *backend) remember(t explorer.Secret) {
	b.forget(t.Site)
	b.typed = append(b.typed, t)
}

// forget drops what was typed for a site, since the server refused it.
func (b *backend) forget(site string) {
	b.typed = slices.DeleteFunc(b.typed, func(k explorer.Secret) bool { return k.Site == site })
}

// Reload implements explorer.Backend.
func (b *backend) Reload(ctx context.Context) (explorer.Reloaded, error) {
	b.graph.Lock()
	defer b.graph.Unlock()
	w, err := b.workspace().Reload(ctx, b.req)
	if err != nil {
		return explorer.Reloaded{}, err
	}
	outlook := w.Outlook()
	b.mu.Lock()
	b.w = w
	b.mu.Unlock()
	return explorer.Reloaded{
		Title: w.Title(), Servers: len(served(w.Config.Sites)), Graph: w.Graph, Warnings: w.Warnings,
		Tell: func(book *curate.Book) int { return outlook.Apply(book, time.Now()) },
	}, nil
}

// reporter passes on what jobs tell, one message at a time; it is their watcher.
type reporter struct {
	mu     sync.Mutex
	report func(explorer.SyncProgress)
}

func (r *reporter) tell(p explorer.SyncProgress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report(p)
}

func (r *reporter) connected(site string, info api.Info, warnings []string) {
	line := fmt.Sprintf("signed in to %s, Tableau %s", info.Server, info.Product)
	for _, w := range warnings {
		line += "\nwarning: " + w
	}
	r.tell(explorer.SyncProgress{Site: site, Line: line})
}

func (r *reporter) progress(site string, p fetch.Progress) {
	r.tell(explorer.SyncProgress{Site: site, Stage: p.Stage, Done: p.Done, Total: p.Total, Ended: p.Finished})
}

func (r *reporter) waiting(site string) func(time.Duration, string) {
	return func(wait time.Duration, why string) {
		if wait >= noticeable {
			r.tell(explorer.SyncProgress{Site: site, Line: waitLine(wait, why)})
		}
	}
}

func (r *reporter) ended(j *syncJob, res fetch.Result, err error) {
	out := explorer.SyncResult{Err: err, Written: res.Written, Worse: res.Refused}
	if res.Snapshot != nil {
		out.Notes, out.Holes = res.Snapshot.Notes, res.Snapshot.Partial
	}
	switch {
	case errors.Is(err, context.Canceled):
		out.Err, out.Summary = nil, "stopped; what was fetched is kept"
	case res.Written:
		out.News, out.Summary = news(res), summary(j, res)
	}
	r.tell(explorer.SyncProgress{Site: j.name, Result: &out})
}
