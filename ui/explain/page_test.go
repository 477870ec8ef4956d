package explain

import (
	"slices"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/reason"
	"darkroom/model/walk"
)

func TestGapsOfADashboard(t *testing.T) {
	d := &lineage.Dashboard{Site: &model.Site{Name: "Site"}, Dashboard: &model.Dashboard{Name: "Sales"}, ContainerPath: []string{"Finance"}}
	d.Gaps = []walk.Gap{
		{Reason: reason.CutOff, Text: "the first list was cut off"},
		{Reason: reason.CutOff, Text: "the second list was cut off"},
		{Reason: reason.NotLoaded, Text: "not in the data."},
	}
	p := Dashboard(nil, d, nil, true, time.Time{})
	if p.About != "A dashboard in Finance, site Site." {
		t.Error(p.About)
	}
	var labels [][]string
	for _, s := range p.Sections {
		var own []string
		for _, f := range s.Fields {
			if f.Text == "" {
				t.Errorf("%s of %q says nothing", f.Label, s.Heading)
			}
			own = append(own, f.Label)
		}
		labels = append(labels, own)
	}
	if len(labels) != 3 || !slices.Contains(labels[0], "Fix") || slices.Contains(labels[1], "Fix") {
		t.Fatalf("the same advice is given once: %v", labels)
	}
	if got := p.Sections[2].Fields[0].Text; got != "Not in the data." {
		t.Errorf("%q", got)
	}
	if p := Dashboard(nil, d, nil, false, time.Time{}); len(p.Sections) != 0 {
		t.Error("gaps were not asked for")
	}
}
