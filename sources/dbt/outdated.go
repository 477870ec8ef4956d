package dbt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"darkroom/model"
	"darkroom/sources/disk"
)

// ErrOutdated is the kind of error that says that a manifest is older than its project.
var ErrOutdated = errors.New("outdated manifest")

// Outdated compares a manifest with the models, seeds and sources of its project on disk.
// The error, of kind [ErrOutdated], says which of them the manifest does not have, or has
// with other content; nil means that nothing proves it outdated
// (ARTIFACTS.md#an-outdated-manifest). File is how the error names the manifest.
func Outdated(ctx context.Context, p *model.Project, file string) error {
	c, ok := newComparison(ctx, p)
	if !ok {
		return nil
	}
	for _, f := range c.settings.folders {
		switch {
		case filepath.IsAbs(f.Path): // the manifest may have other paths
		case f.Setting == "model-paths":
			c.walk(f.Path, c.inModels)
		case f.Setting == "seed-paths":
			c.walk(f.Path, c.inSeeds)
		}
	}
	if ctx.Err() != nil || len(c.missing)+len(c.changed) == 0 {
		return ctx.Err()
	}
	var what []string
	what = append(what, phrases(c.missing, "is not in it", "are not in it")...)
	what = append(what, phrases(c.changed, "has changed", "have changed")...)
	return &disk.Error{
		Kind: ErrOutdated, File: file, What: "older than the project: " + strings.Join(what, "; "), Fix: "run `dbt parse` to write it again",
	}
}

// phrases names the first files and counts the rest; no files give no phrase.
func phrases(files []string, one, several string) []string {
	const most = 3
	slices.Sort(files)
	files = slices.Compact(files)
	switch n := len(files); {
	case n == 0:
		return nil
	case n == 1:
		return []string{files[0] + " " + one}
	case n > most:
		return []string{strings.Join(files[:most], ", ") + fmt.Sprintf(" and %d more %s", n-most, several)}
	}
	return []string{strings.Join(files, ", ") + " " + several}
}

// comparison is one manifest beside its files.
type comparison struct {
	ctx      context.Context
	p        *model.Project
	settings settings
	has      func() *declared // made for the first file
	ignores  bool             // a .dbtignore hides files, and it is not read here

	missing, changed []string
}

// declared is what a manifest has of its project's files.
type declared struct {
	files   map[string]*model.Resource // as fileKey gives them
	sources map[[2]string]bool         // source and table
	python  bool                       // dbt reads Python models here
}

// newComparison fails where a difference would prove nothing: the manifest is of another
// project, or was not written by dbt.
func newComparison(ctx context.Context, p *model.Project) (*comparison, bool) {
	if p.Root == "" || p.DbtVersion == "" {
		return nil, false
	}
	s, err := readSettings(p.Root)
	if err != nil || s.name != p.Name {
		return nil, false
	}
	c := &comparison{
		ctx: ctx, p: p, settings: s, has: sync.OnceValue(func() *declared { return declaredIn(p) }),
		ignores: isFile(filepath.Join(p.Root, ".dbtignore")),
	}
	own := func(r model.Resource) bool { return hasFile(p, &r) }
	return c, slices.ContainsFunc(p.Resources, own) || slices.ContainsFunc(p.Disabled, own)
}

// hasFile reports a node of the project itself, of which the manifest knows the file.
func hasFile(p *model.Project, r *model.Resource) bool { return r.Package() == p.Name && r.Path != "" }

func declaredIn(p *model.Project) *declared {
	d := &declared{files: make(map[string]*model.Resource, len(p.Resources)), sources: map[[2]string]bool{}}
	for _, list := range [][]model.Resource{p.Resources, p.Disabled} {
		for i := range list {
			r := &list[i]
			if r.Kind == model.KindSource {
				d.sources[[2]string{r.SourceName(), r.Name}] = true
			}
			if hasFile(p, r) {
				d.files[fileKey(r.Path)] = r
				d.python = d.python || path.Ext(r.Path) == ".py"
			}
		}
	}
	return d
}

// fileKey makes the spellings of one path equal: file systems differ in letter case and
// in how they write accents.
func fileKey(name string) string { return norm.NFC.String(strings.ToLower(path.Clean(name))) }

// walk visits the files below a folder of the project. It leaves out what dbt does not
// read, what it writes, and projects inside of this one.
func (c *comparison) walk(dir string, visit func(name string, d fs.DirEntry)) {
	top := filepath.Join(c.p.Root, filepath.FromSlash(dir))
	_ = filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
		switch {
		case c.ctx.Err() != nil:
			return fs.SkipAll
		case err != nil: // what cannot be listed proves nothing
			return nil
		case file != top && strings.Contains(".#~", d.Name()[:1]), d.IsDir() && c.foreign(file):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.Type().IsRegular():
			if rel, err := filepath.Rel(c.p.Root, file); err == nil {
				visit(filepath.ToSlash(rel), d)
			}
		}
		return nil
	})
}

func (c *comparison) foreign(dir string) bool {
	switch filepath.Base(dir) {
	case filepath.Base(c.settings.target), "dbt_packages", "dbt_modules":
		return true
	}
	return dir != filepath.Clean(c.p.Root) && isFile(filepath.Join(dir, projectFile))
}

func (c *comparison) inModels(name string, d fs.DirEntry) {
	switch strings.ToLower(path.Ext(name)) {
	case ".sql":
		c.file(name, d, func(text []byte) bool { return len(bytes.TrimSpace(text)) > 0 })
	case ".py":
		c.file(name, d, func(text []byte) bool { return c.has().python && bytes.Contains(text, []byte("def model")) })
	case ".yml", ".yaml":
		c.sourcesIn(name, d)
	}
}

func (c *comparison) inSeeds(name string, d fs.DirEntry) {
	if strings.EqualFold(path.Ext(name), ".csv") {
		c.file(name, d, func([]byte) bool { return true })
	}
}

// file compares one that holds a node. Its time alone proves nothing, as a fresh clone has
// new files only; it says which files need not be read.
func (c *comparison) file(name string, d fs.DirEntry, isNode func(text []byte) bool) {
	r := c.has().files[fileKey(name)]
	if r == nil && c.ignores || r != nil && (r.Checksum == 0 || !c.newer(d)) {
		return
	}
	text, err := c.read(name)
	switch {
	case err != nil:
	case r == nil && isNode(text):
		c.missing = append(c.missing, name)
	case r != nil && !hasChecksum(text, r.Checksum):
		c.changed = append(c.changed, name)
	}
}

func (c *comparison) read(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(c.p.Root, filepath.FromSlash(name)))
}

// newer reports a file that was written after the manifest, as far as its time says.
func (c *comparison) newer(d fs.DirEntry) bool {
	info, err := d.Info()
	return err != nil || info.ModTime().After(c.p.GeneratedAt)
}

// hasChecksum reports whether one of the forms in which versions of dbt hash a file has
// the checksum: as it is, without space at its ends, with single spaces; the line ends are
// those of the system that dbt ran on.
func hasChecksum(text []byte, want uint64) bool {
	unix := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	is := func(form []byte) bool {
		sum := sha256.Sum256(form)
		return binary.BigEndian.Uint64(sum[:]) == want
	}
	for _, form := range [...][]byte{text, unix, bytes.ReplaceAll(unix, []byte("\n"), []byte("\r\n"))} {
		if is(bytes.TrimSpace(form)) || is(form) {
			return true
		}
	}
	return is(bytes.Join(bytes.Fields(text), []byte(" ")))
}
