//go:build unix

package main

import (
	"io"
	"path/filepath"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/sources/dbt"
	"darkroom/sources/tableau"
)

// What is measured is what it says: so many models and dashboards, all of them linked,
// and ways that are short in one shape and long in the other.
func TestProjectsAreWhatTheySay(t *testing.T) {
	longest := map[string]int{}
	for _, s := range shapes {
		dir := filepath.Join(t.TempDir(), s.name)
		if err := makeProject([]string{dir, s.name, "1000", "20"}, io.Discard); err != nil {
			t.Fatal(err)
		}
		p, err := dbt.LoadProject(t.Context(), manifestIn(dir), dbt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		sites, err := tableau.Load(t.Context(), []string{filepath.Join(dir, "site.json")}, tableau.Options{})
		if err != nil {
			t.Fatal(err)
		}
		g, err := lineage.Build(t.Context(), []*model.Project{p}, sites, lineage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Resources) != 1000 || len(g.Dashboards()) != 20 {
			t.Errorf("%s: %d models, %d dashboards", s.name, len(p.Resources), len(g.Dashboards()))
		}
		for _, id := range g.DashboardIDs() {
			if len(g.Upstream(id)) == 0 {
				t.Fatalf("%s: a dashboard reads no model", s.name)
			}
		}
		depth := map[string]int{}
		for _, r := range p.Resources {
			for _, parent := range r.DependsOn {
				depth[r.ID] = max(depth[r.ID], depth[parent]+1)
			}
			longest[s.name] = max(longest[s.name], depth[r.ID])
		}
	}
	if longest["shallow"] != 1 || longest["layered"] < 20 {
		t.Errorf("longest ways: %v", longest)
	}
}
