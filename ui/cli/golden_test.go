package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"darkroom/model"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/records"
)

// run is one command on the example; its warnings are left out.
func run(t *testing.T, want int, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	if code := Main(args, strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("%v ends with %d, want %d\n%s", args, code, want, errs.String())
	}
	return out.Bytes()
}

// Each of these has to read well without having seen darkroom before. Write them
// again with -update, and read them.
func TestExplainReadsWell(t *testing.T) {
	for name, args := range map[string][]string{
		"custom_sql":         {"Late Orders"},
		"custom_sql_no_name": {"First Basket", "--table", "fct_orders"},
		"published":          {"Weekly Numbers"},
		"virtual_connection": {"My Bars"},
		"redacted":           {"Ledger against Invoices"},
		"database_differs":   {"Orders (dev database)"},
		"no_lineage":         {"Empty Canvas"},
		"json":               {"Late Orders", "--table", "fct_orders", "--output", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			golden.RequireEqual(t, run(t, app.ExitOK, append([]string{"explain", "--demo"}, args...)...))
		})
	}
}

func TestGapsReadsWell(t *testing.T) {
	for _, format := range []string{"table", "markdown"} {
		t.Run(format, func(t *testing.T) {
			golden.RequireEqual(t, run(t, app.ExitOK, "gaps", "--demo", "--output", format))
		})
	}
}

// TestExpectedLedger holds every dashboard of the example sites to what it was
// judged to be, one line each: title, workbook, state, linked of all tables, what
// is missing, and the unique_ids it reads. Before a line changes, the oddity in
// examples/sites/scenario has to say why: a false edge is worse than a missing one.
func TestExpectedLedger(t *testing.T) {
	var rows []records.Dashboard
	if err := json.Unmarshal(run(t, app.ExitOK, "list", "dashboards", "--demo", "--output", "json"), &rows); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		linked := 0
		why := map[string]bool{}
		var open []string
		for _, l := range r.Tables {
			if l.Node != "" {
				linked++
			} else if !why[l.Reason] {
				why[l.Reason] = true
				open = append(open, l.Reason)
			}
		}
		for _, m := range r.Missing {
			if !why[m] {
				open = append(open, m)
			}
		}
		workbook := ""
		if r.Workbook != nil {
			workbook = model.DisplayName(*r.Workbook)
		}
		fmt.Fprintf(&b, "%q | %s | %s | %d/%d | %s | %s\n", r.Title, workbook, r.Status, linked, len(r.Tables), strings.Join(open, " "), strings.Join(r.Upstream, " "))
	}
	golden.RequireEqual(t, b.String())
}
