package backend

import (
	"context"
	"log/slog"
	"time"

	"darkroom/model/curate"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/syncing"
	"darkroom/ui/explorer/write"
)

// logged is a backend that writes a line for each piece of work.
type logged struct {
	explorer.Backend
	log *slog.Logger
}

// Logged is a backend that writes what it does into a log.
func Logged(b explorer.Backend, log *slog.Logger) explorer.Backend { return logged{b, log} }

// did writes how a piece of work ended.
func (l logged) did(what string, began time.Time, err error) {
	if err != nil {
		l.log.Warn(what, "error", err.Error(), "seconds", time.Since(began).Seconds())
		return
	}
	l.log.Info(what, "seconds", time.Since(began).Seconds())
}

func (l logged) Load(ctx context.Context, report func(explorer.Progress), grow func(*lineage.Graph)) (explorer.Loaded, error) {
	began := time.Now()
	done, err := l.Backend.Load(ctx, report, grow)
	l.did("load", began, err)
	return done, err
}

func (l logged) Save(b *curate.Book) error {
	began := time.Now()
	err := l.Backend.Save(b)
	l.did("save", began, err)
	return err
}

func (l logged) Plan(ctx context.Context, b *curate.Book, answers write.Answers) (write.Plan, error) {
	began := time.Now()
	p, err := l.Backend.Plan(ctx, b, answers)
	l.did("plan", began, err)
	return p, err
}

func (l logged) Write(ctx context.Context, p write.Plan) error {
	began := time.Now()
	err := l.Backend.Write(ctx, p)
	l.did("write", began, err)
	return err
}

func (l logged) Fix(ctx context.Context, f ledger.Fix, by string, at time.Time, undo bool) (*lineage.Graph, error) {
	began := time.Now()
	g, err := l.Backend.Fix(ctx, f, by, at, undo)
	l.did("fix", began, err)
	return g, err
}

func (l logged) Sync(ctx context.Context, opt syncing.Options, report func(syncing.Progress)) error {
	began := time.Now()
	err := l.Backend.Sync(ctx, opt, report)
	l.did("sync", began, err)
	return err
}

func (l logged) Reload(ctx context.Context) (explorer.Reloaded, error) {
	began := time.Now()
	files, err := l.Backend.Reload(ctx)
	l.did("reload", began, err)
	return files, err
}
