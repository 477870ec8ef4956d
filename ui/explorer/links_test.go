package explorer

import (
	"errors"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/text"
)

func withLinks(t *testing.T, site *model.Site, width, height int) *scenario.Scenario {
	t.Helper()
	opt := options()
	opt.Links = true
	return on(t, newApp(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, opt, fourViews()), width, height)
}

const overview = "https://tableau.example.com/#/site/acme/views/w1/d1"

// The address of a dashboard is a link to the whole of it, also where it is cut and where
// a box is over it, and it takes no cell.
func TestLinksOfAddresses(t *testing.T) {
	for _, width := range []int{100, 104, 120, 200} {
		s := withLinks(t, tower(), width, 50)
		s.View("Dashboards").Filter("overview")
		raw := s.Raw() // which checks that every link ends, and the widths
		if strings.Count(raw, "\x1b]8;;"+overview+"\x1b\\") != 1 {
			t.Errorf("at %d no link:\n%q", width, raw)
		}
		plain, _ := open(t, width, 50)
		if got, want := s.Frame(), plain.View("Dashboards").Filter("overview").Frame(); got != want {
			t.Errorf("at %d the link changes the frame:\n%s", width, got)
		}
		s.Press("help").Raw()
	}
}

// So is it in the proof, in the search, and where no browser could be opened.
func TestLinksOfAddressesInBoxes(t *testing.T) {
	const link = "\x1b]8;;" + overview + "\x1b\\"
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, openErr: errors.New("there is no display")}
	opt := options()
	opt.Links = true
	for _, width := range []int{60, 120} {
		s := on(t, newApp(f, opt, fourViews()), width, 40).View("Dashboards").Filter("overview").Press("zoom") // no details
		for name, box := range map[string]func(){
			"proof":      func() { s.Press("explain") },
			"search":     func() { s.Press("goto").Keys("order o") },
			"no browser": func() { s.Press("browse").Has("there is no display") },
		} {
			if raw := s.Raw(); strings.Contains(raw, link) {
				t.Fatalf("a link before the %s:\n%q", name, raw)
			}
			if box(); !strings.Contains(s.Raw(), link) {
				t.Errorf("at %d no link in the %s:\n%q", width, name, s.Raw())
			}
			s.Keys("esc")
		}
	}
}

// Without a terminal that knows links there are none.
// A model has its page in dbt docs, where it is known where they are served.
func TestPagesOfDbtDocs(t *testing.T) {
	p := shop()
	f := &fake{projects: []*model.Project{p}, sites: []*model.Site{tower()}}
	s := begin(t, f, 120, 36).Cursor("marts", "fct_orders").Press("browse").Status("write docs_url in darkroom.yml")
	p.DocsURL = "https://docs.example.com/shop"
	const page = "https://docs.example.com/shop/#!/model/model.shop.fct_orders"
	if s.Press("browse").Status("opening " + page); f.opened != page {
		t.Errorf("opened %q", f.opened)
	}
	s.Details("https://docs.example.com/shop/").Press("copy").Has("address", "fct_orders").Keys("esc")
	s.Cursor("models", "marts").Press("browse").Status("no address is known for this row")
}

func TestNoLinks(t *testing.T) {
	s, _ := open(t, 120, 50)
	if raw := s.View("Dashboards").Filter("overview").Raw(); strings.Contains(raw, "\x1b]8") {
		t.Errorf("%q", raw)
	}
}

func TestOnlyAddressesBecomeLinks(t *testing.T) {
	for address, is := range map[string]bool{
		"https://bi.example/#/views/a": true, "http://bi.example:8080/x%20y": true,
		"javascript:alert(1)": false, "file:///etc/passwd": false, "ftp://bi.example/": false, "bi.example/x": false, "https://": false, "": false,
		"https://user:word@bi.example/": false, "https://bi.example/\x1b\\": false, "https://bi.example/\a": false, "https://bi.example/a b": false,
		"https://bi.example/ü": false, "https://bi.example/%zz": false,
	} {
		if got := text.Link(address, "shown"); (got != "shown") != is {
			t.Errorf("%q becomes %q", address, got)
		}
	}
}
