package dbt

import (
	"context"
	"strings"
	"testing"
	"time"

	"darkroom/model"
)

// artifactWindows are the sizes that every artifact is read with.
var artifactWindows = []int{64, windowSize}

const catalogText = `{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json", "generated_at": "2026-06-01T12:00:00Z"},
 "nodes": {"model.s.a": {"metadata": {"type": "BASE TABLE", "schema": "PUBLIC", "name": "A", "database": "DB", "comment": null, "owner": "R"},
   "columns": {"B": {"type": "TEXT", "index": 2, "name": "B", "comment": null}, "A": {"type": "NUMBER", "index": 1, "name": "A"}}, "stats": {"x": {"id": "x"}}, "unique_id": "model.s.a"},
  "model.s.n": {"metadata": null, "columns": null},
  "model.s.odd": {"columns": {"z": {"index": null}, "y": {}}, "metadata": {"name": "\u00e4", "database": null, "schema": 5}}},
 "sources": {"source.s.r.t": {"metadata": {"type": "VIEW", "schema": "RAW", "name": "T", "database": null}, "columns": {}}},
 "errors": null}`

func TestCatalog(t *testing.T) {
	want := map[string]model.CatalogTable{
		"model.s.a": {Database: "DB", Schema: "PUBLIC", Name: "A", Type: "BASE TABLE", Columns: []model.Column{{Name: "A", Type: "NUMBER"}, {Name: "B", Type: "TEXT"}}},
		"model.s.n": {}, "model.s.odd": {Schema: "5", Name: "ä", Columns: []model.Column{{Name: "z"}, {Name: "y"}}},
		"source.s.r.t": {Schema: "RAW", Name: "T", Type: "VIEW"},
	}
	for _, window := range artifactWindows {
		got, err := readCatalog(context.Background(), strings.NewReader(catalogText), "catalog.json", window)
		if err != nil {
			t.Fatal(err)
		}
		same(t, want, got)
	}
}

const runResultsText = `{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json", "generated_at": "2026-06-01T12:10:00.5Z"},
 "results": [
  {"status": "success", "timing": [{"name": "compile", "started_at": "2026-06-01T12:00:00Z", "completed_at": "2026-06-01T12:00:01Z"}, {"name": "execute", "started_at": "2026-06-01T12:00:01Z", "completed_at": "2026-06-01T12:00:09.25Z"}],
   "thread_id": "Thread-1", "execution_time": 9.25, "adapter_response": {"rows": 1}, "message": "SELECT 1", "failures": null, "unique_id": "model.s.a", "compiled_code": "select \"}\" "},
  {"status": "Skipped", "timing": [], "execution_time": 0, "message": null, "unique_id": "model.s.b"},
  {"status": "fail", "timing": null, "message": 3, "unique_id": "test.s.t.1"},
  {"status": "success"}],
 "elapsed_time": 10.0, "args": {"which": "WHICH", "select": []}}`

func TestRunResults(t *testing.T) {
	want := map[string]model.Run{
		"model.s.a":  {Status: "success", Message: "SELECT 1", Seconds: 9.25, EndedAt: time.Date(2026, 6, 1, 12, 0, 9, 250e6, time.UTC)},
		"model.s.b":  {Status: "skipped"},
		"test.s.t.1": {Status: "fail", Message: "3"},
	}
	for _, which := range []string{"run", "build", "test", "seed", "snapshot", "generate", "compile", ""} {
		for _, window := range artifactWindows {
			got, err := readRunResults(context.Background(), strings.NewReader(strings.ReplaceAll(runResultsText, "WHICH", which)), "r.json", window)
			if err != nil {
				t.Fatal(err)
			}
			same(t, which, got.command)
			same(t, time.Date(2026, 6, 1, 12, 10, 0, 500e6, time.UTC), got.at)
			if strings.Contains("run build test seed snapshot", which) && which != "" {
				same(t, want, got.runs)
			} else if got.runs != nil {
				t.Errorf("%q says nothing about runs, got %v", which, got.runs)
			}
		}
	}
}

const sourcesText = `{"results": [
  {"unique_id": "source.s.r.t", "max_loaded_at": "2026-06-01T11:00:00+02:00", "snapshotted_at": "2026-06-01T12:00:00.000001+00:00", "max_loaded_at_time_ago_in_s": 1.5, "status": "warn",
   "criteria": {"warn_after": {"count": 12, "period": "hour"}, "filter": null}, "adapter_response": {}, "timing": [], "execution_time": 0.1},
  {"unique_id": "source.s.r.u", "error": "no such table", "status": "runtime error"}],
 "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/sources/v3.json", "generated_at": "2026-06-01T12:30:00Z"}, "elapsed_time": 1}`

func TestFreshness(t *testing.T) {
	want := map[string]model.Freshness{
		"source.s.r.t": {Status: "warn", MaxLoadedAt: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), CheckedAt: time.Date(2026, 6, 1, 12, 0, 0, 1000, time.UTC)},
		"source.s.r.u": {Status: "runtime error", CheckedAt: time.Date(2026, 6, 1, 12, 30, 0, 0, time.UTC)},
	}
	for _, window := range artifactWindows {
		got, err := readFreshness(context.Background(), strings.NewReader(sourcesText), "s.json", window)
		if err != nil {
			t.Fatal(err)
		}
		same(t, want, got)
	}
}

func TestArtifactErrors(t *testing.T) {
	ctx := context.Background()
	catalog := func(s string) error {
		_, err := readCatalog(ctx, strings.NewReader(s), "catalog.json", 64)
		return err
	}
	results := func(s string) error {
		_, err := readRunResults(ctx, strings.NewReader(s), "run_results.json", 64)
		return err
	}
	freshness := func(s string) error {
		_, err := readFreshness(ctx, strings.NewReader(s), "sources.json", 64)
		return err
	}
	tests := []struct {
		read     func(string) error
		in, want string
	}{
		{catalog, ``, "catalog.json: want a JSON object, got an empty file at byte 0; run `dbt docs generate` to regenerate it"},
		{catalog, `{}`, "want the artifact catalog, got a file without its sections"},
		{catalog, runResultsText, "want the artifact catalog, got \"run-results\""},
		{catalog, `{"nodes": {"model.s.a": {"metadata": "x"}}}`, `catalog.json: nodes["model.s.a"].metadata: want an object, got a string at byte 37`},
		{catalog, `{"nodes": {"model.s.a": {"columns": {"A": {"name": {}}}}}}`, `nodes["model.s.a"].columns.A.name: want a string, got an object`},
		{results, sourcesText, "want the artifact run-results, got \"sources\""},
		{results, `{"results": {}}`, "run_results.json: results: want an array, got an object at byte 12"},
		{results, `{"results": [{"unique_id": "a"}, {"unique_id": "b", "timing": [}]}`, "results[1].timing"},
		{results, `{"results": [{"unique_id": "a", "timing": [{"completed_at" 1}]}]}`, "results[0].timing: want valid JSON, got an array"},
		{freshness, runResultsText, "want the artifact sources, got \"run-results\""},
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
	}{{catalog, catalogText}, {results, runResultsText}, {freshness, sourcesText}} {
		for n := range c.text {
			if c.read(c.text[:n]) == nil {
				t.Fatalf("cut at %d of %q loads", n, c.text)
			}
		}
	}
}
