package tool

import (
	"testing"

	"darkroom/model"
)

func TestURLs(t *testing.T) {
	site := &model.Site{Server: "https://tableau.example.com/", ContentURL: "roastery"}
	book := &model.Workbook{PageID: "15995"}
	for _, c := range []struct {
		name string
		s    *model.Site
		w    *model.Workbook
		d    *model.Dashboard
		want string
	}{
		{"view", site, book, &model.Dashboard{Path: "Orders/Overview"}, "https://tableau.example.com/#/site/roastery/views/Orders/Overview"},
		{"default site", &model.Site{Server: "http://t:8080/base"}, book, &model.Dashboard{Path: "A/B"}, "http://t:8080/base/#/views/A/B"},
		{"contentUrl of REST", site, book, &model.Dashboard{Path: "Orders/sheets/Overview"}, "https://tableau.example.com/#/site/roastery/views/Orders/Overview"},
		{"a view named sheets", site, book, &model.Dashboard{Path: "sheets/sheets"}, "https://tableau.example.com/#/site/roastery/views/sheets/sheets"},
		{"escaped", &model.Site{Server: "https://t", ContentURL: "a b#/site"}, nil, &model.Dashboard{Path: "Or#d?rs/Über%\n"}, "https://t/#/site/a%20b%23%2Fsite/views/Or%23d%3Frs/%C3%9Cber%25%0A"},
		{"hidden view", site, book, &model.Dashboard{}, "https://tableau.example.com/#/site/roastery/workbooks/15995"},
		{"no view", site, book, nil, "https://tableau.example.com/#/site/roastery/workbooks/15995"},
		{"workbook without number", site, &model.Workbook{}, &model.Dashboard{}, ""},
		{"no workbook", site, nil, &model.Dashboard{}, ""},
		{"no server", &model.Site{ContentURL: "roastery"}, book, &model.Dashboard{Path: "A/B"}, ""},
		{"no site", nil, book, &model.Dashboard{Path: "A/B"}, ""},
		{"no scheme", &model.Site{Server: "tableau.example.com"}, book, nil, "https://tableau.example.com/#/workbooks/15995"},
		{"scheme in capitals", &model.Site{Server: "HTTPS://bücher.example"}, book, nil, "https://bücher.example/#/workbooks/15995"},
		{"other scheme", &model.Site{Server: "javascript://alert(1)"}, book, nil, ""},
		{"file", &model.Site{Server: "file:///etc/passwd"}, book, nil, ""},
		{"script without slashes", &model.Site{Server: "javascript:alert(1)"}, book, nil, ""},
		{"user and blanks", &model.Site{Server: "https://a@b c"}, book, nil, ""},
		{"control character", &model.Site{Server: "https://a\x1b[2J"}, book, nil, ""},
		{"invisible", &model.Site{Server: "https://a\u202eb"}, book, nil, ""},
	} {
		if got := dashboardURL(c.s, c.w, c.d); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWorkbookPage(t *testing.T) {
	for _, c := range [][3]string{
		{"sites/4989/workbooks/15995", "7", "15995"},
		{"", "7", "7"},
		{"x/workbooks/1/2", "7", "7"},
		{"sites/1", "", ""},
	} {
		if got := WorkbookPage(c[0], c[1]); got != c[2] {
			t.Errorf("%q and %q: got %q", c[0], c[1], got)
		}
	}
}
