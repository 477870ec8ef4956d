package app

import (
	"context"
	"errors"
	"fmt"

	"darkroom/sources/dbt"
	"darkroom/sources/project/workspace"
	"darkroom/ui/cli/demo"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/piped"
	"darkroom/ui/cli/terminal"
)

// Request turns flags and the folder argument into what is to be opened.
func (a *App) Request(dir string) (workspace.Request, error) {
	req := workspace.Request{Dir: dir, Manifests: a.Manifests, Metadata: a.Tableau, Tools: a.Tools, StrictManifest: a.Strict, Results: a.Results}
	if !a.Demo {
		return req, a.liveAlone()
	}
	if dir != "" {
		return req, Usage("--demo opens the built-in example; leave out %q or --demo", dir)
	}
	if err := a.layOutDemo(); err != nil {
		return req, err
	}
	req.Dir = a.Example.Root()
	if len(req.Manifests) == 0 {
		req.Manifests = a.Example.Manifests()
	}
	return req, nil
}

// takeStdin has the flag that names "-" read what is piped in.
func (a *App) takeStdin() error {
	for _, flag := range [...]struct {
		name  string
		files []string
	}{{"manifest.json", a.Manifests}, {"metadata.json", a.Tableau}} {
		for i, file := range flag.files {
			if file != "-" {
				continue
			}
			if _, typed := terminal.Input(a.In); typed || a.unpipe != nil {
				return Usage("- is standard input: pipe one file into it, and name it once")
			}
			var err error
			if flag.files[i], a.unpipe, err = piped.File(a.In, flag.name); err != nil {
				return fmt.Errorf("standard input: %w", err)
			}
		}
	}
	return nil
}

func (a *App) liveAlone() error {
	if a.Live && !a.Demo {
		return Usage("--live serves the built-in example; give --demo, too")
	}
	return nil
}

// layOutDemo lays the example out once, with its servers when it is to be live.
func (a *App) layOutDemo() (err error) {
	if a.Example != nil {
		return nil
	}
	if a.Example, err = demo.LayOut(); err == nil && a.Live {
		err = a.Example.GoLive()
	}
	return err
}

// Open reads everything and prints the warnings. A command that decides nothing
// opens for reading only, which takes no lock.
func (a *App) Open(ctx context.Context, dir string, readOnly bool) (*workspace.Workspace, error) {
	return a.OpenState(ctx, dir, "", readOnly)
}

// OpenState is open with the lineage of production's artifacts in a folder; see
// [workspace.Request.State].
func (a *App) OpenState(ctx context.Context, dir, state string, readOnly bool) (*workspace.Workspace, error) {
	req, err := a.Request(dir)
	if err != nil {
		return nil, err
	}
	req.ReadOnly, req.State = readOnly, state
	w, err := workspace.Open(ctx, req)
	if err != nil {
		return nil, openError(err)
	}
	for _, warning := range w.Warnings {
		a.Diary.Logger().Warn("opened", "warning", warning)
		fmt.Fprintln(a.Err, "darkroom: "+output.CleanLines(warning))
	}
	return w, nil
}

// openError gives an error of opening its exit code: a folder that is not a dbt
// project is the caller's; the rest are files, such as a manifest that dbt has not
// written yet.
func openError(err error) error {
	if errors.Is(err, dbt.ErrNoProject) {
		return WithCode(ExitUsage, err)
	}
	return err
}
