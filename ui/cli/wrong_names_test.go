package cli

import (
	"bytes"
	"strings"
	"testing"

	"darkroom/ui/cli/app"
)

// A name that nothing has is an error of usage in every command that takes names, and what
// is near it is listed.
func TestWrongNamesAreErrorsOfUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		near string
	}{
		{[]string{"adopt", "finance_board_monthly_revenu"}, "finance_board_monthly_revenue"},
		{[]string{"adopt", "--same", "finance_board_monthly_revenu"}, "finance_board_monthly_revenue"},
		{[]string{"rename", "no_such_exposure", "new_name"}, ""},
		{[]string{"decide", "include", "Sales Overvew"}, "Sales Overview"},
		{[]string{"pin", "ops_scratch.till_incident", "fct_orders"}, "ops_scratch.till_incidents"},
		{[]string{"pin", "ops_scratch.till_incidents", "fct_order"}, "fct_orders"},
		{[]string{"ignore", "till_incident"}, "till_incidents"},
		{[]string{"map", "roastry_dev", "roastery"}, "roastery_dev"},
		{[]string{"map", "roastery_dev", "rostery"}, "roastery"},
		{[]string{"ignore", "nothing_kept", "--remove"}, ""},
		{[]string{"lineage", "fct_ordrs"}, "fct_orders"},
		{[]string{"explain", "sales overvew"}, "Sales Overview"},
		{[]string{"list", "columns", "fct_ordrs"}, "fct_orders"},
		{[]string{"export", "--take", "no_such_exposure", "--diff"}, ""},
	} {
		var out, errs bytes.Buffer
		code := Main(append(c.args, "--demo"), strings.NewReader(""), &out, &errs)
		if code != app.ExitUsage || out.Len() > 0 || c.near != "" && !strings.Contains(errs.String(), "near it: \""+c.near+"\"") {
			t.Errorf("%v ends with %d\n%s%s", c.args, code, out.String(), errs.String())
		}
	}
}
