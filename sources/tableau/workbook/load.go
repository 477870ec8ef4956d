package workbook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/disk"
)

// Options of Load. The zero value is fine.
type Options struct {
	// Server and ContentURL say where the files were published; they are never
	// taken from the files, which name whatever server they passed last. Name
	// falls back to ContentURL, then to the file's or folder's name.
	Server, ContentURL, Name string
	// FS is where paths are looked up; nil is the operating system.
	FS fs.FS
	// MaxBytes bounds the XML of one file, MaxTotal that of all files of one
	// path; 0 is 1 GiB and 8 GiB. Extracts beside the XML are not read.
	MaxBytes, MaxTotal int64
}

const (
	defaultMaxBytes = 1 << 30
	defaultMaxTotal = 8 << 30
)

// Load reads every path, a file or a folder. Each path is one site: all workbook
// files in a folder and its subfolders belong together, and the published data sources
// among them belong to the workbooks that connect to them. Hidden files and folders,
// and other files do not count.
//
// What could be read is returned even with an error, which joins one error per
// faulty file; the site then says so in Partial. A path from which nothing could
// be read gives no site.
func Load(ctx context.Context, paths []string, opt Options) ([]*model.Site, error) {
	var sites []*model.Site
	var errs []error
	for _, p := range paths {
		site, err := opt.load(ctx, p)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if site != nil {
			sites = append(sites, site)
		}
		errs = append(errs, err)
	}
	return sites, errors.Join(errs...)
}

// Read reads one file that is in memory; name is what errors call it. Of opt only the
// bounds count.
func Read(ctx context.Context, name string, data []byte, opt Options) (*model.Site, error) {
	l := opt.loader(ctx)
	doc, err := l.readContent(name, bytes.NewReader(data), int64(len(data)))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return build([]*document{doc}), nil
}

func (opt Options) loader(ctx context.Context) *loader {
	l := &loader{opt: opt, ctx: ctx, left: opt.MaxTotal}
	if l.left <= 0 {
		l.left = defaultMaxTotal
	}
	return l
}

// Handles reports whether a path is Load's: a workbook file by its ending, or a
// folder with such a file directly in it, or below it and no metadata file. fsys may be
// nil, as Options.FS.
func Handles(path string, fsys fs.FS) bool {
	opt := Options{FS: fsys}
	info, err := opt.files().Stat(path)
	if err != nil || !info.IsDir() {
		return endingOf(path) != ""
	}
	files, others, _, err := opt.list(path)
	if err != nil || len(files) == 0 {
		return false
	}
	return others == 0 || filepath.Dir(files[0]) == filepath.Clean(path)
}

func (opt Options) load(ctx context.Context, path string) (*model.Site, error) {
	info, err := opt.files().Stat(path)
	if err != nil {
		return nil, failed(path, "cannot be opened", err, "check the path")
	}
	files, others := []string{path}, 0
	var errs []error
	if info.IsDir() {
		if files, others, errs, err = opt.list(path); err != nil {
			return nil, err
		}
		if len(files) == 0 && len(errs) == 0 {
			return nil, fault(path, "no .twb, .twbx, .tds or .tdsx file in this folder or below it", "put workbooks and published data sources there")
		}
	}
	l := opt.loader(ctx)
	var docs []*document
	var partial []string
	for _, err := range errs {
		partial = append(partial, "left out "+err.Error())
	}
	for _, file := range files {
		doc, err := l.read(file)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			errs = append(errs, err)
			partial = append(partial, "left out "+err.Error())
			continue
		}
		docs = append(docs, doc)
	}
	if len(docs) == 0 {
		return nil, errors.Join(errs...)
	}
	if others > 0 {
		partial = append(partial, fmt.Sprintf(
			"%d .json files in the folder were not read; metadata files and workbooks belong in folders of their own", others))
	}
	site := build(docs)
	site.File, site.Partial = path, slices.Concat(partial, site.Partial)
	site.Server = strings.TrimRight(opt.Server, "/")
	site.ContentURL = opt.ContentURL
	site.Name = cmp.Or(opt.Name, opt.ContentURL, opt.nameOf(path))
	return site, errors.Join(errs...)
}

// list names the workbook files in a folder and its subfolders, and counts the metadata
// files beside them.
func (opt Options) list(folder string) (files []string, others int, unlisted []error, err error) {
	files, unlisted, err = opt.files().List(folder, func(e fs.DirEntry) bool {
		name := e.Name()
		recovery := strings.HasPrefix(name, "~") // Tableau's
		if !e.IsDir() && !recovery && isMetadata(name) {
			others++
		}
		return !recovery && (e.IsDir() || endingOf(name) != "")
	})
	return files, others, unlisted, err
}

func (opt Options) files() disk.Files { return disk.Files{FS: opt.FS} }

// isMetadata reports a file that package tableau reads.
func isMetadata(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return slices.Contains([]string{".json", ".jsonl", ".ndjson"}, filepath.Ext(name))
}

// endingOf is the ending of a workbook file in lower case, otherwise "".
func endingOf(path string) string {
	ending := strings.ToLower(filepath.Ext(path))
	if slices.Contains([]string{".twb", ".twbx", ".tds", ".tdsx"}, ending) {
		return ending
	}
	return ""
}

// baseName is the file's name without a workbook's ending.
func baseName(path string) string {
	name := filepath.Base(filepath.ToSlash(path))
	if ending := endingOf(name); ending != "" && len(name) > len(ending) {
		return name[:len(name)-len(ending)]
	}
	return name
}

// nameOf names a site after its file or folder.
func (opt Options) nameOf(path string) string {
	name := baseName(path)
	if name != "." && name != ".." {
		return name
	}
	if full, err := filepath.Abs(path); err == nil && opt.FS == nil {
		return baseName(full)
	}
	return "tableau"
}
