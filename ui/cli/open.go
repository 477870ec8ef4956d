package cli

import (
	"context"
	"errors"
	"fmt"

	"darkroom/sources/dbt"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/project/workspace"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
	"darkroom/ui/cli/demo"
	"darkroom/ui/cli/output"
	"darkroom/ui/cli/piped"
	"darkroom/ui/cli/terminal"
)

// request turns flags and the folder argument into what is to be opened.
func (a *app) request(dir string) (workspace.Request, error) {
	req := workspace.Request{Dir: dir, Manifests: a.manifests, Metadata: a.tableau, Tools: a.tools, StrictManifest: a.strict, Results: a.results}
	if !a.demo {
		return req, a.liveAlone()
	}
	if dir != "" {
		return req, usage("--demo opens the built-in example; leave out %q or --demo", dir)
	}
	if err := a.layOutDemo(); err != nil {
		return req, err
	}
	req.Dir = a.example.Root()
	if len(req.Manifests) == 0 {
		req.Manifests = a.example.Manifests()
	}
	return req, nil
}

// takeStdin has the flag that names "-" read what is piped in.
func (a *app) takeStdin() error {
	for _, flag := range [...]struct {
		name  string
		files []string
	}{{"manifest.json", a.manifests}, {"metadata.json", a.tableau}} {
		for i, file := range flag.files {
			if file != "-" {
				continue
			}
			if _, typed := terminal.Input(a.stdin); typed || a.unpipe != nil {
				return usage("- is standard input: pipe one file into it, and name it once")
			}
			var err error
			if flag.files[i], a.unpipe, err = piped.File(a.stdin, flag.name); err != nil {
				return fmt.Errorf("standard input: %w", err)
			}
		}
	}
	return nil
}

// noFiles refuses the files of --manifest and --tableau where a command would
// ignore them in silence.
func (a *app) noFiles(command string) error {
	switch {
	case len(a.tableau) > 0:
		return usage("%s asks the servers of %s and reads no Tableau file; leave out --tableau, or compare two files: darkroom sync --diff OLD NEW",
			command, config.Name)
	case len(a.manifests) > 0:
		return usage("%s reads no manifest; leave out --manifest", command)
	case a.strict:
		return usage("%s reads no manifest; leave out --strict-manifest", command)
	}
	return nil
}

func (a *app) liveAlone() error {
	if a.live && !a.demo {
		return usage("--live serves the built-in example; give --demo, too")
	}
	return nil
}

// layOutDemo lays the example out once, with its servers when it is to be live.
func (a *app) layOutDemo() (err error) {
	if a.example != nil {
		return nil
	}
	if a.example, err = demo.LayOut(); err == nil && a.live {
		err = a.example.GoLive()
	}
	return err
}

// open reads everything and prints the warnings. A command that decides nothing
// opens for reading only, which takes no lock.
func (a *app) open(ctx context.Context, dir string, readOnly bool) (*workspace.Workspace, error) {
	return a.openState(ctx, dir, "", readOnly)
}

// openState is open with the lineage of production's artifacts in a folder; see
// [workspace.Request.State].
func (a *app) openState(ctx context.Context, dir, state string, readOnly bool) (*workspace.Workspace, error) {
	req, err := a.request(dir)
	if err != nil {
		return nil, err
	}
	req.ReadOnly, req.State = readOnly, state
	w, err := workspace.Open(ctx, req)
	if err != nil {
		return nil, openError(err)
	}
	for _, warning := range w.Warnings {
		a.log.log().Warn("opened", "warning", warning)
		fmt.Fprintln(a.err, "darkroom: "+output.CleanLines(warning))
	}
	return w, nil
}

// openError gives an error of opening its exit code: a folder that is not a dbt
// project is the caller's; the rest are files, such as a manifest that dbt has not
// written yet.
func openError(err error) error {
	if errors.Is(err, dbt.ErrNoProject) {
		return &codedError{exitUsage, err}
	}
	return err
}

// find looks a site's secrets up; the live example has its own.
func (a *app) find(s config.Site, server trust.Confirmed) (cred api.Credentials, from string, err error) {
	if cred, ok := a.example.Credentials(s.Name); ok {
		return cred, "example", nil
	}
	return syncjob.FindSecrets(s, server)
}
