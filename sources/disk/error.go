package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// Error is what is wrong with a file, where in it, and what to do. Every reader and
// writer of files returns this type, so that all are printed alike.
type Error struct {
	// Kind is what callers test for with errors.Is, such as [ErrChanged]. It is not
	// printed and may be nil.
	Kind error
	// Doing is what failed, "write", when the file itself is the trouble; otherwise
	// empty.
	Doing string
	File  string // as the caller named it; empty when the message names none
	Place Place  // in the file; the zero value is the whole file
	What  string // the finding; may be empty when Err says it
	Err   error  // the cause; may be nil
	Fix   string // what to do; may be empty
}

// Place is a spot in a file: line and column of a text, or the path in a document
// without lines worth counting.
type Place struct {
	Line, Column int    // from 1; 0 when not known
	Source       string // the offending line, shown below the message; secrets are masked
	Path         string // `nodes["model.shop.x"].config`
}

// The kinds of Error that callers distinguish.
var (
	// ErrInvalid is a file that people write and that says something wrong.
	ErrInvalid = errors.New("invalid file")
	// ErrChanged refuses to write a file that is no longer what was read.
	ErrChanged = errors.New("file changed since it was read")
)

// Error is "file:line:column: what; fix", then the line with a mark below it; or
// "file: path: what; fix"; or "cannot write file: what; fix".
func (e *Error) Error() string {
	var b strings.Builder
	if e.Doing != "" {
		b.WriteString("cannot " + e.Doing + " ")
	}
	b.WriteString(printable(e.File))
	if e.Place.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Place.Line, max(e.Place.Column, 1))
	}
	for _, part := range [...]string{printable(e.Place.Path), printable(e.What), causeLines(e.Err)} {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(part)
	}
	if e.Fix != "" {
		b.WriteString("; " + printable(e.Fix))
	}
	if text, mark := excerpt(e.Place.Source, e.Place.Column); text != "" {
		fmt.Fprintf(&b, "\n%5d | %s\n      | %s^", e.Place.Line, text, strings.Repeat(" ", mark))
	}
	return b.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether the error is of a kind.
func (e *Error) Is(kind error) bool { return e.Kind != nil && e.Kind == kind }

// Failed is the error of an operation on a file ("read", "write"), with a fix where
// the cause has a usual one.
func Failed(doing, file string, err error) error {
	e := &Error{Doing: doing, File: file, Err: err}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.Fix = "make room on the disk and try again, nothing is lost"
	case errors.Is(err, syscall.EROFS):
		e.Fix = "the file system is read-only, use a copy of the project that can be written"
	case errors.Is(err, fs.ErrPermission):
		e.Fix = "make it writable for you, or use a copy of the project"
		if doing == "read" {
			e.Fix = "make it readable for you"
		}
	}
	return e
}

// Changed refuses to write a file: gone means that it was there when it was read,
// created that it was not.
func Changed(file string, gone, created bool) error {
	what := "changed"
	switch {
	case gone:
		what = "removed"
	case created:
		what = "created"
	}
	return &Error{
		Kind: ErrChanged, File: file,
		What: what + " on disk since it was read", Fix: "nothing was written, read it again",
	}
}

// Join is one error for all problems of a file; the first twenty are printed.
func Join(list []error) error {
	const most = 20
	if n := len(list) - most; n > 0 {
		list = append(list[:most:most], fmt.Errorf("and %d more problems", n))
	}
	return errors.Join(list...)
}

// causeLines is the cause as printed: a parser's message may have several lines.
func causeLines(err error) string {
	lines := strings.Split(cause(err), "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// cause is the text of an error without the operation and path that package os
// repeats.
func cause(err error) string {
	var pe *fs.PathError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &pe):
		return pe.Err.Error()
	}
	return err.Error()
}

// WriteProtected reports a cause that keeps a folder from being written for now, but not from
// being looked at; why is its text.
func WriteProtected(err error) (why string, yes bool) {
	for _, kind := range [...]error{fs.ErrPermission, syscall.EROFS, syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, kind) {
			return cause(err), true
		}
	}
	return "", false
}

// printable writes what a terminal would act on as an escape, "\t".
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}

// excerpt is the printable part of a line around a column, at most 100
// characters, and where in it the column is.
func excerpt(line string, column int) (text string, mark int) {
	rs := []rune(strings.TrimRight(line, "\r\n"))
	at := min(max(column-1, 0), len(rs))
	from := max(at-60, 0)
	rs = rs[from:min(from+100, len(rs))]
	for i, r := range rs {
		if !unicode.IsPrint(r) {
			rs[i] = ' '
		}
	}
	return strings.TrimRight(string(rs), " "), at - from
}

// maxWord is how much of a word from a file is compared and repeated.
const maxWord = 60

// Clip keeps words of hostile length out of messages.
func Clip(s string) string { return ClipTo(s, maxWord) }

// ClipTo is [Clip] for another length, in characters.
func ClipTo(s string, most int) string {
	for at := range s {
		if most--; most < 0 {
			return strings.ToValidUTF8(s[:at], "\ufffd") + "…"
		}
	}
	return s
}
