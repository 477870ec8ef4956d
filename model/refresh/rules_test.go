package refresh

import (
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/modeltest"
)

// now is when the tests judge; hour is a time of that day, or of days before.
var now = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

func hour(days, hours int) time.Time {
	return time.Date(2026, 6, 30+days, hours, 0, 0, 0, time.UTC)
}

const (
	stg, fct, dim, seed = "model.shop.stg", "model.shop.fct", "model.shop.dim", "seed.shop.countries"
	unique              = "test.shop.unique"
)

// world is raw.orders → stg → fct, seed countries → dim. The published source Orders reads fct; workbook Sales extracts from
// it; workbook Dims embeds an extract of dim and a live source of fct; workbook Live reads Orders live; the published source
// Flowing is written by a flow that reads fct. All were built at 08:00 today and refreshed at 06:00 yesterday.
type world struct {
	p    *model.Project
	site *model.Site
	opt  Options
	seen map[string]*Seen // by LUID
	// excluded are the names of dashboards.
	excluded map[string]bool
	window   Window
}

func newWorld() *world {
	r := func(kind model.Kind, name string, parents ...string) model.Resource {
		return model.Resource{
			ID: kind.String() + ".shop." + name, Kind: kind, Name: name, Common: &model.Common{Package: "shop", Materialized: "table", Database: "db", Schema: "marts"},
			Extra: &model.ResourceExtra{Identifier: name}, DependsOn: parents,
		}
	}
	ok := model.Run{Status: "success", EndedAt: hour(0, 8), BuiltAt: hour(0, 8)}
	source := r(model.KindSource, "orders")
	modeltest.Common(&source).SourceName = "raw"
	eph := r(model.KindModel, "eph", source.ID)
	modeltest.Common(&eph).Materialized = "ephemeral"
	w := &world{
		p: &model.Project{
			Name: "shop", Adapter: "postgres",
			Resources: []model.Resource{source, eph, r(model.KindModel, "stg", eph.ID), r(model.KindModel, "fct", stg), r(model.KindSeed, "countries"), r(model.KindModel, "dim", seed)},
			Tests:     []model.Test{{ID: unique, Name: "unique", DependsOn: []string{stg}}},
			Runs:      map[string]model.Run{stg: ok, fct: ok, seed: ok, dim: ok, unique: {Status: "pass", EndedAt: hour(0, 8)}},
		},
		site: &model.Site{
			Name: "Shop", Server: "https://t.example.com",
			Workbooks: []model.Workbook{{ID: "wSales", LUID: "l-sales", Name: "Sales"}, {ID: "wDims", LUID: "l-dims", Name: "Dims"}, {ID: "wLive", LUID: "l-live", Name: "Live"}},
			Datasources: []model.Datasource{
				{ID: "pOrders", LUID: "l-orders", Name: "Orders", Published: true, TableIDs: []string{"tFct"}},
				{ID: "eSales", Name: "Orders", WorkbookID: "wSales", ParentIDs: []string{"pOrders"}},
				{ID: "eDim", Name: "Dim", WorkbookID: "wDims", TableIDs: []string{"tDim"}},
				{ID: "eFct", Name: "Fct", WorkbookID: "wDims", TableIDs: []string{"tFct"}},
				{ID: "eLive", Name: "Orders", WorkbookID: "wLive", ParentIDs: []string{"pOrders"}},
				{ID: "pFlow", LUID: "l-flowing", Name: "Flowing", Published: true, FlowIDs: []string{"f"}},
			},
			Flows: []model.Flow{{ID: "f", LUID: "l-f", Name: "Nightly", TableIDs: []string{"tFct"}}},
		},
		opt: Options{Now: now}, seen: map[string]*Seen{}, excluded: map[string]bool{}, window: Window(DefaultWindow),
	}
	for _, t := range []string{"fct", "dim"} {
		w.site.Tables = append(w.site.Tables, model.Table{ID: "t" + strings.ToUpper(t[:1]) + t[1:], Name: t, Place: &model.Place{Schema: "marts", Database: "db", ConnectionType: "postgres"}, FullName: "[marts].[" + t + "]"})
	}
	for i, one := range []struct{ name, workbook, source string }{{"Sales", "wSales", "eSales"}, {"Dims", "wDims", "eDim"}, {"Live", "wLive", "eLive"}, {"Flows", "wLive", "pFlow"}} {
		sheet := "s" + one.name
		w.site.Sheets = append(w.site.Sheets, model.Sheet{ID: sheet, Name: one.name, WorkbookID: one.workbook, DatasourceIDs: []string{one.source}})
		w.site.Dashboards = append(w.site.Dashboards, model.Dashboard{ID: "d" + one.name, LUID: "d-" + strings.ToLower(one.name), Name: one.name, WorkbookID: one.workbook, SheetIDs: []string{sheet}, Views: 10 * (i + 1)})
	}
	old := hour(-1, 6)
	w.live("l-orders", old, "pOrders", "Orders")
	w.live("l-sales", old, "eSales", "Orders")
	w.seen["l-dims"] = &Seen{Answered: true, Sources: []LiveSource{{"eDim", "Dim", true, old}, {"eFct", "Fct", false, time.Time{}}}}
	w.seen["l-live"] = &Seen{Answered: true, Sources: []LiveSource{{"eLive", "Orders", false, time.Time{}}}}
	w.live("l-flowing", old, "pFlow", "Flowing")
	return w
}

// live sets the one extract that the server has.
func (w *world) live(luid string, at time.Time, id, name string) {
	w.seen[luid] = &Seen{Answered: true, Sources: []LiveSource{{id, name, true, at}}}
}

func (w *world) judge(t *testing.T) map[string]*Verdict {
	t.Helper()
	g, err := lineage.Build(t.Context(), projectsOf(w), sitesOf(w), lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	choice := Choice{Excluded: func(d *lineage.Dashboard) bool { return w.excluded[d.Dashboard.Name] }}
	extracts, err := Extracts(t.Context(), g, choice, w.window)
	if err != nil {
		t.Fatal(err)
	}
	verdicts, err := Judge(t.Context(), g, extracts, func(x *Extract) *Seen { return w.seen[x.LUID] }, w.opt)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]*Verdict{}
	for _, v := range verdicts {
		by[v.Extract.LUID] = v
	}
	return by
}

// change is what is not as in newWorld.
type change func(*world)

func status(id, word string, at time.Time) change {
	return func(w *world) {
		r := w.p.Runs[id]
		r.Status, r.EndedAt = word, at
		if word == "success" {
			r.BuiltAt = at
		}
		w.p.Runs[id] = r
	}
}

func never(ids ...string) change {
	return func(w *world) {
		for _, id := range ids {
			delete(w.p.Runs, id)
		}
	}
}

// unbuilt takes away that something was ever built.
func unbuilt(id, word string) change {
	return func(w *world) { w.p.Runs[id] = model.Run{Status: word, EndedAt: hour(0, 8)} }
}

func refreshed(luid string, at time.Time) change {
	return func(w *world) {
		for i := range w.seen[luid].Sources {
			w.seen[luid].Sources[i].RefreshedAt = at
		}
	}
}

func attempt(luid string, a Attempt) change {
	return func(w *world) { w.seen[luid].Attempts = append(w.seen[luid].Attempts, a) }
}

func exposure(name, dashboard string, s model.RefreshSetting) change {
	return func(w *world) {
		w.p.Exposures = append(w.p.Exposures, model.Exposure{ID: "exposure.shop." + name, Name: name, Package: "shop", Enabled: true, LUID: dashboard, Refresh: s})
	}
}

func option(set func(*Options)) change { return func(w *world) { set(&w.opt) } }

// Each row is the world with some changes, the code and state of one extract then, and
// something that its sentence or notes say.
func TestRules(t *testing.T) {
	after := func(minutes int) model.RefreshSetting { return model.RefreshSetting{HasAfter: true, After: minutes} }
	for name, c := range map[string]struct {
		about   string
		changes []change
		code    Code
		says    string
	}{
		"built after the last refresh":                {"l-orders", nil, BuiltSince, "fct was built on 2026-06-30 08:00 UTC, and it was last refreshed on 2026-06-29 06:00 UTC"},
		"never refreshed":                             {"l-orders", []change{refreshed("l-orders", time.Time{})}, NeverRefreshed, "it was never refreshed"},
		"never refreshed, and nothing was built":      {"l-orders", []change{refreshed("l-orders", time.Time{}), unbuilt(stg, "no-op"), unbuilt(fct, "no-op")}, UpToDate, "nothing upstream of it was built"},
		"refreshed after the build":                   {"l-orders", []change{refreshed("l-orders", hour(0, 9))}, UpToDate, "nothing upstream of it was built since"},
		"refreshed at the very time of the build":     {"l-orders", []change{refreshed("l-orders", hour(0, 8))}, UpToDate, ""},
		"only a parent was built":                     {"l-orders", []change{status(fct, "success", hour(-2, 8))}, BuiltSince, "stg was built"},
		"inside the interval":                         {"l-orders", []change{refreshed("l-orders", hour(0, 7))}, InInterval, "its interval is 1440 minutes; due again on 2026-07-01 07:00 UTC"},
		"the interval ends now":                       {"l-orders", []change{refreshed("l-orders", hour(-1, 12))}, BuiltSince, ""},
		"the interval ends in a moment":               {"l-orders", []change{refreshed("l-orders", hour(-1, 12).Add(time.Second))}, InInterval, ""},
		"a shorter default":                           {"l-orders", []change{refreshed("l-orders", hour(0, 7)), func(w *world) { w.window = Window(time.Hour) }}, BuiltSince, ""},
		"an ancestor failed":                          {"l-orders", []change{status(stg, "error", hour(0, 9))}, BlockedBy, "stg failed"},
		"a result of fail":                            {"l-orders", []change{status(fct, "fail", hour(0, 9))}, BlockedBy, "fct failed"},
		"an ancestor was skipped, and another failed": {"l-orders", []change{status(stg, "error", hour(0, 9)), status(fct, "skipped", hour(0, 9))}, BlockedBy, "stg failed, fct was skipped"},
		"blocked, though refreshed since":             {"l-orders", []change{status(stg, "error", hour(0, 9)), refreshed("l-orders", hour(0, 10))}, BlockedBy, ""},
		"a failure elsewhere":                         {"l-orders", []change{status(dim, "error", hour(0, 9))}, BuiltSince, ""},
		"an ancestor that was never seen":             {"l-orders", []change{never(stg)}, BuiltSince, "1 of 2 ancestors in these results; without a result: stg"},
		"no ancestor was ever seen":                   {"l-orders", []change{never(stg, fct)}, NothingUpstream, ""},
		"reused after a build":                        {"l-orders", []change{status(stg, "reused", hour(0, 10)), status(fct, "reused", hour(0, 10))}, BuiltSince, "fct was built on 2026-06-30 08:00"},
		"reused, and never built in these results":    {"l-orders", []change{unbuilt(stg, "reused"), unbuilt(fct, "reused")}, UpToDate, ""},
		"no-op":                                         {"l-orders", []change{unbuilt(stg, "no-op"), unbuilt(fct, "no-op")}, UpToDate, ""},
		"built in part":                                 {"l-orders", []change{unbuilt(fct, "partial success")}, BuiltSince, "built in part, which does not count: fct"},
		"an unknown word":                               {"l-orders", []change{unbuilt(fct, "vaporized")}, BuiltSince, "without a result: fct"},
		"a skipped ephemeral":                           {"l-orders", []change{status("model.shop.eph", "skipped", hour(0, 9))}, BuiltSince, ""},
		"a failed test":                                 {"l-orders", []change{status(unique, "fail", hour(0, 9))}, BuiltSince, ""},
		"a failed test that counts":                     {"l-orders", []change{status(unique, "fail", hour(0, 9)), option(func(o *Options) { o.RequireTests = true })}, BlockedBy, "test unique failed"},
		"a skipped test that counts":                    {"l-orders", []change{status(unique, "skipped", hour(0, 9)), option(func(o *Options) { o.RequireTests = true })}, BlockedBy, "test unique was skipped"},
		"a test that warned":                            {"l-orders", []change{status(unique, "warn", hour(0, 9)), option(func(o *Options) { o.RequireTests = true })}, BuiltSince, ""},
		"a test without a result":                       {"l-orders", []change{never(unique), option(func(o *Options) { o.RequireTests = true })}, BuiltSince, ""},
		"switched off":                                  {"l-orders", []change{option(func(o *Options) { o.Off = true })}, SwitchedOff, "DBT_ACTIVE_EXPOSURES"},
		"an exposure says never":                        {"l-orders", []change{exposure("sales", "d-sales", model.RefreshSetting{Never: true})}, NeverWanted, "exposure sales"},
		"one of two says never":                         {"l-orders", []change{exposure("a", "d-sales", after(60)), exposure("b", "d-live", model.RefreshSetting{Never: true})}, NeverWanted, "exposure b"},
		"an exposure of another extract says never":     {"l-orders", []change{exposure("dims", "d-dims", model.RefreshSetting{Never: true})}, BuiltSince, ""},
		"an exposure wants a shorter interval":          {"l-orders", []change{refreshed("l-orders", hour(0, 7)), exposure("sales", "d-sales", after(60))}, BuiltSince, ""},
		"an exposure wants a longer interval":           {"l-orders", []change{exposure("sales", "d-sales", after(4320))}, InInterval, "4320 minutes"},
		"the shortest of two intervals":                 {"l-orders", []change{exposure("a", "d-sales", after(4320)), exposure("b", "d-live", after(60))}, BuiltSince, ""},
		"an exposure that asks for nothing has default": {"l-orders", []change{exposure("a", "d-sales", after(4320)), exposure("b", "d-live", model.RefreshSetting{})}, BuiltSince, ""},
		"a key of another program":                      {"l-orders", []change{exposure("a", "d-sales", model.RefreshSetting{Unknown: true})}, BuiltSince, ""},
		"an interval of nothing":                        {"l-orders", []change{exposure("a", "d-sales", after(0)), refreshed("l-orders", hour(0, 7))}, BuiltSince, ""},
		"every dashboard is excluded":                   {"l-dims", []change{func(w *world) { w.excluded["Dims"] = true }}, AllExcluded, ""},
		"one of two dashboards is excluded":             {"l-orders", []change{func(w *world) { w.excluded["Sales"] = true }}, BuiltSince, ""},
		"the server does not show it":                   {"l-orders", []change{func(w *world) { w.seen["l-orders"] = &Seen{} }}, NotAnswered, "deleted"},
		"a live connection":                             {"l-live", nil, LiveConnection, "no extract"},
		"a live source beside an extract":               {"l-dims", []change{status(stg, "error", hour(0, 9)), status(fct, "error", hour(0, 9))}, BuiltSince, "dim was built"},
		"the oldest of two extracts": {"l-dims", []change{func(w *world) {
			w.seen["l-dims"].Sources[0].RefreshedAt, w.seen["l-dims"].Sources[1] = hour(0, 9), LiveSource{"eFct", "Fct", true, hour(-1, 6)}
		}}, BuiltSince, "last refreshed on 2026-06-29 06:00 UTC"},
		"published again, with another id": {"l-dims", []change{func(w *world) { w.seen["l-dims"].Sources[0].ID = "other" }}, BuiltSince, ""},
		"an extract that the snapshot does not have": {"l-dims", []change{func(w *world) {
			w.seen["l-dims"].Sources = append(w.seen["l-dims"].Sources, LiveSource{"x", "New one", true, hour(0, 11)})
		}}, BuiltSince, "not in the snapshot, so nothing is known of it: New one"},
		"another program's job runs":                     {"l-orders", []change{attempt("l-orders", Attempt{Progress: Running, Job: "j1", Began: hour(0, 11)})}, JobRunning, "another program started its refresh: job j1"},
		"our job runs":                                   {"l-orders", []change{attempt("l-orders", Attempt{Progress: Running, Job: "j1", Ours: true})}, JobRunning, "its refresh is running: job j1"},
		"a job runs, and nothing was built":              {"l-orders", []change{refreshed("l-orders", hour(0, 9)), attempt("l-orders", Attempt{Progress: Running, Job: "j1"})}, UpToDate, ""},
		"our refresh ended, which the index missed":      {"l-orders", []change{attempt("l-orders", Attempt{Progress: Succeeded, Ours: true, Began: hour(0, 9), Over: hour(0, 10)})}, UpToDate, "refreshed on 2026-06-30 10:00"},
		"a build during our refresh":                     {"l-orders", []change{attempt("l-orders", Attempt{Progress: Succeeded, Ours: true, Began: hour(0, 7), Over: hour(0, 9)})}, InInterval, "due again on 2026-07-01 09:00"},
		"a build during a refresh, index up to date":     {"l-orders", []change{refreshed("l-orders", hour(0, 9).Add(time.Second)), attempt("l-orders", Attempt{Progress: Succeeded, Ours: true, Began: hour(0, 7), Over: hour(0, 9)})}, InInterval, ""},
		"another program's job runs inside the interval": {"l-orders", []change{refreshed("l-orders", hour(0, 7)), attempt("l-orders", Attempt{Progress: Running, Job: "j1"})}, InInterval, ""},
		"our refresh failed":                             {"l-orders", []change{attempt("l-orders", Attempt{Progress: Failed, Ours: true, Began: hour(0, 9), Over: hour(0, 10)})}, BuiltSince, ""},
		"asked, and the end is not known":                {"l-orders", []change{attempt("l-orders", Attempt{Progress: Asked, Ours: true, Asked: hour(0, 9)})}, WasAsked, "asked for on 2026-06-30 09:00 UTC"},
		"asked long ago":                                 {"l-orders", []change{refreshed("l-orders", hour(-9, 6)), attempt("l-orders", Attempt{Progress: Asked, Ours: true, Asked: hour(-2, 9)})}, BuiltSince, ""},
		"asked, and the server knows a later one":        {"l-orders", []change{refreshed("l-orders", hour(0, 10)), attempt("l-orders", Attempt{Progress: Asked, Ours: true, Asked: hour(0, 9)})}, UpToDate, ""},
		"a workbook after its published source":          {"l-sales", nil, BuiltSince, "fct was built"},
		"the source was old when the workbook read":      {"l-sales", []change{refreshed("l-sales", hour(0, 9)), func(w *world) { w.window = Window(time.Hour) }}, BuiltSince, ""},
		"the source was refreshed after the workbook": {
			"l-sales",
			[]change{refreshed("l-sales", hour(-1, 9)), refreshed("l-orders", hour(-1, 10)), status(stg, "success", hour(-1, 8)), status(fct, "success", hour(-1, 8))},
			SourceSince,
			"a published data source that it reads was refreshed after it, with fct of 2026-06-29 08:00 UTC",
		},
		"the source was refreshed after it, builds are old": {"l-sales", []change{refreshed("l-sales", hour(-1, 9)), refreshed("l-orders", hour(-1, 10)), status(stg, "success", hour(-4, 8)), status(fct, "success", hour(-4, 8))}, UpToDate, ""},
		"a flow writes it":                    {"l-flowing", nil, FlowBetween, "it is written by flows: Nightly; --flows runs them"},
		"a flow writes it, and is run":        {"l-flowing", []change{option(func(o *Options) { o.Flows = true })}, BuiltSince, "flows in between: Nightly"},
		"a flow writes it, nothing was built": {"l-flowing", []change{refreshed("l-flowing", hour(0, 9))}, UpToDate, ""},
		"refreshed in the future":             {"l-orders", []change{refreshed("l-orders", hour(1, 0))}, UpToDate, ""},
		"built in the future":                 {"l-orders", []change{status(fct, "success", hour(1, 0)), refreshed("l-orders", hour(0, 11))}, InInterval, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			for _, change := range c.changes {
				change(w)
			}
			v := w.judge(t)[c.about]
			if v == nil {
				t.Fatal("it is not among the extracts")
			}
			says := strings.Join(append([]string{v.Sentence()}, v.Notes()...), "\n")
			if v.Code != c.code || !strings.Contains(says, c.says) {
				t.Errorf("%s (%s), want %s that says %q; it says\n%s", v.Code, v.State, c.code, c.says, says)
			}
		})
	}
}

func projectsOf(w *world) []*model.Project { return []*model.Project{w.p} }
func sitesOf(w *world) []*model.Site       { return []*model.Site{w.site} }
