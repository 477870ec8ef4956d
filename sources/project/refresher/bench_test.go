package refresher

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/refresh"
	"darkroom/sources/project/refreshes"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

// snapshot has the published source Orders, which reads fct; workbook Sales, whose extract reads Orders; workbook Dims, with an
// extract of dim and a live source of fct; workbook Live, which reads Orders live; and the published source Flowing, which the
// flow Nightly writes from fct. All extracts were refreshed at 06:00 on June 29.
const snapshot = `{"format":"darkroom-tableau-snapshot/1","fetched_at":"2026-06-29T07:00:00Z","server":"https://t.example.com","site":{"contentUrl":"shop","name":"Shop"},
"rest":{"views":[{"id":"d-sales","name":"Sales","contentUrl":"Sales/sheets/Sales","workbook":{"id":"l-sales"},"usage":{"totalViewCount":"10"}},
 {"id":"d-dims","name":"Dims","contentUrl":"Dims/sheets/Dims","workbook":{"id":"l-dims"},"usage":{"totalViewCount":"500"}}]},
"metadata":{
"workbooks":[{"id":"wSales","luid":"l-sales","name":"Sales","projectName":"P"},{"id":"wDims","luid":"l-dims","name":"Dims","projectName":"P"},{"id":"wLive","luid":"l-live","name":"Live","projectName":"P"}],
"dashboards":[{"id":"dSales","luid":"d-sales","name":"Sales","path":"Sales/Sales","workbook":{"id":"wSales"},"sheets":[{"id":"sSales"}]},
 {"id":"dDims","luid":"d-dims","name":"Dims","path":"Dims/Dims","workbook":{"id":"wDims"},"sheets":[{"id":"sDims"}]},
 {"id":"dLive","luid":"d-live","name":"Live","path":"Live/Live","workbook":{"id":"wLive"},"sheets":[{"id":"sLive"},{"id":"sFlow"}]}],
"sheets":[{"id":"sSales","name":"Sales","workbook":{"id":"wSales"},"parentEmbeddedDatasources":[{"id":"eSales"}]},
 {"id":"sDims","name":"Dims","workbook":{"id":"wDims"},"parentEmbeddedDatasources":[{"id":"eDim"},{"id":"eFct"}]},
 {"id":"sLive","name":"Live","workbook":{"id":"wLive"},"parentEmbeddedDatasources":[{"id":"eLive"}]},
 {"id":"sFlow","name":"Flow","workbook":{"id":"wLive"},"parentEmbeddedDatasources":[{"id":"eFlow"}]}],
"embeddedDatasources":[{"id":"eSales","name":"Orders","hasExtracts":true,"extractLastRefreshTime":"2026-06-29T06:00:00Z","workbook":{"id":"wSales"},"parentPublishedDatasources":[{"id":"pOrders"}]},
 {"id":"eDim","name":"Dim","hasExtracts":true,"extractLastRefreshTime":"2026-06-29T06:00:00Z","workbook":{"id":"wDims"},"upstreamTables":[{"id":"tDim"}]},
 {"id":"eFct","name":"Fct","hasExtracts":false,"workbook":{"id":"wDims"},"upstreamTables":[{"id":"tFct"}]},
 {"id":"eLive","name":"Orders","hasExtracts":false,"workbook":{"id":"wLive"},"parentPublishedDatasources":[{"id":"pOrders"}]},
 {"id":"eFlow","name":"Flowing","hasExtracts":false,"workbook":{"id":"wLive"},"parentPublishedDatasources":[{"id":"pFlow"}]}],
"publishedDatasources":[{"id":"pOrders","luid":"l-orders","name":"Orders","projectName":"P","hasExtracts":true,"extractLastRefreshTime":"2026-06-29T06:00:00Z","upstreamTables":[{"id":"tFct"}]},
 {"id":"pFlow","luid":"l-flowing","name":"Flowing","projectName":"P","hasExtracts":true,"extractLastUpdateTime":"2026-06-29T06:00:00Z","upstreamFlows":[{"id":"f"}]}],
"flows":[{"id":"f","luid":"l-f","name":"Nightly","upstreamTables":[{"id":"tFct"}]}],
"databaseTables":[{"id":"tFct","name":"fct","schema":"marts","fullName":"[marts].[fct]","connectionType":"postgres","database":{"name":"db"}},
 {"id":"tDim","name":"dim","schema":"marts","fullName":"[marts].[dim]","connectionType":"postgres","database":{"name":"db"}}]}}`

// sim is a clock that moves when it is slept on.
type sim struct {
	mu  sync.Mutex
	now time.Time
}

func (c *sim) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *sim) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(max(0, d))
	return ctx.Err()
}

// bench is a site, a project that was built at 08:00 on June 30, and darkroom at 12:00.
type bench struct {
	t       testing.TB
	clock   *sim
	server  *tableautest.Server
	trusted trust.Confirmed
	root    string
	project *model.Project
	site    *model.Site
	// What a run is asked for.
	opt    refresh.Options
	limits Limits
	wait   time.Duration
	window refresh.Window
	ctx    context.Context
	skew   time.Duration
	client *api.Client // nil: each run signs in by itself
}

const (
	stg, fct, dim = "model.shop.stg", "model.shop.fct", "model.shop.dim"
)

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, clock: &sim{now: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)}, root: t.TempDir(), window: refresh.Window(refresh.DefaultWindow), ctx: t.Context()}
	b.server = tableautest.New(tableautest.Options{
		Snapshots: [][]byte{[]byte(snapshot)}, Now: func() time.Time { return b.clock.Now().Add(b.skew) },
		Switches: tableautest.Switches{JobTakes: time.Minute, ManySessionsPerPAT: true, NoGzip: true},
	})
	site, _, err := tableau.Read(t.Context(), "site.json", []byte(snapshot))
	if err != nil {
		t.Fatal(err)
	}
	b.trusted, b.site = trusttest.Server(t, b.server.Serve(t)), site
	model1 := func(name string, parents ...string) model.Resource {
		return model.Resource{ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Materialized: "table", Database: "db", Schema: "marts"}, Extra: &model.ResourceExtra{Identifier: name}, DependsOn: parents}
	}
	b.project = &model.Project{Name: "shop", Adapter: "postgres", Resources: []model.Resource{model1("stg"), model1("fct", stg), model1("dim")}, Runs: map[string]model.Run{}}
	b.built(8, stg, fct, dim)
	b.limits.Quota = refresh.SiteQuota
	return b
}

// built has models built at an hour of June 30.
func (b *bench) built(hour int, ids ...string) {
	at := time.Date(2026, 6, 30, hour, 0, 0, 0, time.UTC)
	for _, id := range ids {
		b.project.Runs[id] = model.Run{Status: "success", EndedAt: at, BuiltAt: at}
	}
}

func (b *bench) result(id, status string) {
	r := b.project.Runs[id]
	r.Status = status
	b.project.Runs[id] = r
}

// pass is one darkroom refresh, up to the point where it starts something.
type pass struct {
	site     *Site
	verdicts []*refresh.Verdict
	client   *api.Client
}

func (b *bench) newClient() *api.Client {
	client, err := api.New(api.Config{
		Server: b.trusted, Site: "shop", Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
		WaitMin: time.Microsecond, WaitMax: time.Millisecond, Renewals: 100_000, Now: b.clock.Now, Refreshes: true,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return client
}

func (b *bench) look() (*pass, error) {
	client := b.client
	if client == nil {
		client = b.newClient()
	}
	p := &pass{client: client, site: &Site{ID: b.site.ID(), Client: client, Store: refreshes.Open(b.root), Clock: Clock{Now: b.clock.Now, Sleep: b.clock.Sleep}}}
	g, err := lineage.Build(b.ctx, []*model.Project{b.project}, []*model.Site{b.site}, lineage.Options{})
	if err != nil {
		return p, err
	}
	extracts, err := refresh.Extracts(b.ctx, g, refresh.Choice{}, b.window)
	if err != nil {
		return p, err
	}
	seen, err := p.site.Look(b.ctx, extracts)
	if err != nil {
		return p, err
	}
	opt := b.opt
	opt.Now, opt.Flows = b.clock.Now(), b.limits.Flows
	p.verdicts, err = refresh.Judge(b.ctx, g, extracts, func(x *refresh.Extract) *refresh.Seen { return seen[x.Key] }, opt)
	return p, err
}

func (b *bench) refresh() ([]Result, error) {
	p, err := b.look()
	if b.client == nil {
		defer func() { _ = p.client.Close(b.ctx) }()
	}
	if err != nil {
		return nil, err
	}
	limits := b.limits
	limits.Until = b.clock.Now().Add(b.wait)
	return p.site.Run(b.ctx, p.verdicts, limits)
}

// said is what results come to: "l-dims=success l-live=skipped:live".
func said(results []Result) string {
	var out []string
	for _, r := range results {
		word := string(r.Status)
		if r.Reason != "" {
			word += ":" + string(r.Reason)
		} else if r.Status == Skipped {
			word += ":" + string(r.Verdict.Code)
		}
		if r.Foreign && r.Status == Success {
			word += " by another"
		}
		out = append(out, strings.TrimPrefix(r.Verdict.Extract.LUID, "l-")+"="+word)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// started counts what the server was made to do by darkroom: "dims orders orders".
func (b *bench) started() string {
	var out []string
	for _, r := range b.server.Refreshed() {
		if !r.Foreign {
			out = append(out, strings.TrimPrefix(r.LUID, "l-"))
		}
	}
	return strings.Join(out, " ")
}

func (b *bench) want(results []Result, err error, want, started string) {
	b.t.Helper()
	got := said(results)
	for _, one := range strings.Split(want, ", ") {
		if one != "" && !slices.Contains(strings.Split(got, ", "), one) {
			b.t.Errorf("%v, want %s among %s", err, one, got)
		}
	}
	if b.started() != started {
		b.t.Errorf("started %q, want %q", b.started(), started)
	}
	for _, r := range results {
		if cmp.Or(r.Text, r.Verdict.Sentence()) == "" {
			b.t.Errorf("%s says nothing", r.Verdict.Extract.LUID)
		}
	}
	if b.t.Failed() {
		for _, r := range results {
			b.t.Log(fmt.Sprint(r.Verdict.Extract.LUID, " ", r.Status, " ", r.Reason, ": ", r.Text, "; ", r.Verdict.Code, " ", r.Verdict.Sentence()))
		}
	}
}
