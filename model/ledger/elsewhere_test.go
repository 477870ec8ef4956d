package ledger

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
)

func TestSheetsElsewhere(t *testing.T) {
	shown := model.Sheet{ID: "s", WorkbookID: "w", Name: "shown"}
	tip := func(id string) model.Sheet { return model.Sheet{ID: id, WorkbookID: "w", Name: "tip " + id} }
	workbook := &model.Workbook{ID: "w"}
	for name, test := range map[string]struct {
		sheets []model.Sheet
		change func(*lineage.Dashboard)
		want   string // the names at the end
	}{
		"all are shown":            {[]model.Sheet{shown}, nil, ""},
		"one is not":               {[]model.Sheet{shown, tip("a")}, nil, ": tip a."},
		"many are not":             {[]model.Sheet{tip("a"), tip("b"), tip("c"), tip("d"), tip("e")}, nil, ": tip a, tip b, tip c, 2 more."},
		"one that is a view":       {[]model.Sheet{{ID: "v", WorkbookID: "w", LUID: "l", Name: "view"}}, nil, ""},
		"of another workbook":      {[]model.Sheet{{ID: "o", WorkbookID: "other", Name: "other"}}, nil, ""},
		"in the second dashboard":  {[]model.Sheet{{ID: "s2", WorkbookID: "w", Name: "second"}}, nil, ""},
		"without a name":           {[]model.Sheet{{ID: "x", WorkbookID: "w"}}, nil, ": " + model.DisplayName("") + "."},
		"of a hidden dashboard":    {[]model.Sheet{tip("a")}, func(d *lineage.Dashboard) { d.Dashboard.LUID, d.Dashboard.Hidden = "", true }, ": tip a."},
		"of a file, which says it": {[]model.Sheet{tip("a")}, func(d *lineage.Dashboard) { d.Dashboard.LUID = "" }, ""},
		"without a workbook":       {[]model.Sheet{tip("a")}, func(d *lineage.Dashboard) { d.Workbook = nil }, ""},
	} {
		site := &model.Site{Sheets: test.sheets, Dashboards: []model.Dashboard{
			{ID: "d", LUID: "luid", WorkbookID: "w", SheetIDs: []string{"s"}}, {ID: "d2", LUID: "luid2", WorkbookID: "w", SheetIDs: []string{"s2"}},
		}}
		d := &lineage.Dashboard{Site: site, Workbook: workbook, Dashboard: &site.Dashboards[0]}
		if test.change != nil {
			test.change(d)
		}
		got := SheetsElsewhere(d)
		if (got == "") != (test.want == "") || !strings.HasSuffix(got, test.want) {
			t.Errorf("%s: %q, want the end %q", name, got, test.want)
		}
	}
}
