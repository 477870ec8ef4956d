package dbt

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"darkroom/model"
)

// Of several files the newest result counts, and the newest build, which can be another.
func TestNewestBuild(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 6, 30, hour, 0, 0, 0, time.UTC) }
	file := func(hour int, status string) string {
		path := filepath.Join(t.TempDir(), "run_results.json")
		text := fmt.Sprintf(`{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/run-results/v6.json","generated_at":"%s"},
			"args":{"which":"build"},"results":[{"unique_id":"model.s.a","status":%q,"timing":[{"name":"execute","completed_at":"%s"}]}]}`,
			at(hour).Format(time.RFC3339), status, at(hour).Format(time.RFC3339))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		files  []string
		status string
		built  time.Time
	}{
		"built":                    {[]string{file(8, "success")}, "success", at(8)},
		"built, then reused":       {[]string{file(8, "success"), file(9, "reused")}, "reused", at(8)},
		"reused, read before that": {[]string{file(9, "reused"), file(8, "success")}, "reused", at(8)},
		"built twice":              {[]string{file(9, "success"), file(8, "success")}, "success", at(9)},
		"built, then an error":     {[]string{file(8, "success"), file(9, "error")}, "error", at(8)},
		"never built":              {[]string{file(8, "no-op"), file(9, "reused")}, "reused", time.Time{}},
		"built in part":            {[]string{file(8, "partial success")}, "partial success", time.Time{}},
	} {
		p := &model.Project{}
		for _, f := range c.files {
			if err := AddResults(t.Context(), p, f); err != nil {
				t.Fatal(err)
			}
		}
		if run := p.Runs["model.s.a"]; run.Status != c.status || !run.BuiltAt.Equal(c.built) {
			t.Errorf("%s: %s, built %s, want %s, %s", name, run.Status, run.BuiltAt, c.status, c.built)
		}
	}
}
