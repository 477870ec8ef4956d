package nodes

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"darkroom/model/selector"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
	"darkroom/sources/disk"
)

// ReadState reads what an earlier run left in dir: manifest.json, run_results.json and
// sources.json, each where there is one; and the sources.json of the present run in
// target. Now is the present manifest, read with prints.
func ReadState(ctx context.Context, dir, target, project string, now *Manifest) (selector.State, error) {
	state := selector.State{Macros: now.Macros}
	err := readFile(filepath.Join(dir, "manifest.json"), func(r io.Reader, file string) error {
		before, err := Read(ctx, r, file, project, true)
		if err != nil {
			return err
		}
		state.Before, state.MacrosBefore = map[string]*selector.Node{}, before.Macros
		for i := range before.Nodes {
			state.Before[before.Nodes[i].ID] = &before.Nodes[i]
		}
		return nil
	})
	if err != nil {
		return state, err
	}
	err = readFile(filepath.Join(dir, "run_results.json"), func(r io.Reader, file string) (err error) {
		state.Results, err = readResults(ctx, r, file)
		return err
	})
	if err != nil {
		return state, err
	}
	if state.LoadedBefore, err = readLoaded(ctx, dir); err != nil {
		return state, err
	}
	state.Loaded, err = readLoaded(ctx, target)
	if err == nil && state.Before == nil && state.Results == nil && state.LoadedBefore == nil {
		err = &disk.Error{File: dir, What: "has no manifest.json, run_results.json or sources.json of an earlier run", Fix: "name the folder that they were kept in"}
	}
	return state, err
}

func readFile(file string, read func(r io.Reader, file string) error) error {
	f, err := disk.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		file += ".gz"
		if f, err = disk.Open(file); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if err != nil {
		return &disk.Error{File: file, What: "cannot be read", Err: err, Fix: "check its path and permissions"}
	}
	defer f.Close()
	return read(f, file)
}

// readLoaded says when sources were loaded last; the zero time is an error.
func readLoaded(ctx context.Context, dir string) (loaded map[string]time.Time, err error) {
	err = readFile(filepath.Join(dir, "sources.json"), func(r io.Reader, file string) error {
		freshness, err := artifact.ReadFreshness(ctx, r, file, jsonwindow.DefaultSize)
		if err != nil {
			return err
		}
		loaded = map[string]time.Time{}
		for id, f := range freshness {
			loaded[id] = f.MaxLoadedAt
		}
		return nil
	})
	return loaded, err
}

// readResults reads the status of every node of run_results.json, of any command.
func readResults(ctx context.Context, r io.Reader, file string) (map[string]string, error) {
	w, err := artifact.Open(ctx, r, 0, file, "run `dbt build` to regenerate it", nil, jsonwindow.DefaultSize)
	if err != nil {
		return nil, err
	}
	results := map[string]string{}
	return results, w.Document(func(key string) error {
		if key != "results" {
			return w.Discard()
		}
		return w.Elements(func(l *jsonwindow.Lexer) {
			var v [2]jsonwindow.Span
			l.Pick(v[:], "unique_id", "status")
			id, status := string(l.Text(v[0])), string(l.Text(v[1]))
			if l.OK() {
				results[id] = status
			}
		})
	})
}
