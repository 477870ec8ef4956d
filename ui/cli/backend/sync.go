package backend

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/syncing"
)

func (b *Backend) Sync(ctx context.Context, opt syncing.Options, report func(syncing.Progress)) error {
	if !b.begin() {
		return context.Canceled
	}
	defer b.syncing.Done()
	if len(b.req.Metadata) > 0 {
		return &syncing.NothingToSync{Why: "the Tableau files of --tableau are shown, so no server was asked"}
	}
	conf, err := config.Load(b.Workspace().Config.Root)
	if err != nil {
		return err
	}
	sites, err := syncjob.Named(conf, opt.Smaller)
	if err != nil {
		return err
	}
	if sites = syncjob.WithServer(sites); len(sites) == 0 {
		why := "no site has a server to ask; darkroom init sets one up"
		if b.demo != nil {
			why = "the example has no server; darkroom --demo --live serves one"
		}
		return &syncing.NothingToSync{Why: why}
	}
	jobs, err := syncjob.Prepare(ctx, conf, sites, syncjob.Options{AcceptWorse: len(opt.Smaller) > 0}, b.secrets(opt))
	if err != nil {
		return err
	}
	b.typed.ForgetRefused(syncjob.Run(ctx, jobs, func(e syncjob.Event) { report(progressOf(e)) }))
	return ctx.Err()
}

// secrets are those of the environment and the keyring, or what was typed for this sync
// or an earlier one. The explorer asks between two syncs, so asking ends this one.
func (b *Backend) secrets(opt syncing.Options) syncjob.Secrets {
	typed := opt.Secrets
	return syncjob.Secrets{Trust: b.trust(opt.Trust), Find: b.find, Ask: func(_ context.Context, missing *secrets.Missing) (name, secret string, err error) {
		if i := slices.IndexFunc(typed, func(t syncing.Secret) bool { return t.Site == missing.Site && t.Server == missing.Server }); i >= 0 {
			b.typed.Keep(missing, typed[i].Name, typed[i].Secret)
			return typed[i].Name, typed[i].Secret, nil
		}
		if name, secret, ok := b.typed.Of(missing); ok {
			return name, secret, nil
		}
		return "", "", &syncing.SecretNeeded{Site: missing.Site, Server: missing.Server, Name: missing.Name, User: missing.User()}
	}}
}

// trust goes by what you confirmed before, or by an answer to the very same question:
// darkroom.yml may have changed since it was asked.
func (b *Backend) trust(answers []syncing.Trust) syncjob.Trust {
	return syncjob.Trust{Own: b.demo.Server, Ask: func(_ context.Context, u *syncjob.Unconfirmed) (bool, error) {
		record := u.Server.Record()
		about := fmt.Sprintf("%+v", record)
		if i := slices.IndexFunc(answers, func(t syncing.Trust) bool { return t.About == about }); i >= 0 {
			return answers[i].Yes, nil
		}
		return false, &syncing.TrustNeeded{Site: u.Site, Server: u.Server.Address, Terms: record.Terms(), Known: u.Known, About: about}
	}}
}

func (b *Backend) Reload(ctx context.Context) (explorer.Reloaded, error) {
	b.graph.Lock()
	defer b.graph.Unlock()
	w, err := b.Workspace().Reload(ctx, b.req)
	if err != nil {
		return explorer.Reloaded{}, err
	}
	book, take, err := w.Store.Relock()
	if err != nil {
		return explorer.Reloaded{}, err
	}
	changed, err := changesOf(ctx, w)
	if err != nil {
		return explorer.Reloaded{}, err
	}
	outlook := w.Outlook()
	b.mu.Lock()
	b.w = w
	b.mu.Unlock()
	return explorer.Reloaded{
		Book: book, Changes: changed,
		Title: w.Title(), Servers: len(syncjob.WithServer(w.Config.Sites)), Graph: w.Graph, Warnings: w.Warnings,
		Apply: func(book *curate.Book) int {
			if take != nil {
				take()
			}
			return outlook.Apply(book, time.Now())
		},
	}, nil
}

// progressOf is an event as the explorer shows it.
func progressOf(e syncjob.Event) syncing.Progress {
	p := syncing.Progress{Site: e.Site, Line: strings.Join(e.SignedIn, "\n")}
	switch {
	case e.SigningIn != "":
		p.Line = "signing in to " + e.SigningIn
	case e.Waiting != nil:
		p.Line = e.Waiting.String()
	case e.Progress != nil:
		p.Stage, p.Done, p.Total, p.Ended = e.Progress.Stage, e.Progress.Done, e.Progress.Total, e.Progress.Finished
	case e.Ended != nil:
		p.Result = resultOf(e.Ended)
	}
	return p
}

func resultOf(r *syncjob.Report) *syncing.Result {
	out := &syncing.Result{
		Err: r.Err, Written: r.Written, Summary: r.Summary, Changes: r.Changes,
		OldKept: r.OldKept, Worse: r.Worse, Incomplete: r.Incomplete, Notes: r.Notes,
	}
	if r.Stopped {
		out.Err, out.Summary = nil, "stopped"
		if r.Kept {
			out.Summary = "stopped; what was fetched is kept"
		}
	}
	return out
}
