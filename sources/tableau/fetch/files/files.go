// Package files reads the files of workbooks and data sources: it downloads those of
// which too little is known and keeps their facts.
package files

import (
	"context"
	"fmt"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/session"
	"darkroom/sources/tableau/joinfiles"
)

// Read reads the files of the workbooks and data sources of which the metadata says
// too little, or takes over what was read of them last time. site is what was fetched
// so far.
func Read(ctx context.Context, s *session.Session, site *model.Site) error {
	var books, sources []joinfiles.Want
	for _, w := range joinfiles.Wanted(site) {
		switch {
		case Known(s, w):
		case w.Kind == "workbooks":
			books = append(books, w)
		default:
			sources = append(sources, w)
		}
	}
	if !s.Download {
		return nil
	}
	if err := Download(ctx, s, "data source files", sources); err != nil {
		return err
	}
	return Download(ctx, s, "workbook files", books)
}

// Known reports a file that need not be downloaded: an interrupted fetch had it, or
// the last snapshot, and it was not published again since.
func Known(s *session.Session, w joinfiles.Want) bool {
	earlier := s.Earlier.Workbooks
	if w.Kind == "datasources" {
		earlier = s.Earlier.Datasources
	}
	key := gathered.FileKey(w.Kind, w.LUID)
	file, ok := earlier[strings.ToLower(w.LUID)]
	if known := s.Found.Files.Facts(key); !ok || known != "" && known != "null" {
		return s.Found.Files.Known(key, nil, false)
	}
	lacksColumns := s.Columns && w.Kind == "workbooks" && file.Columns == nil
	if !s.Columns {
		file.Columns = nil
	}
	outdated := w.UpdatedAt == "" || file.UpdatedAt != w.UpdatedAt || s.MetadataOff && w.Kind == "workbooks" && file.Layout == nil
	// What it says beside columns stays good where the download fails.
	return s.Found.Files.Known(key, &file, outdated) && !(lacksColumns && s.Download)
}

// Download asks for files and notes of each what came.
func Download(ctx context.Context, s *session.Session, words string, wanted []joinfiles.Want) error {
	s.Found.Files.Download()
	done := s.Counter(words, len(wanted))
	return session.Each(ctx, s, wanted, func(ctx context.Context, w joinfiles.Want) error {
		r, err := download(ctx, s, w)
		if err != nil {
			return err
		}
		defer done()
		if r.Nodes == nil && r.Refused == "" {
			s.Found.Apply(r) // and not written down: the next fetch asks again
			return nil
		}
		return s.Found.Keep(r)
	})
}

// download asks for one file; the record is its facts, a refusal, or a gap. An
// error ends the fetch.
func download(ctx context.Context, s *session.Session, w joinfiles.Want) (pages.Record, error) {
	r := gathered.FileRecord(w.Kind, w.LUID, w.Name)
	err, hadFacts := s.Found.Files.Barred(), s.Found.Files.Outdated(gathered.FileKey(w.Kind, w.LUID))
	var data []byte
	if err == nil {
		data, err = s.Client.Download(ctx, w.Kind, w.LUID)
	}
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err == nil:
		text, unread := factsText(ctx, w, data, optional{layout: s.MetadataOff, columns: s.Columns})
		r.Nodes = pages.Raw([]string{text})
		if unread != nil {
			r.Gap = unread.Error()
		}
	case ask.Hopeless(err):
		return r, err
	case ask.Forbidden(err) && !hadFacts:
		r.Refused = err.Error()
	default:
		r.Gap = joinfiles.AboutFiles + gathered.DescribeFile(w.Kind, w.Name) + ": " + err.Error()
	}
	if ask.NoScope(err) { // each try costs sessions, and the next would say the same
		s.Found.Files.Bar(err)
	}
	return r, ctx.Err()
}

// maxFacts bounds what is kept of one file, in bytes.
const maxFacts = 16 << 20

// factsText reads a file; the text is null when it cannot be read. Errors begin with
// joinfiles.AboutFiles.
func factsText(ctx context.Context, w joinfiles.Want, data []byte, keep optional) (string, error) {
	file, err := readFacts(ctx, w, data, keep)
	if err != nil {
		return "null", err
	}
	text := gathered.FactsText(file)
	if len(text) > maxFacts && file.Columns != nil {
		file.Columns.Forget("its workbook's file says more than is kept")
		text = gathered.FactsText(file)
	}
	if len(text) > maxFacts {
		return "null", fmt.Errorf("%s%s: more than %d MB of tables and queries", joinfiles.AboutFiles, gathered.DescribeFile(w.Kind, w.Name), maxFacts>>20)
	}
	return text, nil
}
