package document

import (
	"fmt"
	"strings"
)

// Error says why a file could not be read as Tableau metadata. File names the
// file, Place the spot in it ("data.workbooks[3].dashboards") and Offset its
// byte in the uncompressed text, each when known (Offset is -1 otherwise). What
// is the finding, Cure what a person can do.
type Error struct {
	File, Place string
	Offset      int64
	What, Cure  string
}

func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString(e.File)
	switch {
	case e.Place != "" && e.Offset >= 0:
		fmt.Fprintf(&s, ": at %s (byte %d)", e.Place, e.Offset)
	case e.Place != "":
		fmt.Fprintf(&s, ": at %s", e.Place)
	case e.Offset >= 0:
		fmt.Fprintf(&s, ": at byte %d", e.Offset)
	}
	s.WriteString(": " + e.What)
	if e.Cure != "" {
		s.WriteString("; " + e.Cure)
	}
	return s.String()
}

// Fault is an Error without a place in the document.
func Fault(file, what, cure string) *Error {
	return &Error{File: file, Offset: -1, What: what, Cure: cure}
}

// Clip shortens a text from a file so that it can stand in a message.
func Clip(s string) string {
	const most = 300
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
