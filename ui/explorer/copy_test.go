package explorer

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/scenario"
	"darkroom/ui/explorer/yank"
)

// copying is the fixture with a clipboard.
func copying(t *testing.T, width, height int) (s *scenario.Scenario, f *fake, copied *string) {
	t.Helper()
	f = &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}}
	opt, text := options(), ""
	opt.Copy = func(s string) { text = s }
	return on(t, newApp(f, opt, fourViews()), width, height), f, &text
}

func TestYankMenuShowsWhatItCopies(t *testing.T) {
	s, _, copied := copying(t, 120, 36)
	s.Cursor("marts", "fct_orders").Press("copy")
	s.Has("Copy: fct_orders", "i id", "model.shop.fct_orders", "{{ ref('fct_orders') }}", `"shop"."marts"."fct_orders"`, "models/marts/fct_orders.sql", "dbt build -s fct_orders")
	for key, want := range map[string]string{
		"i": "model.shop.fct_orders", "n": "fct_orders", "r": "{{ ref('fct_orders') }}", "p": "models/marts/fct_orders.sql", "b": "dbt build -s fct_orders",
	} {
		if s.Keys("esc").Press("copy").Keys(key); *copied != want {
			t.Errorf("%s copied %q, want %q", key, *copied, want)
		}
	}
	s.Press("copy").Keys("down", "enter").Status("name copied: fct_orders")
	s.Press("messages").Has("name copied: fct_orders").Keys("esc")
}

func TestYankMenuOfASource(t *testing.T) {
	s, _, copied := copying(t, 120, 36)
	if s.Cursor("sources", "raw", "orders").Press("copy").Keys("r"); *copied != "{{ source('raw', 'orders') }}" {
		t.Errorf("%q", *copied)
	}
}

func TestYankMenuOfADashboardAndItsWorkbook(t *testing.T) {
	s, _, copied := copying(t, 120, 36)
	const url = "https://tableau.example.com/#/site/acme/views/w1/d1"
	s.View("Dashboards").Filter("overview")
	for key, want := range map[string]string{
		"a": url, "n": "Order Overview", "m": "[Order Overview](" + url + ")", "i": "00000000-0000-0000-0000-000000000001",
	} {
		if s.Press("copy").Keys(key); *copied != want {
			t.Errorf("%s copied %q, want %q", key, *copied, want)
		}
	}
	if s.Press("parent", "copy").Keys("n"); *copied != "Orders" {
		t.Errorf("%q", *copied)
	}
}

func TestYankMenuOfAnExposure(t *testing.T) {
	s, f, copied := copying(t, 120, 36)
	s.View("Dashboards").Filter("overview")
	at, _ := s.Model().(*App).view.At()
	d := at.Of
	e := &outlook.Entry{ID: "exposure.shop.order_overview", Name: "order_overview", Key: d.Key, State: outlook.New, Auto: true, Path: "models/exposures/tableau.yml", YAML: "- name: order_overview\n  type: dashboard\n"}
	f.outlook = outlook.Make([]*outlook.Entry{e}, map[string]*outlook.Dashboard{d.Key: {State: outlook.New, Entries: []*outlook.Entry{e}}}, "")
	s.Press("tick")
	for key, want := range map[string]string{"y": e.YAML, "p": e.Path, "b": "dbt build -s +exposure:order_overview"} {
		if s.Press("copy").Keys(key); *copied != want {
			t.Errorf("%s copied %q, want %q", key, *copied, want)
		}
	}
	s.Press("copy").Keys("down", "down", "down", "down").Has("- name: order_overview", "type: dashboard").Keys("esc")
}

// What is copied goes into shells and terminals.
func TestYankIsCleanAndBounded(t *testing.T) {
	s, _, copied := copying(t, 120, 36)
	s.View("Dashboards").Filter("evil").Press("copy").Has("Evil").Keys("n")
	if strings.ContainsAny(*copied, "\x1b\n\r") || !strings.Contains(*copied, "売上") {
		t.Errorf("%q", *copied)
	}
	*copied = ""
	a := s.Model().(*App)
	s.Do(func() { a.host.Copy("YAML", strings.Repeat("x", yank.Most+1)) }).Status("not copied: the YAML has 64 KiB")
	if *copied != "" {
		t.Error("it was copied")
	}
	a.host.Copy("YAML", "a: 1\nb: 2\n")()
	s.Status("YAML copied: 2 lines")
}

func TestYankMenuFitsEveryScreen(t *testing.T) {
	for _, size := range [][2]int{{24, 6}, {40, 12}, {80, 24}, {200, 50}} {
		s, _, _ := copying(t, size[0], size[1])
		s.Filter("fct_orders")
		s.Press("copy").Raw()
		for range 8 {
			s.Keys("down").Raw()
		}
	}
}

func TestNothingOpensTheAddress(t *testing.T) {
	s, f, copied := copying(t, 120, 36)
	f.openErr = errors.New("there is no display here")
	const url = "https://tableau.example.com/#/site/acme/views/w1/d1"
	s.View("Dashboards").Filter("overview").Press("browse").Has("there is no display here", url)
	if !slices.ContainsFunc(strings.Split(s.Frame(), "\n"), func(l string) bool { return strings.TrimRight(l, " ") == url }) {
		t.Errorf("the address is not alone on its line:\n%s", s.Frame())
	}
	if s.Keys("y"); *copied != url {
		t.Errorf("%q", *copied)
	}
	s.Hasnt("No browser could be opened").Status("! 1 message")
	narrow, f, _ := copying(t, 40, 12)
	f.openErr = errors.New("no")
	narrow.View("Dashboards").Filter("overview").Press("browse")
	if frame := strings.ReplaceAll(strings.ReplaceAll(narrow.Frame(), "\n", ""), " ", ""); !strings.Contains(frame, url) {
		t.Error(narrow.Frame())
	}
}
