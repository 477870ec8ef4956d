package workbook

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Error says why a file could not be read. File names the file, Entry the member
// of the archive and Line the line in it, each when known. What is the finding,
// Cure what a person can do.
type Error struct {
	File, Entry string
	Line        int
	What, Cure  string
}

func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString(e.File)
	if e.Entry != "" {
		fmt.Fprintf(&s, ": in %q", clip(e.Entry))
	}
	if e.Line > 0 {
		fmt.Fprintf(&s, ": at line %d", e.Line)
	}
	s.WriteString(": " + e.What)
	if e.Cure != "" {
		s.WriteString("; " + e.Cure)
	}
	return s.String()
}

// trouble is a finding of a reader that does not know where it reads.
type trouble struct{ what, cure string }

func (t *trouble) Error() string { return t.what }

func fault(file, what, cure string) *Error { return &Error{File: file, What: what, Cure: cure} }

// clip shortens a text from a file so that it can stand in a message.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return strings.ToValidUTF8(s, "?")
	}
	return strings.ToValidUTF8(s[:most], "?") + "…"
}

// reason drops the operation and path that fs errors repeat.
func reason(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}
