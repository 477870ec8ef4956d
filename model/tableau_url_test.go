package model

import "testing"

func TestURLs(t *testing.T) {
	site := &Site{Server: "https://tableau.example.com/", ContentURL: "roastery"}
	book := &Workbook{URI: "sites/4989/workbooks/15995", VizportalURLID: "7"}
	for _, c := range []struct {
		name string
		s    *Site
		w    *Workbook
		d    *Dashboard
		want string
	}{
		{"view", site, book, &Dashboard{Path: "Orders/Overview"}, "https://tableau.example.com/#/site/roastery/views/Orders/Overview"},
		{"default site", &Site{Server: "http://t:8080/base"}, book, &Dashboard{Path: "A/B"}, "http://t:8080/base/#/views/A/B"},
		{"contentUrl of REST", site, book, &Dashboard{Path: "Orders/sheets/Overview"}, "https://tableau.example.com/#/site/roastery/views/Orders/Overview"},
		{"a view named sheets", site, book, &Dashboard{Path: "sheets/sheets"}, "https://tableau.example.com/#/site/roastery/views/sheets/sheets"},
		{"escaped", &Site{Server: "https://t", ContentURL: "a b#/site"}, nil, &Dashboard{Path: "Or#d?rs/Über%\n"}, "https://t/#/site/a%20b%23%2Fsite/views/Or%23d%3Frs/%C3%9Cber%25%0A"},
		{"hidden view", site, book, &Dashboard{}, "https://tableau.example.com/#/site/roastery/workbooks/15995"},
		{"no view", site, book, nil, "https://tableau.example.com/#/site/roastery/workbooks/15995"},
		{"number without URI", site, &Workbook{VizportalURLID: "7"}, &Dashboard{}, "https://tableau.example.com/#/site/roastery/workbooks/7"},
		{"odd URI", site, &Workbook{URI: "x/workbooks/1/2", VizportalURLID: "7"}, nil, "https://tableau.example.com/#/site/roastery/workbooks/7"},
		{"workbook without number", site, &Workbook{URI: "sites/1"}, &Dashboard{}, ""},
		{"no workbook", site, nil, &Dashboard{}, ""},
		{"no server", &Site{ContentURL: "roastery"}, book, &Dashboard{Path: "A/B"}, ""},
		{"no site", nil, book, &Dashboard{Path: "A/B"}, ""},
		{"no scheme", &Site{Server: "tableau.example.com"}, book, nil, "https://tableau.example.com/#/workbooks/15995"},
		{"scheme in capitals", &Site{Server: "HTTPS://bücher.example"}, book, nil, "https://bücher.example/#/workbooks/15995"},
		{"other scheme", &Site{Server: "javascript://alert(1)"}, book, nil, ""},
		{"file", &Site{Server: "file:///etc/passwd"}, book, nil, ""},
		{"script without slashes", &Site{Server: "javascript:alert(1)"}, book, nil, ""},
		{"user and blanks", &Site{Server: "https://a@b c"}, book, nil, ""},
		{"control character", &Site{Server: "https://a\x1b[2J"}, book, nil, ""},
		{"invisible", &Site{Server: "https://a\u202eb"}, book, nil, ""},
	} {
		if got := DashboardURL(c.s, c.w, c.d); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
