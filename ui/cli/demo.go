package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"darkroom/examples"
	"darkroom/ui/explorer"
)

// demo is the built-in example laid out in a temporary folder, where including and
// writing work as in a real project.
type demo struct {
	dir   string
	wrote bool  // something was exported: the folder stays
	live  *live // nil without --live
}

// leftover are folders that working in the example leaves in a checkout, and so
// in a binary that is built there.
var leftover = map[string]bool{".darkroom": true, "dbt_packages": true, "logs": true}

// layOut copies the example out of the binary.
func layOut() (*demo, error) {
	sweep(os.TempDir())
	dir, err := os.MkdirTemp("", "darkroom-demo-")
	if err != nil {
		return nil, err
	}
	d := &demo{dir: dir}
	err = fs.WalkDir(examples.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(path))
		if entry.IsDir() {
			if leftover[entry.Name()] {
				return fs.SkipDir
			}
			return os.MkdirAll(target, 0o755)
		}
		data, err := examples.FS.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return d, nil
}

// sweep removes the folders of demos that were killed or exported something, once
// they are a day old. Only what holds our example is ours to remove; folders of
// other users cannot be looked into.
func sweep(temp string) {
	found, err := filepath.Glob(filepath.Join(temp, "darkroom-demo-*"))
	if err != nil {
		return
	}
	for _, dir := range found {
		own := filepath.Join(dir, examples.Main)
		if oldFolder(dir) && oldFolder(own) && !recent(filepath.Join(own, ".darkroom")) && !recent(filepath.Join(own, ".darkroom", "journal")) {
			os.RemoveAll(dir) //nolint:errcheck // a leftover in the temporary folder does no harm
		}
	}
}

// oldFolder: a folder, no link to one, that was not changed for a day.
func oldFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && !recent(path)
}

// recent: it is there and was changed within a day.
func recent(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && time.Since(info.ModTime()) < 24*time.Hour
}

// root is the folder of the project that the demo opens.
func (d *demo) root() string { return filepath.Join(d.dir, examples.Main) }

// manifests are both projects'.
func (d *demo) manifests() []string {
	var out []string
	for _, project := range []string{examples.Main, examples.Other} {
		out = append(out, filepath.Join(d.dir, project, "target", "manifest.json.gz"))
	}
	return out
}

// cleanUp removes the demo's folder, unless something was written into it that you
// may want to look at.
func (a *app) cleanUp() {
	d := a.demoDir
	if d == nil {
		return
	}
	d.live.stop()
	if !d.wrote {
		os.RemoveAll(d.dir) //nolint:errcheck // a leftover in the temporary folder does no harm
	}
}

// DemoBackend opens the demo for a program that drives the explorer itself, such
// as the one that draws the README's picture. clean removes its files.
func DemoBackend() (b explorer.Backend, clean func(), err error) {
	a := &app{demo: true}
	req, err := a.request("")
	if err != nil {
		return nil, nil, err
	}
	backend := a.newBackend(req)
	return backend, func() {
		backend.close()
		a.cleanUp()
	}, nil
}
