package ask

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/match"
	"darkroom/model/reason"
	way "darkroom/model/walk"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/records"
	"darkroom/ui/explain"
	"darkroom/ui/text"
)

// Whatever reason a table or a gap has, gaps, explain and their JSON say the code,
// title and advice of its row: a new row needs no other place.
func TestEveryReasonIsShown(t *testing.T) {
	for _, c := range reason.All() {
		row := c.Row()
		if row.Given&reason.ByVerdict != 0 && row.Rank != reason.RankSettled {
			t.Run(row.Code+" of a table", func(t *testing.T) { showsReason(t, c, false) })
		}
		if row.Given&reason.OnTheWay != 0 {
			t.Run(row.Code+" on the way", func(t *testing.T) { showsReason(t, c, true) })
		}
	}
}

// showsReason gives the only dashboard of a site the reason and reads all reports.
func showsReason(t *testing.T, c reason.Code, onTheWay bool) {
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{lineagetest.Tower("fct")}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := g.Dashboards()[0]
	if onTheWay {
		d.Gaps = []way.Gap{{Reason: c, Text: "something was met"}}
	} else {
		l := &d.Links[0]
		v := *l.Verdict
		v.Reason, v.Outcome = c, outcomeOf(c)
		l.Resource, l.Verdict = lineage.None, &v
	}
	d.Status = lineage.StatusOf(d.Links, d.Gaps)
	w, row := &workspace.Workspace{Graph: g}, c.Row()
	var none *model.Tool // the site's
	row.Title, row.Advice = none.Text(row.Title), none.Text(row.Advice)

	contains(t, "gaps", gapsText(g, time.Time{}), row.Title+": 1 dashboard", row.Advice)
	contains(t, "gaps --output markdown", gapsMarkdown(g, time.Time{}), "## "+row.Title, row.Advice)
	var explained strings.Builder
	if err := printPage(&explained, explain.Dashboard(g, d, links(d), true, time.Time{})); err != nil {
		t.Fatal(err)
	}
	var report records.GapsReport
	reread(t, records.GapsReportOf(g, time.Time{}), &report)
	if len(report.Groups) != 1 || report.Groups[0].Reason != row.Code || report.Groups[0].Title != row.Title || report.Groups[0].Advice != row.Advice ||
		report.Groups[0].Rows[0].Title != row.Title {
		t.Errorf("gaps --output json: %+v", report.Groups)
	}
	var proof records.Explanation
	reread(t, records.ExplanationOf(w, d, links(d), true, time.Time{}), &proof)
	if onTheWay {
		contains(t, "explain", explained.String(), row.Heading, "Something was met.")
		if row.AdviceOnPage {
			contains(t, "explain", explained.String(), row.Advice)
		}
		if proof.Gaps[0].Reason != row.Code || (proof.Gaps[0].Cure == row.Advice) != row.AdviceOnPage {
			t.Errorf("explain --output json: %+v", proof.Gaps)
		}
		return
	}
	contains(t, "explain", explained.String(), g.Explain(&d.Links[0]).Because, row.TableIs, row.Advice)
	if proof.Tables[0].Reason != row.Code || !strings.Contains(strings.Join(proof.Tables[0].Text, "\n"), row.Advice) {
		t.Errorf("explain --output json: %+v", proof.Tables)
	}
}

// outcomeOf is the outcome of a verdict with a reason.
func outcomeOf(c reason.Code) match.Outcome {
	switch c.Row().Rank {
	case reason.RankDecide:
		return match.Review
	case reason.RankMissing:
		return match.Unmatched
	}
	return match.NotApplicable
}

func links(d *lineage.Dashboard) []*lineage.Link { return []*lineage.Link{&d.Links[0]} }

func reread(t *testing.T, from, into any) {
	t.Helper()
	data, err := json.Marshal(from)
	if err == nil {
		err = json.NewDecoder(bytes.NewReader(data)).Decode(into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// contains looks for texts however they are wrapped.
func contains(t *testing.T, what, report string, wants ...string) {
	t.Helper()
	flat := strings.Join(strings.Fields(strings.ReplaceAll(report, "\\", "")), " ")
	for _, want := range wants {
		if want = strings.Join(strings.Fields(text.Clean(want)), " "); !strings.Contains(flat, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, report)
		}
	}
}
