package artifact

import (
	"context"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/dbt/jsonwindow"
)

// artifactWindows are the sizes that every artifact is read with.
var artifactWindows = []int{64, jsonwindow.DefaultSize}

func TestCatalog(t *testing.T) {
	want := map[string][]*model.Column{
		"model.s.a": {{Name: "A", Type: "NUMBER"}, {Name: "B", Type: "TEXT"}}, "model.s.odd": {{Name: "z"}, {Name: "y"}},
		"model.s.n": nil, "source.s.r.t": nil,
	}
	for _, window := range artifactWindows {
		got, err := ReadCatalog(context.Background(), strings.NewReader(dbttest.Catalog), "catalog.json", window)
		if err != nil {
			t.Fatal(err)
		}
		dbttest.Same(t, want, got)
	}
}

func TestRunResults(t *testing.T) {
	want := map[string]model.Run{
		"model.s.a":  {Status: "success", Message: "SELECT 1", Seconds: 9.25, EndedAt: time.Date(2026, 6, 1, 12, 0, 9, 250e6, time.UTC)},
		"model.s.b":  {Status: "skipped"},
		"test.s.t.1": {Status: "fail", Message: "3"},
	}
	for _, which := range []string{"run", "build", "test", "seed", "snapshot", "generate", "compile", ""} {
		for _, window := range artifactWindows {
			got, err := ReadRunResults(context.Background(), strings.NewReader(strings.ReplaceAll(dbttest.RunResults, "WHICH", which)), "r.json", window)
			if err != nil {
				t.Fatal(err)
			}
			dbttest.Same(t, which, got.Command)
			dbttest.Same(t, time.Date(2026, 6, 1, 12, 10, 0, 500e6, time.UTC), got.At)
			if strings.Contains("run build test seed snapshot", which) && which != "" {
				dbttest.Same(t, want, got.Runs)
			} else if got.Runs != nil {
				t.Errorf("%q says nothing about runs, got %v", which, got.Runs)
			}
		}
	}
}

func TestFreshness(t *testing.T) {
	want := map[string]model.Freshness{
		"source.s.r.t": {Status: "warn", MaxLoadedAt: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), CheckedAt: time.Date(2026, 6, 1, 12, 0, 0, 1000, time.UTC)},
		"source.s.r.u": {Status: "runtime error", CheckedAt: time.Date(2026, 6, 1, 12, 30, 0, 0, time.UTC)},
	}
	for _, window := range artifactWindows {
		got, err := ReadFreshness(context.Background(), strings.NewReader(dbttest.Sources), "s.json", window)
		if err != nil {
			t.Fatal(err)
		}
		dbttest.Same(t, want, got)
	}
}

func TestArtifactErrors(t *testing.T) {
	ctx := context.Background()
	catalog := func(s string) error {
		_, err := ReadCatalog(ctx, strings.NewReader(s), "catalog.json", 64)
		return err
	}
	results := func(s string) error {
		_, err := ReadRunResults(ctx, strings.NewReader(s), "run_results.json", 64)
		return err
	}
	freshness := func(s string) error {
		_, err := ReadFreshness(ctx, strings.NewReader(s), "sources.json", 64)
		return err
	}
	tests := []struct {
		read     func(string) error
		in, want string
	}{
		{catalog, ``, "catalog.json: want a JSON object, got an empty file at byte 0; run `dbt docs generate` to regenerate it"},
		{catalog, `{}`, "want the artifact catalog, got a file without its sections"},
		{catalog, dbttest.RunResults, "want the artifact catalog, got \"run-results\""},
		{catalog, `{"nodes": {"model.s.a": {"columns": "x"}}}`, `catalog.json: nodes["model.s.a"].columns: want an object, got a string at byte 36`},
		{catalog, `{"nodes": {"model.s.a": {"columns": {"A": {"name": {}}}}}}`, `nodes["model.s.a"].columns.A.name: want a string, got an object`},
		{results, dbttest.Sources, "want the artifact run-results, got \"sources\""},
		{results, `{"results": {}}`, "run_results.json: results: want an array, got an object at byte 12"},
		{results, `{"results": [{"unique_id": "a"}, {"unique_id": "b", "timing": [}]}`, "results[1].timing"},
		{results, `{"results": [{"unique_id": "a", "timing": [{"completed_at" 1}]}]}`, "results[0].timing: want valid JSON, got an array"},
		{freshness, dbttest.RunResults, "want the artifact sources, got \"run-results\""},
		{freshness, `{"results": [1]}`, "sources.json: results[0]: want an object, got a number at byte 13; run `dbt source freshness` to regenerate it"},
	}
	for _, tt := range tests {
		if err := tt.read(tt.in); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got\n  %v\nwant\n  %s", err, tt.want)
		}
	}
	for _, c := range []struct {
		read func(string) error
		text string
	}{{catalog, dbttest.Catalog}, {results, dbttest.RunResults}, {freshness, dbttest.Sources}} {
		for n := range c.text {
			if c.read(c.text[:n]) == nil {
				t.Fatalf("cut at %d of %q loads", n, c.text)
			}
		}
	}
}
