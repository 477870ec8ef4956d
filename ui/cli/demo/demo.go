// Package demo is the built-in example at work: laid out in a temporary folder for
// --demo, and with servers for its sites for --live.
//
// Not here: the example itself (examples), and opening it (ui/cli).
package demo

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"darkroom/examples"
)

// Demo is the built-in example laid out in a temporary folder, where including and
// writing work as in a real project.
type Demo struct {
	Dir   string
	Wrote bool  // something was exported: the folder stays
	live  *live // nil without --live
	heir  *heir // nil where there is none
}

// leftover are folders that working in the example leaves in a checkout, and so
// in a binary that is built there.
var leftover = map[string]bool{".darkroom": true, "dbt_packages": true, "logs": true}

// LayOut copies the example out of the binary.
func LayOut() (*Demo, error) {
	sweep(os.TempDir())
	dir, err := os.MkdirTemp("", "darkroom-demo-")
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil { // TMPDIR may be relative
		return nil, err
	}
	d := &Demo{Dir: dir, heir: inherit(dir)}
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
	if err == nil {
		err = d.review()
	}
	if err != nil {
		d.Remove()
		return nil, err
	}
	return d, nil
}

// review puts what an earlier review saw where it belongs.
func (d *Demo) review() error {
	own := filepath.Join(d.Root(), ".darkroom")
	if err := os.MkdirAll(own, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(own, "seen.yml"), []byte(examples.Seen), 0o644)
}

// sweep removes the folders of demos that exported something, or were killed together
// with their heir, once they are a day old. Only what holds our example is ours to remove; folders of
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

// oldFolder reports a folder, not a link to one, that was not changed for a day.
func oldFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && !recent(path)
}

// recent reports that it is there and was changed within a day.
func recent(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && time.Since(info.ModTime()) < 24*time.Hour
}

// Root is the folder of the project that the demo opens.
func (d *Demo) Root() string { return filepath.Join(d.Dir, examples.Main) }

// Manifests are both projects'.
func (d *Demo) Manifests() []string {
	var out []string
	for _, project := range []string{examples.Main, examples.Other} {
		out = append(out, filepath.Join(d.Dir, project, "target", "manifest.json.gz"))
	}
	return out
}

// Remove stops the servers and removes the folder, unless something was written into
// it that may be worth a look. A nil Demo has nothing to remove.
func (d *Demo) Remove() {
	if d == nil {
		return
	}
	d.live.stop()
	if !d.Wrote {
		os.RemoveAll(d.Dir) //nolint:errcheck // a leftover in the temporary folder does no harm
	}
	d.heir.release(d.Wrote)
	d.heir = nil
}

// Welcome says what the demo is, on the screen; empty for a project of one's own.
func (d *Demo) Welcome() string {
	if d == nil {
		return ""
	}
	return "A tour: ? then t and enter. This is a copy of the example: nothing outside it is written"
}
