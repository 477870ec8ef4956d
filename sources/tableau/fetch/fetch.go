package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/details"
	"darkroom/sources/tableau/fetch/files"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/lists"
	"darkroom/sources/tableau/fetch/offline"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
)

// Options of Fetch. The zero value is fine.
type Options struct {
	// Server and ContentURL are written into the snapshot; Name if Tableau does
	// not report the site's.
	Server, ContentURL, Name string
	// Download asks for the files of workbooks and published data sources of which
	// the metadata says too little (joinfiles.Wanted).
	Download bool
	// Columns asks for the columns that the fields of sheets come from.
	Columns bool
	// Earlier is what the last snapshot has: what files said of unchanged workbooks is
	// taken over, and what is refused now and was there then is a gap.
	Earlier Earlier
	// Scratch is a file for what has been fetched so far; "" keeps nothing.
	Scratch string
	// Progress is called from several goroutines, one call at a time.
	Progress func(Progress)

	FirstPage, MaxPage int // objects per question; default 50 and 1000
	Parallel           int // lists at the same time; default 4
	Now                func() time.Time
}

// Progress says how far a list is.
type Progress struct {
	Stage       string // "dashboards"
	Done, Total int    // Total is -1 while unknown
	Finished    bool
}

func (o Options) withDefaults() Options {
	if o.FirstPage <= 0 {
		o.FirstPage = 50
	}
	if o.MaxPage <= 0 {
		o.MaxPage = 1000
	}
	if o.Parallel <= 0 {
		o.Parallel = 4
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// fetcher is one fetch on its way.
type fetcher struct {
	*session.Session
	opt  Options
	info api.Info
	rest []lists.RestList
	kept *pages.File
}

// Fetch reads the site. An error means that there is no snapshot; what was
// fetched is kept in the scratch file, and the next Fetch goes on from there. The
// snapshot lists its gaps in Partial. Call Done when it is safe.
func Fetch(ctx context.Context, c *api.Client, opt Options) (*Snapshot, error) {
	opt = opt.withDefaults()
	info, err := c.Info(ctx)
	if err != nil {
		return nil, err
	}
	f := &fetcher{opt: opt, info: info, Session: &session.Session{
		Client: c, Download: opt.Download, Columns: opt.Columns, Earlier: opt.Earlier.Files, FirstPage: opt.FirstPage, MaxPage: opt.MaxPage, Parallel: opt.Parallel,
	}}
	if opt.Progress != nil {
		f.OnProgress = func(stage string, done, total int, finished bool) {
			opt.Progress(Progress{stage, done, total, finished})
		}
	}
	if f.Fields, err = plan.Introspect(ctx, c); err != nil {
		// With downloads a site can be read without the Metadata API.
		if !opt.Download || !offline.Is(err) {
			return nil, err
		}
		f.MetadataOff, f.Fields = true, &plan.ServerFields{}
	}
	resumed, err := f.resume()
	if err != nil {
		return nil, fmt.Errorf("keeping pages in %s: %w", opt.Scratch, err)
	}
	if err := f.run(ctx); err != nil {
		return nil, errors.Join(err, f.kept.Close(true))
	}
	s := f.snapshot()
	s.Resumed = resumed
	if err := f.kept.Err(); err != nil {
		return nil, errors.Join(err, f.kept.Close(true))
	}
	return s, nil
}

// resume takes in what an interrupted fetch left, and reports whether that was
// anything.
func (f *fetcher) resume() (bool, error) {
	var old iter.Seq[pages.Record]
	var err error
	f.kept, old, err = pages.Open(f.opt.Scratch, pages.Head{Fingerprint: f.fingerprint(), Started: f.opt.Now()})
	if err != nil {
		return false, err
	}
	f.rest = lists.RestLists(f.MetadataOff, f.opt.Download || !f.opt.Earlier.Files.Empty())
	var metadata, rest []string
	for _, list := range plan.Lists() {
		metadata = append(metadata, list.Name)
	}
	for _, list := range f.rest {
		rest = append(rest, list.Name)
	}
	f.Found = gathered.New(metadata, rest, f.kept, f.opt.Download, f.opt.Earlier.Known)
	if f.opt.Columns {
		f.Found.Columns.Want()
	}
	f.Asker = &ask.Asker{Client: f.Client, Report: f.Found, WithoutUndefined: f.Fields.WithoutUndefined}
	resumed := false
	for r := range old {
		f.Found.Apply(r)
		resumed = true
	}
	return resumed, nil
}

// fingerprint changes with everything that makes old pages unusable.
func (f *fetcher) fingerprint() string {
	h := sha256.New()
	fmt.Fprintln(h, "marks", f.info.Server, f.info.SiteID, f.info.UserID, f.info.REST)
	plan.WriteQuestions(h, f.Fields)
	return hex.EncodeToString(h.Sum(nil))
}

// job is something to ask for beside other things.
type job func(context.Context) error

// run asks for all lists, then for what depends on them.
func (f *fetcher) run(ctx context.Context) error {
	var jobs []job
	for _, list := range plan.Lists() {
		if f.Fields.HasRoot(list.Root()) {
			jobs = append(jobs, func(ctx context.Context) error { return lists.Metadata(ctx, f.Session, &list) })
		}
	}
	for _, list := range f.rest {
		jobs = append(jobs, func(ctx context.Context) error { return lists.Rest(ctx, f.Session, list) })
	}
	jobs = append(jobs,
		func(ctx context.Context) error { return lists.Collections(ctx, f.Session, f.info.REST) },
		func(ctx context.Context) error { return lists.SiteName(ctx, f.Session) })
	if err := f.do(ctx, jobs); err != nil {
		return err
	}
	if f.MetadataOff {
		return offline.Read(ctx, f.Session)
	}
	jobs = nil
	sheets := details.SheetsToLookAt(f.Found)
	for _, list := range plan.Lists() {
		closer := map[string]bool{}
		if list.Name == "sheets" {
			closer = sheets
		}
		jobs = append(jobs, func(ctx context.Context) error { return details.Read(ctx, f.Session, &list, closer) })
	}
	if err := f.do(ctx, jobs); err != nil {
		return err
	}
	if err := details.Connections(ctx, f.Session); err != nil {
		return err
	}
	if f.opt.Columns {
		if err := details.Columns(ctx, f.Session); err != nil {
			return err
		}
	}
	return f.readFiles(ctx)
}

func (f *fetcher) do(ctx context.Context, jobs []job) error {
	return session.Each(ctx, f.Session, jobs, func(ctx context.Context, j job) error { return j(ctx) })
}

// readFiles looks at what was fetched so far as a reader of the snapshot would: that
// says which files are worth reading.
func (f *fetcher) readFiles(ctx context.Context) error {
	if !f.opt.Download && f.opt.Earlier.Files.Empty() {
		return nil
	}
	site, err := f.snapshot().withoutFiles(ctx)
	if err != nil {
		return err
	}
	return files.Read(ctx, f.Session, site)
}
