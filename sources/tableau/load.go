package tableau

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"darkroom/model"
	"darkroom/sources/disk"
	"darkroom/sources/tableau/answer"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/snapshot"
)

// Options of Load. The zero value is fine.
type Options struct {
	// Server, ContentURL and Name are used where a file does not have them: answers
	// of the Metadata API never do, snapshots do. Without Name it is the site name in
	// the data, then ContentURL, then the file's or folder's name without endings.
	Server, ContentURL, Name string
	// FS is where paths are looked up; nil is the operating system.
	FS fs.FS
	// MaxBytes bounds the uncompressed size of one file; 0 is 1 GiB.
	MaxBytes int64
}

// Load reads every path, a file or a folder. A snapshot is one site. A file with
// answers of the Metadata API is one site; all answers in one folder and its subfolders
// (pages, or several queries) are together one site. In a folder only metadata files
// count (sources/tableau/API.md#saved-answers), hidden files and folders do not.
//
// What could be read is returned even with an error, which joins one error per
// faulty path. A file of a folder that cannot be read is left out, and the site says
// so in Partial; when there is nothing besides, that is an error.
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

// Read reads one file that is in memory, gzipped or not; name is what errors call it.
// Of a snapshot, content is what it has beside the metadata.
func Read(ctx context.Context, name string, data []byte) (site *model.Site, content snapshot.Content, err error) {
	opt := Options{}
	if s, err := document.StreamBytes(ctx, data); err == nil {
		if site, content, ok := opt.stream(ctx, s, name); ok {
			return site, content, nil
		}
	}
	doc, err := document.Read(ctx, name, data)
	if err != nil {
		return nil, content, err
	}
	switch is, err := snapshot.Is(doc); {
	case err != nil:
		return nil, content, err
	case is:
		return opt.readSnapshot(ctx, doc)
	}
	answers := answer.NewReader(ctx)
	if err := answers.Read(doc); err != nil {
		return nil, content, err
	}
	return answers.Site(name, opt.names(name)), content, nil
}

func (opt Options) source() document.Source {
	return document.Source{Files: disk.Files{FS: opt.FS}, MaxBytes: opt.MaxBytes}
}

func (opt Options) load(ctx context.Context, path string) ([]*model.Site, error) {
	info, err := opt.source().Stat(path)
	switch {
	case err != nil:
		return nil, document.Failed(path, "cannot be opened", err, "check the path")
	case !info.IsDir():
		return opt.loadFiles(ctx, path, []string{path}, nil)
	}
	files, leftOut, err := opt.source().List(path)
	switch {
	case err != nil:
		return nil, err
	case len(files) == 0 && len(leftOut) == 0:
		return nil, document.Fault(path, "no .json or .json.gz file in this folder or below it",
			"put snapshots or saved answers of the Metadata API there, or run darkroom sync")
	}
	return opt.loadFiles(ctx, path, files, leftOut)
}

// loadFiles reads files that were found under path; leftOut is what could not be looked
// into.
func (opt Options) loadFiles(ctx context.Context, path string, files []string, leftOut []error) ([]*model.Site, error) {
	var sites []*model.Site
	var read []string // answers
	answers, spoiled := answer.NewReader(ctx), false
	for _, file := range files {
		site, isAnswer, err := opt.loadFile(ctx, file, answers)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			leftOut, spoiled = append(leftOut, err), spoiled || isAnswer
		case isAnswer:
			read = append(read, file)
		default:
			sites = append(sites, site)
		}
	}
	if spoiled { // by answers of which a part was read
		answers = answer.NewReader(ctx)
		for _, file := range read {
			if _, _, err := opt.loadFile(ctx, file, answers); err != nil {
				return nil, err
			}
		}
	}
	return opt.withAnswers(path, sites, answers, leftOut)
}

// withAnswers adds the site of the answers, if there are any, and says what was left out.
func (opt Options) withAnswers(path string, sites []*model.Site, answers *answer.Reader, leftOut []error) ([]*model.Site, error) {
	if answers.Answers() > 0 {
		for _, err := range leftOut {
			answers.LeftOut(err)
		}
		return append(sites, answers.Site(path, opt.names(path))), nil
	}
	if len(sites) == 0 {
		return nil, errors.Join(leftOut...)
	}
	for _, err := range leftOut {
		sites[0].Partial = append(sites[0].Partial, answer.LeftOutSentence(err))
	}
	return sites, nil
}

// loadFile reads one file: a snapshot is a site, an answer is added to the others.
func (opt Options) loadFile(ctx context.Context, file string, answers *answer.Reader) (site *model.Site, isAnswer bool, err error) {
	if s, done, err := opt.source().Stream(ctx, file); err == nil {
		site, _, ok := opt.stream(ctx, s, file)
		if done(); ok {
			return site, false, nil
		}
	}
	doc, err := opt.source().Open(ctx, file)
	if err != nil {
		return nil, false, err
	}
	is, err := snapshot.Is(doc)
	switch {
	case err != nil:
		return nil, false, err
	case !is:
		return nil, true, answers.Read(doc)
	}
	site, _, err = opt.readSnapshot(ctx, doc)
	return site, false, err
}

func (opt Options) readSnapshot(ctx context.Context, doc document.Document) (*model.Site, snapshot.Content, error) {
	r := answer.NewReader(ctx)
	content, err := r.ReadSnapshot(doc)
	if err != nil {
		return nil, content, err
	}
	return opt.site(r, doc.File, content), content, nil
}

// stream reads a snapshot without having all of it in memory. What is not ok is read as a
// document, which can read more and says what is wrong.
func (opt Options) stream(ctx context.Context, s *document.Stream, file string) (site *model.Site, content snapshot.Content, ok bool) {
	r := answer.NewReader(ctx)
	content, err := r.StreamSnapshot(s, file)
	if err != nil {
		return nil, content, false
	}
	return opt.site(r, file, content), content, true
}

func (opt Options) site(r *answer.Reader, file string, content snapshot.Content) *model.Site {
	site := r.Site(file, opt.names(file))
	joinColumns(site, content.Columns)
	joinfiles.Join(site, content.Files)
	return site
}

// names are what a site is called that does not say it itself.
func (opt Options) names(path string) answer.Names {
	return answer.Names{Server: opt.Server, ContentURL: opt.ContentURL, Name: opt.Name, File: opt.baseName(path)}
}

// baseName names a site after its file or folder.
func (opt Options) baseName(path string) string {
	if name := document.BaseName(path); name != "." && name != ".." {
		return name
	}
	if full, err := filepath.Abs(path); err == nil && opt.FS == nil {
		return document.BaseName(full)
	}
	return "tableau"
}
