package artifact

import (
	"context"
	"fmt"
	"io"

	"darkroom/sources/compact"
	"darkroom/sources/dbt/jsonwindow"
)

// reader is the common half of the readers of the files next to the manifest.
type reader struct {
	w     *jsonwindow.Window
	words *compact.Texts
	kind  string // as in the schema's URL
	fix   string
	meta  Metadata
}

func newReader(ctx context.Context, r io.Reader, name, kind, fix string, window int) (*reader, error) {
	w, err := Open(ctx, r, 0, name, fix, nil, window)
	if err != nil {
		return nil, err
	}
	return &reader{w: w, words: compact.NewTexts(), kind: kind, fix: fix}, nil
}

// read walks the root and hands each section to its reader. One of them at least
// has to be there, and the schema, where there is one, has to agree.
func (a *reader) read(sections map[string]func() error) error {
	found := false
	err := a.w.Document(func(key string) error {
		if key == "metadata" {
			return a.w.Small(func(raw []byte) { a.meta = MetadataOf(raw) })
		}
		if section := sections[key]; section != nil {
			found = true
			return section()
		}
		return a.w.Discard()
	})
	if err != nil {
		return err
	}
	got := a.meta.Kind()
	if found && (got == "" || got == a.kind) {
		return nil
	}
	if got = fmt.Sprintf("%q", jsonwindow.Clip(got)); got == `""` {
		got = "a file without its sections"
	}
	return a.w.WrongDocument("the artifact "+a.kind, got, a.fix)
}

func (a *reader) word(l *jsonwindow.Lexer, v jsonwindow.Span) string {
	return a.words.Intern(l.Text(v))
}
