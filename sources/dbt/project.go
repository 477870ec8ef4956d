package dbt

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"darkroom/model"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
	"darkroom/sources/dbt/manifest"
	"darkroom/sources/disk"
)

// Options are the reader's hooks; both may be nil. They are called from the
// goroutine that loads.
type Options struct {
	// Progress gets the bytes read of the manifest, before unpacking, and how
	// many there are; total is 0 when unknown.
	Progress func(read, total int64)
	// Warn gets what is wrong with the artifacts next to the manifest. They are
	// left out; the project is still loaded.
	Warn func(error)
}

func (o Options) warn(err error) {
	if o.Warn != nil {
		o.Warn(err)
	}
}

// LoadProject reads the manifest at path, plain or gzipped, and the artifacts that
// lie next to it: catalog, run_results and sources, each .json or .json.gz. A broken
// artifact is a warning; a broken manifest is an error and no project.
func LoadProject(ctx context.Context, path string, opt Options) (*model.Project, error) {
	var p *model.Project
	nameKnown := false
	err := withFile(path, func(f *os.File, size int64) (err error) {
		p, nameKnown, err = manifest.Read(ctx, f, size, path, opt.Progress, jsonwindow.DefaultSize)
		return err
	})
	if err != nil {
		return nil, err
	}
	locate(p, nameKnown, filepath.Dir(path), opt)
	if err := readNeighbours(ctx, p, filepath.Dir(path), opt); err != nil {
		return nil, err
	}
	return p, nil
}

// locate finds the folder of the project that a manifest lies in. It is the manifest's
// own project when the names agree. Where the manifest does not know its name, it is
// taken from there when the manifest lies in the folder itself or in the target folder.
func locate(p *model.Project, nameKnown bool, target string, opt Options) {
	root := RootOf(filepath.Join(target, manifestFile))
	abs, err := filepath.Abs(target)
	if root == "" || err != nil || !nameKnown && root != abs && root != filepath.Dir(abs) {
		return
	}
	settings, err := readSettings(root)
	switch {
	case err != nil:
		opt.warn(err)
		p.Root = root
	case settings.name == "" || settings.name == p.Name:
		p.Root = root
	case !nameKnown:
		p.Root, p.Name = root, settings.name
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
			p.Catalog, err = artifact.ReadCatalog(ctx, f, path, jsonwindow.DefaultSize)
			return err
		}},
		{"run_results.json", func(f io.Reader, path string) error {
			out, err := artifact.ReadRunResults(ctx, f, path, jsonwindow.DefaultSize)
			if err == nil {
				p.RunCommand, p.RunAt = out.Command, out.At
				addRuns(p, out)
			}
			return err
		}},
		{"sources.json", func(f io.Reader, path string) (err error) {
			p.Freshness, err = artifact.ReadFreshness(ctx, f, path, jsonwindow.DefaultSize)
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
	f, err := disk.Open(path)
	if err != nil {
		fix := "check its path and permissions"
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
		return &disk.Error{File: path, What: "want a manifest, got a folder", Fix: "name " + filepath.Join(path, manifestFile)}
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
