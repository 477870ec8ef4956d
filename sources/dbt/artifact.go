package dbt

import (
	"context"
	"fmt"
	"io"
	"slices"

	"darkroom/sources/disk"
)

// artifact is the common half of the readers of the files next to the manifest.
type artifact struct {
	w     *window
	words *texts
	kind  string // as in the schema's URL
	meta  metadata
}

func newArtifact(ctx context.Context, r io.Reader, name, kind, fix string, window int) (*artifact, error) {
	w, err := open(ctx, r, 0, name, fix, Options{}, window)
	if err != nil {
		return nil, err
	}
	return &artifact{w: w, words: newTexts(), kind: kind}, nil
}

// read walks the root and hands each section to its reader. One of them at least
// has to be there, and the schema, where there is one, has to agree.
func (a *artifact) read(sections map[string]func() error) error {
	found := false
	err := a.w.document(func(key string) error {
		if key == "metadata" {
			return a.w.small(func(raw []byte) { a.meta = metadataOf(raw) })
		}
		if section := sections[key]; section != nil {
			found = true
			return section()
		}
		return a.w.discard()
	})
	if err != nil {
		return err
	}
	got := a.meta.artifact()
	if found && (got == "" || got == a.kind) {
		return nil
	}
	if got = fmt.Sprintf("%q", disk.ClipTo(got, maxName)); got == `""` {
		got = "a file without its sections"
	}
	return fault(a.w.file, 0, "the artifact "+a.kind, got, a.w.fix)
}

func (a *artifact) word(l *lexer, v span) string { return a.words.intern(l.text(v)) }

// pick consumes an object and captures the values of the named keys.
func (l *lexer) pick(out []span, names ...string) {
	clear(out)
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		at := slices.IndexFunc(names, func(name string) bool { return name == string(key) })
		if at < 0 {
			l.skip()
		} else {
			out[at] = l.value()
		}
	}
}

// inside runs use at the start of a captured value, and resumes where it was.
func (l *lexer) inside(v span, use func()) {
	if v.to == 0 || l.st != ok {
		return
	}
	back := l.i
	l.i = int(v.from)
	use()
	l.i = back
}
