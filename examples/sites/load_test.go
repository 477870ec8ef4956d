package main

import (
	"context"
	"path/filepath"
	"testing"

	"darkroom/model"
	"darkroom/sources/tableau"
)

// TestLoad: darkroom's own reader reads the committed files completely.
func TestLoad(t *testing.T) {
	raw := sites(t)
	for i, name := range []string{"cloud", "server"} {
		s := load(t, filepath.Join("..", "roastery", "tableau", name+".json.gz"))
		meta := raw[i].Get("metadata")
		got := []int{len(s.Containers), len(s.Workbooks), len(s.Dashboards), len(s.Sheets), len(s.Datasources), len(s.Tables), len(s.Flows), len(s.Partial)}
		want := []int{
			int(raw[i].Get("rest.projects.#").Int()),
			int(meta.Get("workbooks.#").Int()), int(meta.Get("dashboards.#").Int()), int(meta.Get("sheets.#").Int()),
			int(meta.Get("embeddedDatasources.#").Int() + meta.Get("publishedDatasources.#").Int()),
			int(meta.Get("databaseTables.#").Int() + meta.Get("customSQLTables.#").Int() + meta.Get("virtualConnectionTables.#").Int()),
			int(meta.Get("flows.#").Int()), 0,
		}
		diff(t, name+": projects, workbooks, dashboards, sheets, data sources, tables, flows, gaps", got, want)
		redacted := 0
		for _, tab := range s.Tables {
			if tab.Redacted {
				redacted++
			}
		}
		if redacted != 1 {
			t.Errorf("%s: %d redacted tables, want 1", name, redacted)
		}
	}
}

func TestLoadAnswers(t *testing.T) {
	for _, name := range []string{"connections", "nested_workbooks", "dbt_troubleshooting"} {
		s := load(t, filepath.Join("answers", name+".json"))
		if len(s.Workbooks) != 2 || len(s.Tables) == 0 {
			t.Errorf("%s: %d workbooks and %d tables, want 2 and some", name, len(s.Workbooks), len(s.Tables))
		}
	}
}

func load(t *testing.T, path string) *model.Site {
	t.Helper()
	got, err := tableau.Load(context.Background(), []string{path}, tableau.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("%s: %d sites, want one", path, len(got))
	}
	return got[0]
}
