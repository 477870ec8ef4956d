package tile

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"darkroom/model"
	"darkroom/model/health"
	"darkroom/model/lineage"
)

var made = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

// report is the health of what is on one model with a source.
func report(t *testing.T, run, fresh string) *health.Report {
	t.Helper()
	source := model.Resource{ID: "source.shop.raw.orders", Kind: model.KindSource, Name: "orders", Common: &model.Common{SourceName: "raw", Package: "shop"}, ChecksFreshness: true}
	p := &model.Project{
		Name: "shop", Resources: []model.Resource{source, {ID: "model.shop.fct", Kind: model.KindModel, Name: "fct", Common: &model.Common{Package: "shop", Materialized: "table"}, DependsOn: []string{source.ID}}},
		Runs: map[string]model.Run{}, Freshness: map[string]model.Freshness{},
	}
	if run != "" {
		p.Runs["model.shop.fct"] = model.Run{Status: run, EndedAt: made.Add(-time.Hour), Seconds: 75}
	}
	if fresh != "" {
		p.Freshness[source.ID] = model.Freshness{Status: fresh, CheckedAt: made.Add(-time.Minute)}
	}
	g, err := lineage.Build(t.Context(), []*model.Project{p}, nil, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := health.New(t.Context(), g, health.Options{Now: made})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := g.Resource("model.shop.fct")
	return h.ReportOver(id)
}

func render(t *testing.T, one *Tile) string {
	t.Helper()
	page, err := Render(one, Options{Made: made, Valid: 24 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	checkHTML(t, page)
	return string(page)
}

// checkHTML fails on elements that are not closed in their order, and on anything that runs
// or is loaded.
func checkHTML(t *testing.T, page []byte) {
	t.Helper()
	for _, once := range []string{`<!DOCTYPE html>`, `<html lang="en">`, "<title>", "<h1>", "<main>", `<meta charset="utf-8">`} {
		if bytes.Count(page, []byte(once)) != 1 {
			t.Errorf("%s is there %d times", once, bytes.Count(page, []byte(once)))
		}
	}
	void := map[string]bool{"meta": true}
	var open []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not closed: %v", open)
			}
			return
		case html.StartTagToken:
			token := z.Token()
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" {
					t.Errorf("%s has %s=%q", token.Data, a.Key, a.Val)
				}
			}
			if token.Data == "script" || token.Data == "link" || token.Data == "img" || token.Data == "iframe" {
				t.Errorf("there is a %s", token.Data)
			}
			if !void[token.Data] {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes nothing: %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		run, fresh string
		want       []string
	}{
		{"success", "pass", []string{"healthy", "Data freshness passed", "Data quality passed", "2 of 2 ancestors", "which took 1m15s", "Last check <time datetime=\"2026-06-30T11:59:00Z\">"}},
		{"success", "warn", []string{"caution", "Data may be stale", "Data quality passed", "raw.orders may be stale"}},
		{"error", "pass", []string{"degraded", "Data freshness passed", "Data quality degraded", "fct failed"}},
		{"success", "", []string{"unknown", "Data freshness not checked", "Data quality passed", "1 of 2 ancestors"}},
		{"", "", []string{"unknown", "Data freshness not checked", "Data quality unknown", "Never checked."}},
		{"", "error", []string{"degraded", "Data may be stale", "Data quality unknown"}},
	} {
		page := render(t, &Tile{ID: "exposure.shop.x", Title: "Board", Type: "dashboard", Report: report(t, c.run, c.fresh)})
		for _, want := range append(c.want, "Valid until <time datetime=\"2026-07-01T12:00:00Z\">2026-07-01 12:00 UTC</time>; older means that the job stopped.") {
			if !strings.Contains(page, want) {
				t.Errorf("run %q, freshness %q: %q is missing in\n%s", c.run, c.fresh, want, page)
			}
		}
	}
}

// Names are from outside, and a tile is read by people who trust it.
func TestHostileNames(t *testing.T) {
	for _, title := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "</title></style><b>", "{{.Style}}", "a\u202eb\x1b[2J"} {
		rep := report(t, "error", "pass")
		rep.Findings[0].Resource = &model.Resource{Kind: model.KindModel, Name: title}
		page := render(t, &Tile{ID: title, Title: title, Type: title, URL: "javascript:alert(1)", Report: rep})
		if strings.Contains(page, "javascript:") || strings.Contains(page, "href") || strings.ContainsAny(page, "\u202e\x1b") {
			t.Errorf("%q\n%s", title, page)
		}
	}
}

func TestLinks(t *testing.T) {
	for address, want := range map[string]string{
		"https://bi.example/#/site/a/views/B/C":     "https://bi.example/#/site/a/views/B/C",
		"http://bi.example/x?id=3":                  "http://bi.example/x?id=3",
		"https://ann:word@bi.example/x":             "https://bi.example/x",
		"https://bi.example/x?id=3&access_token=ab": "https://bi.example/x",
		"https://bi.example/x?Signature=ab":         "https://bi.example/x",
		"javascript:alert(1)":                       "",
		"data:text/html,x":                          "",
		"file:///etc/passwd":                        "",
		"//bi.example/x":                            "",
		"bi.example":                                "",
		"https://":                                  "",
	} {
		if got := linkOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestFiles(t *testing.T) {
	if got := File("exposure.shop.weekly_numbers"); got != "exposure.shop.weekly_numbers.html" {
		t.Error(got)
	}
	seen := map[string]string{}
	for _, id := range []string{"exposure.shop.a b", "exposure.shop.a/b", "exposure.shop.a-b", "../../etc/passwd", "exposure.shop.äb", strings.Repeat("x", 300), strings.Repeat("x", 301), ""} {
		name := File(id)
		if strings.ContainsAny(name, "/\\ ") || len(name) > 130 || seen[name] != "" {
			t.Errorf("%q: %q, as %q", id, name, seen[name])
		}
		seen[name] = id
	}
}

// The index has the worst first, and says when there is nothing.
func TestIndex(t *testing.T) {
	tiles := []*Tile{
		{ID: "exposure.shop.fine", Title: "Fine", Report: report(t, "success", "pass")},
		{ID: "exposure.shop.bad", Title: "Bad", Report: report(t, "error", "pass")},
		{ID: "exposure.shop.dark", Title: "Dark", Report: report(t, "", "")},
	}
	page, err := Index(tiles, Options{Made: made, Valid: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	checkHTML(t, page)
	at := -1
	for _, name := range []string{"exposure.shop.bad.html", "exposure.shop.dark.html", "exposure.shop.fine.html"} {
		i := bytes.Index(page, []byte(name))
		if i <= at {
			t.Errorf("%s is at %d, after %d", name, i, at)
		}
		at = i
	}
	page, err = Index(nil, Options{Made: made, Valid: time.Hour})
	if err != nil || !bytes.Contains(page, []byte("There is no exposure yet.")) {
		t.Errorf("%v\n%s", err, page)
	}
}

// Every colour of text has a contrast of 4.5 on its paper, by day and by night.
func TestContrast(t *testing.T) {
	colour := regexp.MustCompile(`--(\w+): #([0-9a-f]{6})`)
	day, night, ok := strings.Cut(style, "@media")
	if !ok {
		t.Fatal("there is no dark palette")
	}
	for name, part := range map[string]string{"day": day, "night": night} {
		colours := map[string]float64{}
		for _, m := range colour.FindAllStringSubmatch(part, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, ink := range []string{"ink", "dim", "healthy", "caution", "degraded", "unknown", "link"} {
			l, paper := colours[ink], colours["paper"]
			ratio := (max(l, paper) + 0.05) / (min(l, paper) + 0.05)
			if _, known := colours[ink]; !known || ratio < 4.5 {
				t.Errorf("%s by %s: %s", ink, name, fmt.Sprintf("%.2f", ratio))
			}
		}
	}
}

// luminance is the relative one of WCAG.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range [...]float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
