package workspace

import (
	"context"

	"darkroom/model"
	"darkroom/sources/dbt"
)

// ManifestCheck is one manifest: its project, and what is wrong with it, which may be
// that it is outdated.
type ManifestCheck struct {
	Project *model.Project // nil when it cannot be read
	Err     error
}

// CheckManifests reads the manifests of a request and nothing else.
func CheckManifests(ctx context.Context, req Request) []ManifestCheck {
	w, plan, err := prepare(req)
	if err != nil {
		return []ManifestCheck{{Err: err}}
	}
	var out []ManifestCheck
	for _, path := range plan.manifests {
		p, err := dbt.LoadProject(ctx, path, dbt.Options{})
		if err == nil {
			err = dbt.Outdated(ctx, p, w.short(path))
		}
		out = append(out, ManifestCheck{p, err})
	}
	return out
}
