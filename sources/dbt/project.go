package dbt

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"darkroom/model"
	"darkroom/sources/disk"
)

// LoadProject reads the manifest at path, plain or gzipped, and the artifacts that
// lie next to it: catalog, run_results and sources, each .json or .json.gz. A broken
// artifact is a warning; a broken manifest is an error and no project.
func LoadProject(ctx context.Context, path string, opt Options) (*model.Project, error) {
	var m *manifest
	err := withFile(path, func(f *os.File, size int64) (err error) {
		m, err = readManifest(ctx, f, size, path, opt, windowSize)
		return err
	})
	if err != nil {
		return nil, err
	}
	m.locate(filepath.Dir(path), opt)
	if err := readNeighbours(ctx, m.p, filepath.Dir(path), opt); err != nil {
		return nil, err
	}
	return m.p, nil
}

// locate finds the project's folder: the parent of the target folder, or the
// manifest's own. Its dbt_project.yml knows the name when the manifest does not.
func (m *manifest) locate(target string, opt Options) {
	abs, err := filepath.Abs(target)
	if err != nil {
		return
	}
	for _, dir := range [...]string{filepath.Dir(abs), abs} {
		if !isFile(filepath.Join(dir, projectFile)) {
			continue
		}
		m.p.Root = dir
		if m.sure {
			return
		}
		settings, err := readSettings(dir)
		if err != nil {
			opt.warn(err)
		} else if settings.name != "" {
			m.p.Name = settings.name
		}
		return
	}
}

// readNeighbours reads the other artifacts of dir into p. Only a cancelled context ends it
// with an error.
func readNeighbours(ctx context.Context, p *model.Project, dir string, opt Options) error {
	readers := [...]struct {
		file string
		read func(f io.Reader, path string) error
	}{
		{"catalog.json", func(f io.Reader, path string) (err error) {
			p.Catalog, err = readCatalog(ctx, f, path, windowSize)
			return err
		}},
		{"run_results.json", func(f io.Reader, path string) error {
			out, err := readRunResults(ctx, f, path, windowSize)
			if err == nil {
				p.Runs, p.RunCommand, p.RunAt = out.runs, out.command, out.at
			}
			return err
		}},
		{"sources.json", func(f io.Reader, path string) (err error) {
			p.Freshness, err = readFreshness(ctx, f, path, windowSize)
			return err
		}},
	}
	for _, r := range readers {
		path := newest(dir, r.file)
		if path == "" {
			continue
		}
		err := withFile(path, func(f *os.File, _ int64) error { return r.read(f, path) })
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			opt.warn(err)
		}
	}
	return nil
}

func withFile(path string, use func(f *os.File, size int64) error) error {
	f, err := os.Open(path)
	if err != nil {
		fix := "check its permissions"
		if errors.Is(err, fs.ErrNotExist) {
			fix = "run `dbt parse` to write it, or name another manifest"
		}
		return &disk.Error{File: path, What: "cannot be opened", Err: err, Fix: fix}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return &disk.Error{File: path, What: "cannot be read", Err: err}
	}
	if info.IsDir() {
		return &disk.Error{File: path, What: wanted("a manifest", "a folder"), Fix: "name " + filepath.Join(path, manifestFile)}
	}
	return use(f, info.Size())
}

// newest is the path of name or name.gz in dir, the newer of the two, or "".
func newest(dir, name string) string {
	plain, packed := filepath.Join(dir, name), filepath.Join(dir, name+".gz")
	a, errA := os.Stat(plain)
	b, errB := os.Stat(packed)
	switch {
	case errA != nil && errB != nil:
		return ""
	case errA != nil:
		return packed
	case errB != nil:
		return plain
	case b.ModTime().After(a.ModTime()):
		return packed
	}
	return plain
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
