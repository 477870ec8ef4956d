package document

import (
	"fmt"

	"darkroom/sources/disk"
)

// Fault is an error about a file as a whole.
func Fault(file, what, fix string) *disk.Error { return FaultAt(file, "", nowhere, what, fix) }

// Failed is an error about a file that has a cause.
func Failed(file, what string, err error, fix string) *disk.Error {
	return &disk.Error{File: file, What: what, Err: err, Fix: fix}
}

// nowhere is the offset of what has none.
const nowhere = -1

// FaultAt is an error at a place in a file ("data.workbooks[3].dashboards") and a byte
// of its uncompressed text, -1 when that is unknown.
func FaultAt(file, place string, offset int64, what, fix string) *disk.Error {
	switch {
	case place != "" && offset >= 0:
		place = fmt.Sprintf("at %s (byte %d)", place, offset)
	case place != "":
		place = "at " + place
	case offset >= 0:
		place = fmt.Sprintf("at byte %d", offset)
	}
	return &disk.Error{File: file, Place: disk.Place{Path: place}, What: what, Fix: fix}
}

// Clip shortens a text from a file for a message.
func Clip(s string) string { return disk.ClipTo(s, 300) }
