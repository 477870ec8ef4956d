package refreshjob

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/refresh"
	"darkroom/sources/pause"
	"darkroom/sources/project/config"
	"darkroom/sources/project/refresher"
	"darkroom/sources/project/refreshes"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/project/workspace"
	"darkroom/sources/tableau/api"
)

// Options are what is asked for.
type Options struct {
	refresh.Options // Now is when the run begins
	Choice          refresh.Choice
	Window          refresh.Window
	Quota           refresh.Quota
	Wait            time.Duration // at most, over all sites
	DryRun          bool          // nothing is started or written
	Sites           []string      // names in darkroom.yml; none is every site
	Files           bool          // what was read is files of the command line, not the sites' snapshots
	Clock           func() time.Time
	Watch           func(syncjob.Event) // may be nil
	Say             func(site, line string)
}

// Report is what came of one site.
type Report struct {
	Name    string
	Site    *model.Site
	Err     error    // why it could not be asked, or the run ended early
	Unready bool     // Err is why it could not begin
	Notes   []string // sentences
	Results []refresher.Result
}

// toolKey is that of the one tool whose extracts are refreshed.
const toolKey = "tableau"

// ErrNoSite is the kind of error of names that are not sites.
var ErrNoSite = errors.New("no such site")

// Run looks at one site after another, since sites can share a token that has one session
// only; those without a snapshot are reported first. One that fails does not stop the
// others. The error is one of asking for secrets, of a name, or of ctx.
func Run(ctx context.Context, w *workspace.Workspace, from syncjob.Secrets, opt Options) ([]Report, error) {
	chosen, err := chosenSites(w, opt.Sites)
	if err != nil {
		return nil, err
	}
	extracts, err := refresh.Extracts(ctx, w.Graph, opt.Choice, opt.Window)
	if err != nil {
		return nil, err
	}
	bySite := map[*model.Site][]*refresh.Extract{}
	for _, x := range extracts {
		bySite[x.Site] = append(bySite[x.Site], x)
	}
	until := opt.Now.Add(opt.Wait)
	reports := unread(w, chosen, opt)
	for _, site := range w.Graph.Sites {
		conf, ok := configOf(w.Config, site)
		if ok && !slices.Contains(chosen, conf.Name) || !ok && len(opt.Sites) > 0 {
			continue
		}
		own := bySite[site]
		r := Report{Name: cmp.Or(conf.Name, site.Name), Site: site}
		if why := notAsked(site, conf); why != "" {
			// Where others have a server they are what is meant.
			if len(opt.Sites) == 0 && len(syncjob.WithServer(w.Config.Sites)) > 0 {
				r.Notes = []string{why}
			} else {
				r.Unready, r.Err = true, errors.New(why)
			}
		} else if len(own) > 0 {
			r.Err = r.visit(ctx, w, conf, own, from, until, opt)
		}
		if stop := syncjob.StoppedBy(r.Err); stop != nil {
			return reports, stop
		}
		reports = append(reports, r)
		if err := ctx.Err(); err != nil {
			return reports, err
		}
	}
	return reports, nil
}

// notAsked says why a site is not asked at all, "" where it is.
func notAsked(site *model.Site, conf config.Site) string {
	switch {
	case site.Tool != nil && site.Tool.Key != toolKey:
		return "darkroom does not refresh " + site.Tool.Title()
	case conf.Server == "":
		return config.Name + " names no server for it, so nothing is known of its extracts"
	}
	return ""
}

// unread are the sites with a server of which no snapshot was read: what their extracts
// read is not known.
func unread(w *workspace.Workspace, chosen []string, opt Options) (reports []Report) {
	read := map[string]bool{}
	for _, site := range w.Graph.Sites {
		if conf, ok := configOf(w.Config, site); ok {
			read[conf.Name] = true
		}
	}
	for _, s := range w.Config.Sites {
		if s.Server != "" && !read[s.Name] && !opt.Files && slices.Contains(chosen, s.Name) {
			reports = append(reports, Report{
				Name: s.Name, Site: &model.Site{Name: s.Name, Server: syncjob.PublicServer(s), ContentURL: s.Site}, Unready: true,
				Err: fmt.Errorf("it has no snapshot (%s), so what its extracts read is not known; run darkroom sync", s.Snapshot),
			})
		}
	}
	return reports
}

// chosenSites are the names of the sites that are asked for.
func chosenSites(w *workspace.Workspace, names []string) (chosen []string, err error) {
	sites, err := syncjob.Named(w.Config, names)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoSite, err)
	}
	for _, s := range sites {
		chosen = append(chosen, s.Name)
	}
	return chosen, nil
}

// configOf finds what darkroom.yml says of a site that was read.
func configOf(conf *config.Config, site *model.Site) (config.Site, bool) {
	i := slices.IndexFunc(conf.Sites, func(s config.Site) bool {
		return s.Name == site.Name || strings.EqualFold(s.Site, site.ContentURL) && strings.EqualFold(syncjob.PublicServer(s), site.Server) ||
			s.Server == "" && filepath.Base(s.Snapshot) == filepath.Base(site.File)
	})
	if i < 0 {
		return config.Site{}, false
	}
	return conf.Sites[i], true
}

// visit signs in to a site, judges its extracts, and starts what is due.
func (r *Report) visit(ctx context.Context, w *workspace.Workspace, conf config.Site, extracts []*refresh.Extract, from syncjob.Secrets, until time.Time, opt Options) error {
	if opt.Off {
		return r.judge(ctx, w, extracts, nil, opt)
	}
	server, cred, err := from.Of(ctx, w.Config, conf)
	if err != nil {
		r.Unready = true
		return err
	}
	cfg := api.Config{Server: server, Site: conf.Site, Credentials: cred, Refreshes: true, Now: opt.Clock}
	if opt.Watch != nil {
		cfg.OnWait = syncjob.WaitEvents(conf.Name, opt.Watch)
	}
	client, err := api.New(cfg)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close(ctx) }()
	info, err := client.Info(ctx)
	if err != nil {
		return err
	}
	if opt.Watch != nil {
		opt.Watch(syncjob.SignedInEvent(conf.Name, info, client.Warnings()))
	}
	store := refreshes.Open(w.Root)
	if opt.DryRun {
		store = refreshes.View(w.Root)
	}
	site := &refresher.Site{ID: r.Site.ID(), Client: client, Store: store, Clock: refresher.Clock{Now: opt.Clock, Sleep: pause.For}}
	if opt.Say != nil {
		site.Say = func(line string) { opt.Say(conf.Name, line) }
	}
	seen, err := site.Look(ctx, extracts)
	if err != nil {
		return err
	}
	r.Notes = site.Notes
	if err := r.judge(ctx, w, extracts, seen, opt); err != nil || opt.DryRun {
		return err
	}
	r.Results, err = site.Run(ctx, r.verdicts(), refresher.Limits{Quota: opt.Quota, Until: until, Flows: opt.Flows})
	r.Notes = site.Notes
	return err
}

// judge fills the report with verdicts, none of which is done yet: what is due first, in
// the order in which it is started.
func (r *Report) judge(ctx context.Context, w *workspace.Workspace, extracts []*refresh.Extract, seen map[refresh.Key]*refresh.Seen, opt Options) error {
	verdicts, err := refresh.Judge(ctx, w.Graph, extracts, func(x *refresh.Extract) *refresh.Seen {
		if k := seen[x.Key]; k != nil {
			return k
		}
		return &refresh.Seen{}
	}, opt.Options)
	if err != nil {
		return err
	}
	due := refresh.Ordered(verdicts, opt.Now)
	rest := slices.DeleteFunc(verdicts, func(v *refresh.Verdict) bool { return v.State == refresh.Due })
	for _, v := range append(due, rest...) {
		r.Results = append(r.Results, refresher.Result{Verdict: v, Status: refresher.Skipped})
	}
	return nil
}

func (r *Report) verdicts() (all []*refresh.Verdict) {
	for i := range r.Results {
		all = append(all, r.Results[i].Verdict)
	}
	return all
}
