package yamledit

import "fmt"

// Error says that a YAML file cannot be edited safely, where, and what to do.
type Error struct {
	File    string // as the caller named it; may be empty
	Line    int    // from 1; 0 when the whole file is meant
	Problem string
	Fix     string
	Kind    error // what errors.Is finds; nil for a file that cannot be edited
}

// Unwrap gives the kind.
func (e *Error) Unwrap() error { return e.Kind }

func (e *Error) Error() string {
	place := e.File
	switch {
	case place == "" && e.Line == 0:
		return e.Problem + "; " + e.Fix
	case place == "":
		place = "YAML file"
	}
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, e.Line)
	}
	return place + ": " + e.Problem + "; " + e.Fix
}

// otherFile is the fix for a file that darkroom leaves alone.
const otherFile = "export to another file"

func unsafeEdit(line int) *Error {
	return &Error{Line: line, Problem: "cannot be edited without risk to what is written by hand", Fix: otherFile}
}
