package fetch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/snapshot"
)

// filesList begins the list of a record about a file: "files/workbooks". Detail is
// its LUID and name. Nodes are its facts, null when it cannot be read; one without is
// refused, or, with a hole alone, may come the next time.
const filesList = "files/"

// files is what is known of files so far. Keys are kind and LUID: "workbooks/…".
type files struct {
	texts   map[string]string  // facts as JSON, or null
	refused map[string]refusal // and of no file before
	kept    int                // of texts: taken over
	stale   map[string]bool    // were there last time, and the original has changed
	asked   bool               // for files
	barred  error              // why no further file is worth asking for
}

// refusal is of the file of a workbook or data source, in words.
type refusal struct{ of, why string }

func newFiles() files {
	return files{texts: map[string]string{}, refused: map[string]refusal{}, stale: map[string]bool{}}
}

// has reports that there are facts.
func (fs *files) has(key string) bool { return fs.texts[key] != "" && fs.texts[key] != "null" }

// take is apply for a file. f.mu is held.
func (fs *files) take(kind string, r record) {
	switch {
	case len(r.Detail) != 2:
	case len(r.Nodes) == 1:
		fs.texts[fileKey(kind, r.Detail[0])] = string(r.Nodes[0])
	case r.Refused != "":
		fs.refused[fileKey(kind, r.Detail[0])] = refusal{describe(kind, r.Detail[1]), r.Refused}
	}
}

func fileKey(kind, luid string) string { return kind + "/" + strings.ToLower(luid) }

// describe names a file's owner: workbook "Sales".
func describe(kind, name string) string {
	if kind == "datasources" {
		return fmt.Sprintf("published data source %s", model.QuotedName(name))
	}
	return fmt.Sprintf("workbook %s", model.QuotedName(name))
}

// into writes the facts and what a person should know of them.
func (fs *files) into(s *Snapshot) {
	s.read = map[string]bool{}
	for _, kind := range []string{"datasources", "workbooks"} {
		m := member{name: kind}
		for _, key := range slices.Sorted(maps.Keys(fs.texts)) {
			if luid, ok := strings.CutPrefix(key, kind+"/"); ok && fs.has(key) {
				m.keys, m.rows = append(m.keys, luid), append(m.rows, fs.texts[key])
				s.read[key] = true
			}
		}
		if len(m.rows) > 0 {
			s.files = append(s.files, m)
		}
	}
	s.Downloaded, s.Kept = len(s.read)-fs.kept, fs.kept
	for key := range fs.stale {
		if !fs.has(key) {
			s.lost++
		}
	}
	if n := len(fs.refused); n > 0 {
		s.Notes = append(s.Notes, fs.refusals(n))
	}
	if s.lost > 0 && !fs.asked {
		s.Notes = append(s.Notes, fmt.Sprintf("workbooks and data sources that may have changed since their files were read, so that what those "+
			"told is dropped: %d; darkroom sync --download reads them again", s.lost))
	}
}

// refusals names those whose files this account does not get, with the first reason.
func (fs *files) refusals(n int) string {
	var names []string
	why := ""
	for _, key := range slices.Sorted(maps.Keys(fs.refused)) {
		names = append(names, fs.refused[key].of)
		why = or(why, fs.refused[key].why)
	}
	return fmt.Sprintf("files that this account may not download: %d: %s (%s); it needs the capability Download/Save a Copy on a workbook, "+
		"Download Data Source on a data source", n, firstFew(names), why)
}

// lookInside reads the files of the workbooks and data sources of which the
// metadata tells too little, or takes over what was read of them last time.
func (f *fetcher) lookInside(ctx context.Context) error {
	if !f.opt.Download && f.opt.Earlier.Files.Empty() {
		return nil
	}
	sofar := f.snapshot()
	sofar.files = nil
	var b bytes.Buffer
	if err := sofar.writeText(&b); err != nil {
		return err
	}
	site, _, err := tableau.Read(ctx, "what was fetched", b.Bytes())
	if err != nil {
		return err
	}
	var books, sources []joinfiles.Want
	for _, w := range joinfiles.Wanted(site) {
		switch {
		case f.known(w):
		case w.Kind == "workbooks":
			books = append(books, w)
		default:
			sources = append(sources, w)
		}
	}
	if f.files.asked = f.opt.Download; !f.files.asked {
		return nil
	}
	if err := f.downloads(ctx, "data source files", sources); err != nil {
		return err
	}
	return f.downloads(ctx, "workbook files", books)
}

// known reports a file that need not be downloaded: an interrupted fetch had it, or
// the last snapshot, and nobody has published it again.
func (f *fetcher) known(w joinfiles.Want) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := fileKey(w.Kind, w.LUID)
	old := f.opt.Earlier.Files.Workbooks
	if w.Kind == "datasources" {
		old = f.opt.Earlier.Files.Datasources
	}
	file, there := old[strings.ToLower(w.LUID)]
	if there && (w.UpdatedAt == "" || file.UpdatedAt != w.UpdatedAt || f.off && w.Kind == "workbooks" && file.Layout == nil) {
		f.files.stale[key] = true
	}
	switch {
	case f.files.texts[key] != "":
		return true
	case !there:
		return f.files.refused[key].why != ""
	case f.files.stale[key]:
		return false
	}
	f.files.texts[key] = factsText(file)
	f.files.kept++
	return true
}

// downloads asks for files and tells of each what came.
func (f *fetcher) downloads(ctx context.Context, words string, wanted []joinfiles.Want) error {
	var mu sync.Mutex
	done := 0
	return each(ctx, f.opt.Parallel, wanted, func(ctx context.Context, w joinfiles.Want) error {
		r, err := f.download(ctx, w)
		if err != nil {
			return err
		}
		mu.Lock()
		done++
		f.progress(words, done, len(wanted), done == len(wanted))
		mu.Unlock()
		f.apply(r)
		if r.Nodes == nil && r.Refused == "" {
			return nil // not for the scratch file: the next fetch asks again
		}
		return f.scratch.add(r)
	})
}

// download asks for one file; the record is its facts, a refusal, or a hole. An
// error ends the fetch.
func (f *fetcher) download(ctx context.Context, w joinfiles.Want) (record, error) {
	r := record{List: filesList + w.Kind, Detail: []string{w.LUID, w.Name}, Total: -1}
	f.mu.Lock()
	err, had := f.files.barred, f.files.stale[fileKey(w.Kind, w.LUID)]
	f.mu.Unlock()
	var data []byte
	if err == nil {
		data, err = f.client.Download(ctx, w.Kind, w.LUID)
	}
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err == nil:
		text, unread := f.facts(ctx, w, data)
		r.Nodes = raw([]string{text})
		if unread != nil {
			r.Hole = unread.Error()
		}
	case hopeless(err):
		return r, err
	case forbidden(err) && !had:
		r.Refused = err.Error()
	default:
		r.Hole = joinfiles.AboutFiles + describe(w.Kind, w.Name) + ": " + err.Error()
	}
	if noScope(err) { // each try costs sessions, and the next would say the same
		f.mu.Lock()
		f.files.barred = err
		f.mu.Unlock()
	}
	return r, ctx.Err()
}

// maxFacts bounds what is kept of one file, in bytes.
const maxFacts = 16 << 20

// facts reads a file; the text is null when it cannot be read. Errors begin with
// joinfiles.AboutFiles.
func (f *fetcher) facts(ctx context.Context, w joinfiles.Want, data []byte) (string, error) {
	file, err := readFile(ctx, w, data, f.off)
	if err != nil {
		return "null", err
	}
	text := factsText(file)
	if len(text) > maxFacts {
		return "null", fmt.Errorf("%s%s: more than %d MB of tables and queries", joinfiles.AboutFiles, describe(w.Kind, w.Name), maxFacts>>20)
	}
	return text, nil
}

func factsText(file snapshot.File) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(file) // texts, numbers and truth values are always fine
	return strings.TrimSpace(b.String())
}
