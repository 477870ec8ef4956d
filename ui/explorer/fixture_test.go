package explorer

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model"
	"darkroom/model/change"
	"darkroom/model/curate"
	"darkroom/model/exposure"
	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/match"
	"darkroom/model/outlook"
	"darkroom/model/selector"
	"darkroom/sources/tableau/tool"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/syncing"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/write"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

// shop is a small project: raw.orders → stg_orders → fct_orders, dim_customers,
// fct_returns, and one model that no dashboard reads.
func shop() *model.Project {
	m := func(name, folder string, parents ...string) model.Resource {
		return model.Resource{
			ID: "model.shop." + name, Kind: model.KindModel, Name: name, Common: &model.Common{Package: "shop", Materialized: "table", Database: "shop", Schema: "marts", Access: "protected"},
			Extra: &model.ResourceExtra{Identifier: name, RelationName: `"shop"."marts"."` + name + `"`, Description: "All about " + name + "."},
			Path:  "models/" + folder + "/" + name + ".sql", DependsOn: parents,
		}
	}
	return &model.Project{
		Name: "shop", Adapter: "postgres", DbtVersion: "1.12.0",
		Resources: []model.Resource{
			{
				ID: "source.shop.raw.orders", Kind: model.KindSource, Name: "orders", Common: &model.Common{SourceName: "raw", Package: "shop", Database: "shop", Schema: "raw"},
				Extra: &model.ResourceExtra{Identifier: "orders", RelationName: `"shop"."raw"."orders"`}, Path: "models/raw.yml",
			},
			m("stg_orders", "staging", "source.shop.raw.orders"),
			m("fct_orders", "marts", "model.shop.stg_orders"),
			m("fct_returns", "marts", "model.shop.stg_orders"),
			m("dim_customers", "marts"),
			m("nobody_reads_me", "marts"),
		},
	}
}

// tower is a small site: two workbooks, five dashboards, one of them on a table
// that dbt does not know, one with a hostile title.
func tower() *model.Site {
	table := func(name string) model.Table {
		return model.Table{ID: "t-" + name, Name: name, Place: &model.Place{Schema: "marts", Database: "shop", ConnectionType: "postgres"}, FullName: "[marts].[" + name + "]"}
	}
	s := &model.Site{
		Tool:   tool.Tableau,
		Server: "https://tableau.example.com", ContentURL: "acme", Name: "acme",
		Containers: []model.Container{{LUID: "p1", Name: "Sales"}, {LUID: "p2", Name: "EMEA", ParentLUID: "p1"}},
		Workbooks: []model.Workbook{
			{ID: "w1", LUID: "w1", Name: "Orders", ContainerLUID: "p2", ContainerName: "EMEA", Owner: model.User{Name: "Sales Ops", Email: "sales@example.com"}, Tags: []string{"certified"}},
			{ID: "w2", LUID: "w2", Name: "Returns", ContainerLUID: "p1", ContainerName: "Sales", Owner: model.User{Name: "Finance"}},
		},
		Tables: []model.Table{table("fct_orders"), table("fct_returns"), table("dim_customers"), table("unknown_thing")},
	}
	add := func(workbook, name string, views int, tables ...string) {
		id := "d" + string(rune('1'+len(s.Dashboards)))
		ds := model.Datasource{ID: "e" + id, Name: name + " data", WorkbookID: workbook}
		for _, t := range tables {
			ds.TableIDs = append(ds.TableIDs, "t-"+t)
		}
		s.Datasources = append(s.Datasources, ds)
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, Name: "Sheet", WorkbookID: workbook, DatasourceIDs: []string{ds.ID}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{
			ID: id, LUID: "00000000-0000-0000-0000-00000000000" + id[1:], Name: name, Path: workbook + "/" + id,
			WorkbookID: workbook, SheetIDs: []string{"s" + id}, Views: views,
		})
	}
	add("w1", "Order Overview", 12400, "fct_orders", "dim_customers")
	add("w1", "Order Details", 310, "fct_orders")
	add("w1", "Evil \x1b[31m title\n{{ x }} ☕ 売上", 0, "fct_orders")
	add("w2", "Return Rates", 77, "fct_returns", "fct_orders")
	add("w2", "Outside dbt", 5, "unknown_thing")
	return s
}

// fake is a backend in memory.
type fake struct {
	projects         []*model.Project
	sites            []*model.Site
	loadErr          error
	journal          []curate.Change
	keepErr          error
	nodesErr         error // of reading what selectors choose from
	writeErr         error
	saved            *curate.Book
	book             *curate.Book // what is kept already; nil is nothing
	written          int
	removals         []string
	opened           string
	plan             *write.Plan      // nil is what the decisions ask for
	openErr          error            // of the browser
	outlook          *outlook.Outlook // nil is nothing
	adopted, renamed []string
	locateErr        error
	outlookErr       error
	answers          write.Answers    // of the last plan
	clashes          []write.Conflict // that a plan brings until they are answered
	fixes            []ledger.Fix
	fixErr           error
	sync             func(syncing.Options, func(syncing.Progress)) error // what a sync does
	synced           []syncing.Options
	// untilDone is a sync that lasts.
	untilDone func(context.Context) error
	reloads   int
	servers   int
	changes   *change.Set  // since production's artifacts
	readOnly  string       // why nothing can be kept
	reread    *curate.Book // what a Reload finds when it can

	does        map[string]outlook.Dashboard // what an export does otherwise, by key
	byHand      []*outlook.Entry             // of no dashboard
	outlooks    int
	planHook    func()                // while a plan is made
	outlookHook func(context.Context) // while an outlook is made
}

func (f *fake) Load(ctx context.Context, report func(Progress), grow func(*lineage.Graph)) (Loaded, error) {
	if f.loadErr != nil {
		return Loaded{}, f.loadErr
	}
	report(Progress{Source: "target/manifest.json", Read: 1, Total: 2})
	half, err := lineage.Build(ctx, f.projects, nil, lineage.Options{})
	if err != nil {
		return Loaded{}, err
	}
	grow(half)
	g, err := lineage.Build(ctx, f.projects, f.sites, lineage.Options{})
	if err == nil {
		warm(g) // now, because many tests change what it reads, and the explorer does it beside them
	}
	return Loaded{Title: "shop", Graph: g, Book: f.kept(), By: "ana", Servers: f.servers, ReadOnly: f.readOnly, Changes: f.changes}, err
}

func (f *fake) kept() *curate.Book {
	if f.book == nil {
		return curate.New(nil)
	}
	return f.book
}

func (f *fake) Journal(c curate.Change) error {
	if f.keepErr == nil {
		f.journal = append(f.journal, c)
	}
	return f.keepErr
}

func (f *fake) Save(b *curate.Book) error { f.saved = b; return nil }

func (f *fake) Plan(ctx context.Context, b *curate.Book, answers write.Answers) (write.Plan, error) {
	f.answers = answers
	if f.planHook != nil {
		f.planHook()
		if ctx.Err() != nil {
			return write.Plan{}, ctx.Err()
		}
	}
	if f.plan != nil {
		return *f.plan, nil
	}
	p := write.Plan{Removals: f.removals}
	for _, c := range f.clashes {
		if !slices.Contains(answers.Take, c.ID()) && !slices.Contains(answers.Keep, c.ID()) {
			p.Conflicts = append(p.Conflicts, c)
		}
	}
	for key, r := range b.All() {
		if r.Decision == curate.Included {
			p.Files = append(p.Files, write.FilePlan{Path: "models/exposures/tableau.yml", Added: []string{key}, New: []write.EntryLine{{Name: key, Line: 1}}, Diff: "--- a\n+++ b\n@@ -0,0 +1 @@\n+  - name: " + key + "\n"})
			p.Written++
			p.Refusals = append(p.Refusals, write.Refusal{Key: key, Title: r.Title, Rule: "depends on a private model", Fix: "make it protected"})
		}
	}
	return p, nil
}

// Outlook adds what is included, except what does says otherwise of.
func (f *fake) Outlook(ctx context.Context, book *curate.Book) (*outlook.Outlook, error) {
	f.outlooks++
	if f.outlook != nil || f.outlookErr != nil {
		return f.outlook, f.outlookErr
	}
	if f.outlookHook != nil {
		f.outlookHook(ctx)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	of, entries := map[string]*outlook.Dashboard{}, slices.Clone(f.byHand)
	g, err := lineage.Build(ctx, f.projects, f.sites, lineage.Options{})
	if err != nil {
		return nil, err
	}
	for _, d := range g.Dashboards() {
		is, said := f.does[d.Key]
		if !said {
			if book.Effective(d.Key) != curate.Included {
				continue
			}
			is.State = outlook.New
		}
		e := &outlook.Entry{
			Name: exposure.NameFor(d.Dashboard.Name), Key: d.Key, In: f.projects[0], State: is.State, Auto: is.State != outlook.Manual, Label: d.Dashboard.Name, Type: "dashboard",
			Path: "models/exposures/tableau.yml", Owner: d.Owner().Name, Integration: "Tableau", DependsOn: []string{}, Dashboards: []string{d.Key}, Why: is.Why, Fix: is.Fix,
		}
		e.YAML = "  - name: " + e.Name + "\n    type: dashboard\n"
		if is.State != outlook.New {
			e.Line = 5
		}
		is.Entries, is.ByHand = []*outlook.Entry{e}, is.State == outlook.Manual
		of[d.Key], entries = &is, append(entries, e)
	}
	return outlook.Make(entries, of, ""), nil
}

func (f *fake) Write(context.Context, write.Plan) error {
	if f.writeErr == nil {
		f.written++
	}
	return f.writeErr
}

func (f *fake) Fix(ctx context.Context, c ledger.Fix, _ string, _ time.Time, undo bool) (*lineage.Graph, error) {
	if f.fixErr != nil {
		return nil, f.fixErr
	}
	if undo {
		f.fixes = slices.DeleteFunc(f.fixes, func(k ledger.Fix) bool { return k.Key() == c.Key() })
	} else {
		f.fixes = append(f.fixes, c)
	}
	var cfg match.Config
	for _, c := range f.fixes {
		cfg = c.With(cfg)
	}
	return lineage.Build(ctx, f.projects, f.sites, lineage.Options{Match: cfg})
}

func (f *fake) Selectable(ctx context.Context, _ *curate.Book) (*selector.Universe, error) {
	if f.nodesErr != nil {
		return nil, f.nodesErr
	}
	g, err := lineage.Build(ctx, f.projects, f.sites, lineage.Options{})
	return g.Selectable(lineagetest.Nodes(f.projects...)), err
}

func (f *fake) Sync(ctx context.Context, opt syncing.Options, report func(syncing.Progress)) error {
	if f.untilDone != nil {
		return f.untilDone(ctx)
	}
	f.synced = append(f.synced, opt)
	return f.sync(opt, report)
}

func (f *fake) Reload(ctx context.Context) (Reloaded, error) {
	f.reloads++
	if f.loadErr != nil {
		return Reloaded{}, f.loadErr
	}
	g, err := lineage.Build(ctx, f.projects, f.sites, lineage.Options{})
	return Reloaded{Book: f.reread, Title: "shop", Graph: g, Apply: func(b *curate.Book) int { return b.Baseline(curate.Take(g), noon) }}, err
}

func (f *fake) Locate(_ context.Context, p view.Place) (string, int, error) {
	if p.Resource != nil {
		return "/shop/" + p.Resource.Path, 0, f.locateErr
	}
	return "/shop/" + p.File, 7, f.locateErr
}

func (f *fake) Adopt(_ context.Context, of *outlook.Entry, take []string) (write.Plan, error) {
	f.adopted = append(f.adopted, of.Name+": "+strings.Join(take, ","))
	if f.plan == nil {
		return write.Plan{}, errors.New("not adopted: " + of.Name)
	}
	return *f.plan, nil
}

func (f *fake) Rename(_ context.Context, of *outlook.Entry, newName string) (write.Plan, error) {
	f.renamed = append(f.renamed, of.Name+" → "+newName)
	if f.plan == nil {
		return write.Plan{}, errors.New("the name " + newName + " is taken")
	}
	return *f.plan, nil
}

func (f *fake) OpenURL(url string) error { f.opened = url; return f.openErr }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func options() Options {
	return Options{
		Styles: &theme.Styles{}, Mouse: true, Now: func() time.Time { return noon },
		After: func(time.Duration, tea.Msg) tea.Cmd { return nil },
	}
}

// begin shows what a backend has on a screen.
func begin(t testing.TB, f *fake, width, height int) *scenario.Scenario {
	t.Helper()
	return on(t, newApp(f, options(), fourViews()), width, height)
}

// on shows an explorer on a screen.
func on(t testing.TB, a *App, width, height int) *scenario.Scenario {
	t.Helper()
	return scenario.New(t, screentest.New(t, a, width, height), a.registry.List())
}

// open shows the fixture on a screen.
func open(t testing.TB, width, height int) (*scenario.Scenario, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	return begin(t, f, width, height), f
}

var errDisk = errors.New("no space left on the device")
