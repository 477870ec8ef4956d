package dbt

import (
	"context"
	"errors"
	"os"
	"time"

	"darkroom/model"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
	"darkroom/sources/disk"
)

// AddResults reads the results of one more run into a project: a run_results.json, a
// sources.json, or a folder with one of them or both, plain or gzipped. Of each resource
// the newest result counts (sources/dbt/ARTIFACTS.md#run-results).
func AddResults(ctx context.Context, p *model.Project, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return &disk.Error{File: path, What: "cannot be opened", Err: err, Fix: "name a run_results.json, a sources.json, or their folder"}
	}
	if !info.IsDir() {
		return addResultsFile(ctx, p, path)
	}
	found := false
	for _, name := range [...]string{"run_results.json", "sources.json"} {
		if file := newest(path, name); file != "" {
			found = true
			if err := addResultsFile(ctx, p, file); err != nil {
				return err
			}
		}
	}
	if !found {
		return &disk.Error{File: path, What: "has neither run_results.json nor sources.json", Fix: "name a folder that dbt has written into"}
	}
	return nil
}

// addResultsFile tries a file as either artifact; the schema in it decides.
func addResultsFile(ctx context.Context, p *model.Project, path string) error {
	notRuns := withFile(path, func(f *os.File, _ int64) error {
		out, err := artifact.ReadRunResults(ctx, f, path, jsonwindow.DefaultSize)
		if err == nil {
			addRuns(p, out)
		}
		return err
	})
	if notRuns == nil || ctx.Err() != nil {
		return notRuns
	}
	notSources := withFile(path, func(f *os.File, _ int64) error {
		checks, err := artifact.ReadFreshness(ctx, f, path, jsonwindow.DefaultSize)
		if err == nil {
			addFreshness(p, checks)
		}
		return err
	})
	if notSources == nil {
		return nil
	}
	return errors.Join(ctx.Err(), notRuns)
}

// addRuns takes in what is newer than what is known. A result without a time of its own,
// such as that of a skipped model, is as old as its file.
func addRuns(p *model.Project, out *artifact.RunResults) {
	if out.Runs == nil {
		return // neither built nor tested
	}
	if p.Runs == nil {
		p.Runs = make(map[string]model.Run, len(out.Runs))
	}
	for id, run := range out.Runs {
		if run.EndedAt.IsZero() {
			run.EndedAt = out.At
		}
		if run.Status == "success" {
			run.BuiltAt = run.EndedAt
		}
		known, ok := p.Runs[id]
		if ok && !isNewer(run.EndedAt, known.EndedAt) {
			run, known = known, run
		}
		if known.BuiltAt.After(run.BuiltAt) {
			run.BuiltAt = known.BuiltAt
		}
		p.Runs[id] = run
	}
	if p.RunCommand == "" || isNewer(out.At, p.RunAt) {
		p.RunCommand, p.RunAt = out.Command, out.At
	}
}

func addFreshness(p *model.Project, checks map[string]model.Freshness) {
	if p.Freshness == nil {
		p.Freshness = make(map[string]model.Freshness, len(checks))
	}
	for id, check := range checks {
		if known, ok := p.Freshness[id]; !ok || isNewer(check.CheckedAt, known.CheckedAt) {
			p.Freshness[id] = check
		}
	}
}

// isNewer reports whether a result of that time replaces a known one: what comes later on
// the command line wins among equals.
func isNewer(at, known time.Time) bool { return !at.Before(known) }
