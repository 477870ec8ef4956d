package workbook

import (
	"flag"
	"testing"

	"darkroom/model"
	"darkroom/sources/tableau/sitetest"
)

var update = flag.Bool("update", false, "write the golden files again")

// Every file or folder in testdata/sites is one site.
func TestSites(t *testing.T) {
	load := func(path string) ([]*model.Site, error) { return Load(t.Context(), []string{path}, Options{}) }
	sitetest.Goldens(t, *update, load, baseName, checkSite)
}

// checkSite asserts what holds for every site and for those of files.
func checkSite(t *testing.T, s *model.Site) {
	t.Helper()
	sitetest.CheckFiles(t, s)
	x := model.NewSiteIndex(s)
	for i := range s.Dashboards {
		d := &s.Dashboards[i]
		if x.Workbook[d.WorkbookID] == nil || d.Views != -1 || d.LUID != "" || d.DocumentViewID != "" {
			t.Errorf("dashboard %+v", d)
		}
	}
	for i := range s.Datasources {
		d := &s.Datasources[i]
		if d.Published == (d.WorkbookID != "") {
			t.Errorf("data source %+v", d)
		}
	}
}
