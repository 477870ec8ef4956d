package tableau

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"darkroom/model"
)

// Options of Load. The zero value is fine.
type Options struct {
	// Server, ContentURL and Name are used where a file does not tell: answers of
	// the Metadata API never do, snapshots do. Without Name it is the site name in
	// the data, then ContentURL, then the file's or folder's name without endings.
	Server, ContentURL, Name string
	// FS is where paths are looked up; nil is the operating system.
	FS fs.FS
	// MaxBytes bounds the uncompressed size of one file; 0 is 1 GiB.
	MaxBytes int64
}

// Load reads every path, a file or a folder. A snapshot is one site. A file with
// an answer of the Metadata API is one site; all answers directly in one folder
// (pages, or several queries) are together one site. In a folder only *.json and
// *.json.gz count, hidden files and subfolders do not.
//
// What could be read is returned even with an error, which joins one *Error per
// faulty file. A folder of answers gives its site only when every file in the
// folder was understood.
func Load(ctx context.Context, paths []string, opt Options) ([]*model.Site, error) {
	var sites []*model.Site
	var errs []error
	for _, path := range paths {
		got, err := opt.load(ctx, path)
		sites = append(sites, got...)
		if err != nil {
			errs = append(errs, err)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return sites, errors.Join(errs...)
}

// Kept is what a later sync goes by: what a snapshot has that it takes over, or must
// not lose without a word.
type Kept struct {
	Files Files
	Told  map[string]bool // paths of REST that told something, in lower case: "users", "collections/…/items"
}

// LoadKept reads that of one snapshot, and nothing else.
func LoadKept(ctx context.Context, path string, opt Options) (Kept, error) {
	doc, err := opt.open(ctx, path)
	if err != nil || !doc.snapshot {
		return Kept{}, err
	}
	b := newBuilder(ctx)
	b.doc, b.path = doc, []step{{name: "files"}}
	if err := b.readFiles(doc.root.Get("files")); err != nil {
		return Kept{}, err
	}
	b.path = []step{{name: "rest"}}
	err = b.readRest(doc.root.Get("rest"))
	return Kept{b.files, b.rest.told()}, err
}

func (opt Options) load(ctx context.Context, path string) ([]*model.Site, error) {
	info, err := opt.stat(path)
	switch {
	case err != nil:
		return nil, fault(path, "cannot be opened: "+reason(err), "check the path")
	case !info.IsDir():
		return opt.loadFiles(ctx, path, []string{path})
	}
	files, err := opt.list(path)
	switch {
	case err != nil:
		return nil, fault(path, "cannot be listed: "+reason(err), "check the folder's permissions")
	case len(files) == 0:
		return nil, fault(path, "no .json or .json.gz file in this folder",
			"put snapshots or saved answers of the Metadata API there, or run darkroom sync")
	}
	return opt.loadFiles(ctx, path, files)
}

// loadFiles reads files that were found under path.
func (opt Options) loadFiles(ctx context.Context, path string, files []string) ([]*model.Site, error) {
	var sites []*model.Site
	var errs []error
	answers := newBuilder(ctx)
	for _, file := range files {
		doc, err := opt.open(ctx, file)
		switch {
		case err != nil:
			errs = append(errs, err)
		case doc.snapshot:
			b := newBuilder(ctx)
			if err := b.readSnapshot(doc); err != nil {
				errs = append(errs, err)
				continue
			}
			sites = append(sites, b.finish(file, opt))
		default:
			if err := answers.readAnswer(doc); err != nil {
				errs = append(errs, err)
			}
		}
	}
	if len(errs) == 0 && answers.documents > 0 {
		sites = append(sites, answers.finish(path, opt))
	}
	return sites, errors.Join(errs...)
}

// open brings one file into memory and finds out what it is.
func (opt Options) open(ctx context.Context, file string) (document, error) {
	text, err := opt.read(ctx, file)
	if err != nil {
		return document{}, err
	}
	return parse(file, text)
}

func (opt Options) stat(path string) (fs.FileInfo, error) {
	if opt.FS != nil {
		return fs.Stat(opt.FS, path)
	}
	return os.Stat(path)
}

// list names the metadata files directly in a folder, sorted by name.
func (opt Options) list(folder string) ([]string, error) {
	join, read := filepath.Join, os.ReadDir
	if opt.FS != nil {
		join = func(parts ...string) string { return strings.TrimPrefix(strings.Join(parts, "/"), "./") }
		read = func(name string) ([]fs.DirEntry, error) { return fs.ReadDir(opt.FS, name) }
	}
	entries, err := read(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		name := entry.Name()
		if !entry.IsDir() && !strings.HasPrefix(name, ".") && baseName(name) != name {
			files = append(files, join(folder, name))
		}
	}
	return files, nil
}

// baseName is the last part of path without .json, .json.gz or .gz ("." stays).
func baseName(path string) string {
	name := filepath.Base(filepath.ToSlash(path))
	lower := strings.ToLower(name)
	for _, ending := range []string{".json.gz", ".json"} {
		if strings.HasSuffix(lower, ending) && len(name) > len(ending) {
			return name[:len(name)-len(ending)]
		}
	}
	return name
}

// reason drops the operation and path that fs errors repeat.
func reason(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}
