package syncjob

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/sitediff"
	"darkroom/sources/tableau/fetch"
)

func TestReport(t *testing.T) {
	j := &Job{Name: "prod", Snapshot: "prod.json.gz"}
	var gaps []string
	for i := range 25 {
		gaps = append(gaps, fmt.Sprint("gap ", i))
	}
	r := report(j, fetch.Result{
		Snapshot: &fetch.Snapshot{Partial: gaps, Notes: []string{"a note"}, Resumed: true},
		Refused:  []string{"newly missing: gap 24", "400 of 900 dashboards are gone"},
	}, nil)
	if len(r.Incomplete) != 21 || r.Incomplete[20] != "and 5 more" {
		t.Errorf("incomplete: %q", r.Incomplete)
	}
	if !r.OldKept || !slices.Equal(r.Worse, []string{"400 of 900 dashboards are gone"}) {
		t.Errorf("what is incomplete is said twice: %q", r.Worse)
	}
	if !slices.Equal(r.Notes, []string{"resumed an interrupted sync", "a note"}) || r.Summary != "" {
		t.Errorf("%+v", r)
	}
	if r = report(j, fetch.Result{}, context.Canceled); !r.Stopped || r.Kept || r.Written {
		t.Errorf("%+v", r)
	}
}

func TestSummary(t *testing.T) {
	j := &Job{Name: "prod", Snapshot: "prod.json.gz"}
	res := fetch.Result{Written: true, First: true, Site: &model.Site{Dashboards: make([]model.Dashboard, 2)}, Snapshot: &fetch.Snapshot{Downloaded: 3}}
	if r := report(j, res, nil); r.Summary != "3 files downloaded; prod.json.gz" || r.Changes != "2 dashboards" {
		t.Errorf("%+v", r)
	}
	res.First = false
	if r := report(j, res, nil); r.Changes != "the same dashboards as last time" {
		t.Errorf("%+v", r)
	}
	res.Diff = sitediff.Diff{New: make([]sitediff.Dashboard, 2), AlteredDashboards: 1}
	if r := report(j, res, nil); !strings.HasSuffix(r.Summary, "; prod.json.gz; dashboards: 2 new, 1 changed") {
		t.Errorf("%+v", r)
	}
}

func TestEndings(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	failed := errors.New("no route to host")
	for _, c := range []struct {
		ctx     context.Context
		reports []Report
		want    Ending
	}{
		{t.Context(), []Report{{}, {}}, AllWell},
		{ended, []Report{{}}, AllWell},
		{t.Context(), []Report{{}, {Incomplete: []string{"x"}}}, WorthALook},
		{t.Context(), []Report{{OldKept: true}}, WorthALook},
		{t.Context(), []Report{{OldKept: true}, {Err: failed}}, SomeFailed},
		{t.Context(), []Report{{}, {Err: failed, Unready: true}}, SomeFailed},
		{t.Context(), []Report{{Err: failed, Unready: true}}, NoneReady},
		{ended, []Report{{}, {Err: failed}}, Stopped},
	} {
		if got := EndingOf(c.ctx, c.reports); got != c.want {
			t.Errorf("%+v: %d, not %d", c.reports, got, c.want)
		}
	}
}
