package workbook

import (
	"fmt"
	"strings"

	"darkroom/sources/disk"
)

// placeIn is a member of an archive and a line in it, each when known.
func placeIn(entry string, line int) disk.Place {
	var parts []string
	if entry != "" {
		parts = append(parts, fmt.Sprintf("in %q", clip(entry)))
	}
	if line > 0 {
		parts = append(parts, fmt.Sprintf("at line %d", line))
	}
	return disk.Place{Path: strings.Join(parts, ": ")}
}

// trouble is a finding of a reader that does not know where it reads.
type trouble struct{ what, fix string }

func (t *trouble) Error() string { return t.what }

func fault(file, what, fix string) *disk.Error {
	return &disk.Error{File: file, What: what, Fix: fix}
}

func failed(file, what string, err error, fix string) *disk.Error {
	return &disk.Error{File: file, What: what, Err: err, Fix: fix}
}

// clip shortens a text from a file for a message.
func clip(s string) string { return disk.ClipTo(strings.ToValidUTF8(s, "?"), 200) }
