package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
)

// report is a fault that was found in use, kept as a small project in
// testdata/reports/NAME. A folder with a dbt_project.yml is a project of its own;
// otherwise it has manifest.json and the saved answer tableau.json.
//
// A new one is a folder and a line in reports. What a line leaves out is not
// checked; what one dashboard cannot say is for a test of its own.
type report struct {
	name    string
	reads   string // unique_ids that the dashboards are linked to, in order, with spaces
	status  string // of each dashboard
	missing string // reasons why tables may be missing, with spaces
	never   string // a unique_id that nothing may be linked to
	tables  string // names of the tables of all dashboards, in order, with spaces
	says    string // a part of what explain says about the first dashboard, lines joined
	exports string // a part of what export --all writes; only of a project
	gaps    string // a part of what gaps lists
	advice  string // a part of what list advice prints
}

var reports = []report{
	{name: "sheets-before-their-workbook", reads: "model.shop.orders model.shop.customers", status: "linked"},
	{name: "split-mouse-inbox", reads: "model.shop.fct_orders", status: "linked"},
	{name: "frame-wraps", reads: "model.shop.fct_orders model.shop.fct_orders model.shop.fct_orders", status: "linked"},
	{name: "tooltip-sheet", reads: "model.shop.fct_orders", status: "linked", says: "tooltips: tooltip sheet."},
	{name: "two-sites-same-ids", reads: "model.shop.fct_orders model.shop.dim_store", status: "linked"},
	{name: "hidden-then-shown", reads: "model.shop.fct_orders", status: "linked"},
	{
		name: "hidden-dashboard", reads: "model.shop.fct_orders model.shop.fct_orders", status: "linked",
		says: "A dashboard that is hidden in its workbook Sales in Sales, site prod.",
	},
	{name: "anchor-removed", reads: "model.shop.fct_orders model.shop.fct_orders", status: "linked"},
	{name: "exposure-details", reads: "model.shop.fct_orders", status: "linked"},
	{
		name: "deprecated-model", reads: "model.shop.fct_orders", status: "linked", says: "fct_orders is past its deprecation date, 1999-01-01.",
		gaps: "Models past their deprecation date: fct_orders (1999-01-01) (dashboards: 1)", advice: "deprecated model.shop.fct_orders 1",
	},
	{name: "exposure-without-models", reads: "model.shop.fct_orders", status: "linked", advice: "no_parents 0 orphan orphan depends on nothing"},
	{
		name: "parent-is-view-or-source", reads: "model.shop.fct_orders source.shop.raw.orders", status: "linked", exports: "- source('raw', 'orders')",
		says: "Source raw.orders is a source, read directly without a model in between.", advice: "view model.shop.fct_orders 1",
	},
	{
		name: "fusion-name-space", reads: "model.shop.fct_orders", status: "linked",
		advice: `name 0 Orders by the Week "Orders by the Week" is not a name for dbt`,
	},
	{name: "user-disabled-ours", reads: "model.shop.fct_orders", status: "linked"},
	{name: "count-without-nodes", reads: "model.shop.orders", status: "linked"},
	{name: "pages-of-a-client", reads: "model.shop.fct_orders model.shop.fct_orders", status: "linked"},
	{name: "with-fill-from", reads: "model.shop.orders", status: "linked", never: "model.shop.customers"},
	{name: "semantic-view", reads: "model.shop.orders", tables: "ANALYTICS.MARTS.SV ANALYTICS.MARTS.ORDERS"},
	{name: "table-function", reads: "model.shop.orders", status: "partly_linked", missing: "table_function"},
	{name: "sql-without-connection", reads: "", status: "not_linked"},
	{
		name: "use-schema", reads: "model.shop.fct_orders", status: "linked", never: "model.shop.stg_orders",
		says: "schema MARTS from USE SCHEMA MARTS in the initial SQL, line 1",
	},
	{
		name: "search-path", reads: "model.shop.fct_orders", never: "model.shop.pub_orders",
		exports: "ref('fct_orders')",
		says:    "SET search_path TO marts, public in the initial SQL, line 1",
	},
	{name: "model-paths", reads: "model.shop.fct_orders", status: "linked"},
	{name: "model-paths-outside", reads: "model.shop.fct_orders", status: "linked"},
	{name: "use-database-tsql", reads: "model.shop.fct_orders", never: "model.shop.stg_orders", says: "USE [Warehouse] in the initial SQL, line 1"},
}

// TestReports: what was reported once stays right.
func TestReports(t *testing.T) {
	folders, err := os.ReadDir("testdata/reports")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !slices.ContainsFunc(reports, func(r report) bool { return r.name == f.Name() }) {
			t.Errorf("testdata/reports/%s has no line in reports", f.Name())
		}
	}
	for _, r := range reports {
		t.Run(r.name, r.check)
	}
}

func (r report) check(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "reports", r.name))); err != nil {
		t.Fatal(err)
	}
	where := []string{dir}
	if _, err := os.Stat(filepath.Join(dir, "dbt_project.yml")); err != nil {
		where = []string{"--manifest", filepath.Join(dir, "manifest.json"), "--tableau", filepath.Join(dir, "tableau.json")}
	}
	command := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(append(args, where...), strings.NewReader(""), &out, &errs); code != app.ExitOK {
			t.Fatalf("%v ends with %d\n%s", args, code, errs.String())
		}
		return out.String()
	}
	var rows []records.Dashboard
	if err := json.Unmarshal([]byte(command("list", "dashboards", "--output", "json")), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("no dashboard")
	}
	r.checkDashboards(t, rows)
	for _, c := range []struct {
		want string
		args []string
	}{
		{r.says, []string{"explain", rows[0].Title}},
		{r.exports, []string{"export", "--all", "--stdout"}},
		{r.gaps, []string{"gaps"}},
		{r.advice, []string{"list", "advice"}},
	} {
		if c.want == "" {
			continue
		}
		if got := command(c.args...); !strings.Contains(strings.Join(strings.Fields(got), " "), c.want) {
			t.Errorf("%v does not say %q:\n%s", c.args, c.want, got)
		}
	}
}

func (r report) checkDashboards(t *testing.T, rows []records.Dashboard) {
	var reads, tables []string
	for _, row := range rows {
		reads = append(reads, row.Upstream...)
		for _, l := range row.Tables {
			tables = append(tables, l.Table)
		}
		if r.status != "" && row.Status != r.status {
			t.Errorf("%s is %s, want %s: %+v", row.Title, row.Status, r.status, row.Tables)
		}
		if missing := strings.Join(row.Missing, " "); r.missing != "" && missing != r.missing {
			t.Errorf("%s misses %q, want %q", row.Title, missing, r.missing)
		}
	}
	if got := strings.Join(reads, " "); got != r.reads {
		t.Errorf("linked to %q, want %q: %+v", got, r.reads, rows[0].Tables)
	}
	if got := strings.Join(tables, " "); r.tables != "" && got != r.tables {
		t.Errorf("tables %q, want %q", got, r.tables)
	}
	if r.never != "" && slices.Contains(reads, r.never) {
		t.Errorf("linked to %s", r.never)
	}
}

// TestHiddenIsSaid: export --all includes a hidden dashboard, and says so; a rule keeps it out.
func TestHiddenIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/hidden-dashboard")); err != nil {
		t.Fatal(err)
	}
	const said = "included although hidden in the workbook: Old draft; "
	command := func(args ...string) (string, string) {
		var out, errs bytes.Buffer
		if code := Main(append(args, dir), strings.NewReader(""), &out, &errs); code != app.ExitOK {
			t.Fatalf("%v ends with %d\n%s", args, code, errs.String())
		}
		return out.String(), errs.String()
	}
	if out, errs := command("export", "--all", "--stdout"); strings.Count(out, "- name:") != 2 || !strings.Contains(errs, said) {
		t.Errorf("%s\n%s", out, errs)
	}
	rule, err := os.OpenFile(filepath.Join(dir, "darkroom.yml"), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = rule.WriteString("rules:\n  - {hidden: true, decide: exclude}\n")
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, errs := command("export", "--all", "--stdout"); strings.Count(out, "- name:") != 1 || strings.Contains(errs, said) {
		t.Errorf("%s\n%s", out, errs)
	}
	if out, _ := command("list", "dashboards", "--output", "json"); strings.Count(out, `"hidden": true`) != 1 {
		t.Error(out)
	}
}

// TestExposureDetails: list exposures has all that dbt knows of an exposure.
func TestExposureDetails(t *testing.T) {
	var out, errs bytes.Buffer
	if code := Main([]string{"list", "exposures", "--output", "json", "testdata/reports/exposure-details"}, strings.NewReader(""), &out, &errs); code != app.ExitOK {
		t.Fatal(errs.String())
	}
	var rows []records.Exposure
	if err := json.Unmarshal(out.Bytes(), &rows); err != nil || len(rows) != 1 {
		t.Fatal(err, out.String())
	}
	if x := rows[0]; x.State != "hand-written" || x.Maturity != "high" || x.Type != "dashboard" || x.Label != "My report" || x.URL == "" || x.Owner != "Jo" || len(x.OwnerEmails) != 2 {
		t.Errorf("%+v", x)
	}
}

// TestDeprecatedIsNoted: export has one line about models past their date, and none before.
func TestDeprecatedIsNoted(t *testing.T) {
	for _, c := range []struct {
		today string
		args  []string
		want  bool
	}{
		{"1998-12-31", []string{"export", "--all"}, false},
		{"1999-01-02", []string{"export", "--all"}, true},
		{"1999-01-02", []string{"export", "--all", "--diff"}, true},
		{"1999-01-02", []string{"export", "--check"}, false}, // nothing is included
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("testdata/reports/deprecated-model")); err != nil {
			t.Fatal(err)
		}
		today, err := time.Parse(time.DateOnly, c.today)
		if err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		a := &app.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: func() time.Time { return today }}
		if code := runApp(a, append(c.args, dir)); code != app.ExitOK {
			t.Fatalf("%v ends with %d\n%s", c.args, code, errs.String())
		}
		const note = "note: exposures on models past their deprecation date: 1, on fct_orders (1999-01-01); darkroom list advice names them\n"
		if got := strings.Count(out.String()+errs.String(), note); (got == 1) != c.want {
			t.Errorf("%v on %s: %d notes\n%s%s", c.args, c.today, got, out.String(), errs.String())
		}
	}
}

// TestModelPaths: the file of exposures lies where dbt reads; when that is nowhere in
// the project, it is said and nothing is written.
func TestModelPaths(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) (code int, said string) {
		var out bytes.Buffer
		code = Main(append(args, dir), strings.NewReader(""), &out, &out)
		return code, out.String()
	}
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/model-paths")); err != nil {
		t.Fatal(err)
	}
	if code, said := run("export", "--all"); code != app.ExitOK || !fileExists(filepath.Join(dir, "transform", "exposures", "tableau.yml")) {
		t.Errorf("export ends with %d: %s", code, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "models")); err == nil {
		t.Error("there is a folder that dbt does not read")
	}
	if code, said := run("export", "--check"); code != app.ExitOK {
		t.Errorf("check ends with %d: %s", code, said)
	}

	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/reports/model-paths-outside")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"export", "--all"}, {"export", "--check"}, {"export", "--all", "--check"}, {"export", "--all", "--diff"}} {
		code, said := run(args...)
		if code != app.ExitUsage || !strings.Contains(said, "dbt reads its models from ../models") || strings.Contains(said, "no drift") {
			t.Errorf("%v ends with %d: %s", args, code, said)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "models")); err == nil {
		t.Error("there is a folder that dbt does not read")
	}
}

func fileExists(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
