package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"darkroom/sources/tableau/api"
)

// Options of Fetch. The zero value is fine.
type Options struct {
	// Server and ContentURL are written into the snapshot; Name if Tableau does
	// not tell the site's.
	Server, ContentURL, Name string
	// Download asks for the files of workbooks and published data sources of which
	// the metadata tells too little (joinfiles.Wanted).
	Download bool
	// Earlier is what the last snapshot has: what files told of unchanged workbooks is
	// taken over, and what is refused now and was told then is a hole.
	Earlier Earlier
	// Scratch is a file for what has been fetched so far; "" keeps nothing.
	Scratch string
	// Progress is called from several goroutines, one call at a time.
	Progress func(Progress)

	FirstPage, MaxPage int // objects per question; default 50 and 500
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
		o.MaxPage = 500
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
	client  *api.Client
	opt     Options
	schema  *schema
	off     bool // the Metadata API is; schema is empty then
	scratch *scratch
	lists   map[string]*list // Metadata API; the maps do not change, each list has one writer
	rest    map[string]*list
	closer  map[string]bool // list and id of what needs a second look for another list's sake

	silence atomic.Int32 // questions in a row that got no answer

	mu        sync.Mutex
	marks     marks
	holes     []string
	notes     []string
	connected map[string]string // workbook LUID → connections
	collected []string          // collections; nil when they could not be asked for
	siteName  string
	files     files
}

// Fetch reads the site. An error means that there is no snapshot; what was
// fetched is kept in the scratch file, and the next Fetch goes on from there. The
// snapshot tells its holes in Partial. Call Done when it is safe.
func Fetch(ctx context.Context, c *api.Client, opt Options) (*Snapshot, error) {
	f := &fetcher{
		client: c, opt: opt.withDefaults(), lists: map[string]*list{}, rest: map[string]*list{},
		closer: map[string]bool{}, connected: map[string]string{}, files: newFiles(),
	}
	info, err := c.Info(ctx)
	if err != nil {
		return nil, err
	}
	if f.schema, err = introspect(ctx, c, allTypes()); err != nil {
		if err := f.withoutMetadata(err); err != nil {
			return nil, err
		}
	}
	var old []record
	f.scratch, old, err = openScratch(opt.Scratch, head{f.fingerprint(info), f.opt.Now()})
	if err != nil {
		return nil, fmt.Errorf("keeping pages in %s: %w", opt.Scratch, err)
	}
	for _, st := range stages() {
		f.lists[st.list] = newList()
	}
	for _, r := range f.restLists() {
		f.rest[r.list] = newList()
	}
	for _, r := range old {
		f.apply(r)
	}
	if err := f.run(ctx, info.REST); err != nil {
		return nil, errors.Join(err, f.scratch.close(true))
	}
	s := f.snapshot()
	s.Resumed = len(old) > 0
	return s, nil
}

func allTypes() []string {
	types := []string{"Query"}
	for _, st := range stages() {
		types = append(types, st.typ)
		for _, text := range []string{st.want, st.detail} {
			sel, err := parseSelection(text)
			if err == nil {
				types = sel.types(types)
			}
		}
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// fingerprint changes with everything that makes old pages unusable.
func (f *fetcher) fingerprint(info api.Info) string {
	h := sha256.New()
	fmt.Fprintln(h, "marks", info.Server, info.SiteID, info.UserID, info.REST)
	for _, st := range stages() {
		for _, text := range []string{st.want, st.detail} {
			if sel, err := parseSelection(text); err == nil {
				fmt.Fprintln(h, st.list, sel.graphql(st.typ, f.schema, ""))
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// run asks for all lists, then for what depends on them.
func (f *fetcher) run(ctx context.Context, v api.Version) error {
	var jobs []func(context.Context) error
	for _, st := range stages() {
		if f.schema.hasRoot(st.list + "Connection") {
			jobs = append(jobs, func(ctx context.Context) error { return f.pages(ctx, &st) })
		}
	}
	for _, r := range f.restLists() {
		jobs = append(jobs, func(ctx context.Context) error { return f.restPages(ctx, r) })
	}
	jobs = append(jobs, func(ctx context.Context) error { return f.collections(ctx, v) }, f.nameOfSite)
	if err := f.do(ctx, jobs); err != nil {
		return err
	}
	if f.off {
		return f.fromFiles(ctx)
	}
	f.lookCloser()
	jobs = nil
	for _, st := range stages() {
		jobs = append(jobs, func(ctx context.Context) error { return f.details(ctx, &st) })
	}
	if err := f.do(ctx, jobs); err != nil {
		return err
	}
	if err := f.connections(ctx); err != nil {
		return err
	}
	return f.lookInside(ctx)
}

func (f *fetcher) do(ctx context.Context, jobs []func(context.Context) error) error {
	return each(ctx, f.opt.Parallel, jobs, func(ctx context.Context, job func(context.Context) error) error { return job(ctx) })
}

// each runs do for all items, some at a time, until the first error.
func each[T any](ctx context.Context, parallel int, items []T, do func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	queue := make(chan T)
	for range min(parallel, len(items)) {
		wg.Go(func() {
			for item := range queue {
				if err := do(ctx, item); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, item := range items {
		select {
		case queue <- item:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(queue)
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// nameOfSite asks what people call the site; not every account may know.
func (f *fetcher) nameOfSite(ctx context.Context) error {
	if !f.schema.hasRoot("tableauSites") {
		return nil
	}
	a, err := f.client.Query(ctx, "{tableauSites{name}}", nil)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if sites := a.Data.Get("tableauSites").Array(); err == nil && len(sites) == 1 {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.siteName = sites[0].Get("name").String()
	}
	return nil
}

func (f *fetcher) progress(stage string, done, total int, finished bool) {
	if f.opt.Progress == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.opt.Progress(Progress{stage, done, total, finished})
}

func asError(err error, to **api.Error) bool { return errors.As(err, to) }

func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}
