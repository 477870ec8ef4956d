package changes

import (
	"context"
	"path/filepath"
	"strings"

	"darkroom/model/change"
	"darkroom/model/selector"
	"darkroom/sources/dbt"
	"darkroom/sources/dbt/nodes"
	"darkroom/sources/project/workspace"
)

// State compares the present project of a workspace with that of production.
func State(ctx context.Context, w *workspace.Workspace) (*change.Set, error) {
	m, err := dbt.ReadNodes(ctx, w.Present, true)
	if err != nil {
		return nil, err
	}
	u := selector.New(m.Nodes)
	if u.State, err = nodes.ReadState(ctx, filepath.Dir(w.Production.File), filepath.Dir(w.Present.File), w.Present.Name, m); err != nil {
		return nil, err
	}
	s := change.Compare(change.Known{Now: u, Disabled: m.Disabled, Before: w.Production.Catalog, After: w.Present.Catalog})
	s.What = filepath.ToSlash(filepath.Dir(w.Production.File))
	s.Of(w.Production)
	s.Outdated = w.PresentOutdated
	s.Limits = append(stateLimits(w, u, s.Outdated), Limits(w)...)
	return s, nil
}

// stateLimits say what a comparison of two manifests cannot see.
func stateLimits(w *workspace.Workspace, u *selector.Universe, outdated bool) []string {
	limits := []string{
		"Values of variables, of the environment and of profiles are not compared, nor are macros that dbt calls by itself, such as generate_schema_name and materializations.",
	}
	if outdated {
		limits = append(limits, "The project has changed since its manifest was written, which is not in this comparison: run dbt parse.")
	}
	var large []string
	for i := range u.Nodes {
		if n := &u.Nodes[i]; n.Print != nil && n.Print.ByPath {
			large = append(large, n.Name)
		}
	}
	if len(large) > 0 {
		limits = append(limits, "Seeds of more than 1 MiB are compared by their path and not by their rows: "+strings.Join(large, ", ")+". --base sees them.")
	}
	if a, b := w.Production.DbtVersion, w.Present.DbtVersion; a != b {
		limits = append(limits, "The manifests are of dbt "+orUnknown(a)+" and "+orUnknown(b)+": what only one of them writes counts as a change.")
	}
	return limits
}

func orUnknown(version string) string {
	if version == "" {
		return "of an unknown version"
	}
	return version
}
