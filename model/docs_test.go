package model

import "testing"

func TestDocsPage(t *testing.T) {
	source := &Resource{Kind: KindSource, ID: "source.shop.raw.orders"}
	for base, want := range map[string]string{
		"":                                   "",
		"https://docs.example.com":           "https://docs.example.com/#!/source/source.shop.raw.orders",
		"https://docs.example.com/shop/":     "https://docs.example.com/shop/#!/source/source.shop.raw.orders",
		"https://x.example.com/d/index.html": "https://x.example.com/d/index.html#!/source/source.shop.raw.orders",
	} {
		if got := (&Project{DocsURL: base}).DocsPage(source); got != want {
			t.Errorf("%q: %q, want %q", base, got, want)
		}
	}
	if got := (&Project{DocsURL: "https://docs.example.com"}).DocsPage(&Resource{Kind: KindMetric, ID: "metric.shop.revenue"}); got != "" {
		t.Errorf("a metric has no page: %q", got)
	}
	if (*Project)(nil).DocsPage(source) != "" {
		t.Error("a page without a project")
	}
}
