package fetch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/fetch/assemble"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

// Snapshot is a fetched site in the format of package snapshot.
type Snapshot struct {
	Partial []string // what is known to be missing; empty when it is complete
	Notes   []string // what the user should know besides
	Resumed bool     // begun by an earlier, interrupted fetch
	Counts  []assemble.Count
	// Downloaded and Kept count the files whose facts are new and from last time.
	Downloaded, Kept int

	document snapshot.Document
	files    gathered.FilesResult
	pages    *pages.File
}

// Earlier is what a later sync goes by: what a snapshot has that it takes over, or must
// not lose without a word.
type Earlier struct {
	Files snapshot.Files
	Known map[string]bool // paths of REST with something in them, in lower case: "users", "collections/…/items"
}

func EarlierOf(content snapshot.Content) Earlier {
	return Earlier{content.Files, content.Rest.KnownPaths()}
}

func (f *fetcher) snapshot() *Snapshot {
	r := assemble.Assemble(f.Found, f.rest)
	s := &Snapshot{
		Partial: r.Document.Partial, Notes: r.Notes, Counts: r.Counts, Downloaded: r.Files.Downloaded, Kept: r.Files.TakenOver,
		document: r.Document, files: r.Files, pages: f.kept,
	}
	s.document.Server, s.document.ContentURL = f.opt.Server, f.opt.ContentURL
	s.document.Name = cmp.Or(r.SiteName, f.opt.Name, f.opt.ContentURL)
	s.document.FetchedAt = f.opt.Now().UTC().Truncate(time.Second)
	return s
}

// withoutFiles is the site as a reader sees it who knows no facts of files.
func (s *Snapshot) withoutFiles(ctx context.Context) (*model.Site, error) {
	d := s.document
	d.Files = nil
	var b bytes.Buffer
	if _, err := d.WriteTo(&b); err != nil {
		return nil, err
	}
	site, _, err := tableau.Read(ctx, "what was fetched", b.Bytes())
	return site, err
}

// WriteTo writes the document, gzipped without time or name: the same content is
// the same bytes. It reads what was fetched from the scratch file.
func (s *Snapshot) WriteTo(w io.Writer) (int64, error) {
	n, err := s.document.WriteTo(w)
	return n, errors.Join(err, s.pages.Err())
}

// forget lets go of the lists once they are written: reading a large snapshot back
// needs the memory. Partial, Notes and Counts stay.
func (s *Snapshot) forget() { s.document.Metadata, s.document.Rest = nil, nil }

// Done ends with the scratch file: it is removed, or kept so that the next fetch
// need not begin again.
func (s *Snapshot) Done(keep bool) error { return s.pages.Close(keep) }
