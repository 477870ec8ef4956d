package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// Problem is something wrong at a place of a file.
type Problem struct {
	File         string // as the caller named it
	Line, Column int    // from 1; 0 when the whole file is meant
	Source       string // the offending line; what looks like a secret is masked
	Message      string
	Cure         string // what to do; may be empty
}

// Error is "file:line:column: message; cure", then the line with a mark below it.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, max(p.Column, 1))
	}
	b.WriteString(": " + printable(p.Message))
	if p.Cure != "" {
		b.WriteString("; " + printable(p.Cure))
	}
	if text, mark := excerpt(p.Source, p.Column); text != "" {
		fmt.Fprintf(&b, "\n%5d | %s\n      | %s^", p.Line, text, strings.Repeat(" ", mark))
	}
	return b.String()
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

// joinProblems is one error for all, of which the first twenty are told.
func joinProblems(list []error) error {
	const most = 20
	if n := len(list) - most; n > 0 {
		list = append(list[:most:most], fmt.Errorf("and %d more problems", n))
	}
	return errors.Join(list...)
}

// FileError is a file that cannot be read or written.
type FileError struct {
	Op, Path string // "write", the path as the caller named it
	Err      error
	Cure     string
}

// Error is one line: operation, file, cause and cure.
func (e *FileError) Error() string {
	msg := "cannot " + e.Op + " " + printable(e.Path+": "+cause(e.Err))
	if e.Cure != "" {
		msg += "; " + e.Cure
	}
	return msg
}

// Unwrap is the cause.
func (e *FileError) Unwrap() error { return e.Err }

// ChangedError refuses to write a file that is no longer what was read.
type ChangedError struct {
	Path string
	Gone bool // it was there and is not any more
	New  bool // it was not there and is now
}

// Error says what happened to the file; the cure depends on who writes it.
func (e *ChangedError) Error() string {
	what := "was changed by somebody else"
	switch {
	case e.Gone:
		what = "was removed by somebody else"
	case e.New:
		what = "was created by somebody else"
	}
	return printable(e.Path) + " " + what + " since it was read; nothing was written, read it again"
}

// ReadOnlyError refuses to keep decisions; Reason says why.
type ReadOnlyError struct{ Reason string }

// Error gives the reason.
func (e *ReadOnlyError) Error() string { return "decisions cannot be kept: " + e.Reason }

// fileError wraps err with a cure where the cause has a usual one.
func fileError(op, path string, err error) error {
	e := &FileError{Op: op, Path: path, Err: err}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.Cure = "make room on the disk and try again, nothing is lost"
	case errors.Is(err, syscall.EROFS):
		e.Cure = "the file system is read-only, use a copy of the project that can be written"
	case errors.Is(err, fs.ErrPermission):
		e.Cure = "make it writable for you, or use a copy of the project"
		if op == "read" {
			e.Cure = "make it readable for you"
		}
	}
	return e
}

// cause drops the operation and path that package os repeats.
func cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// isReadOnly reports what keeps a folder from being written for now, and is no
// reason not to look at it.
func isReadOnly(err error) bool {
	for _, why := range [...]error{fs.ErrPermission, syscall.EROFS, syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, why) {
			return true
		}
	}
	return false
}
