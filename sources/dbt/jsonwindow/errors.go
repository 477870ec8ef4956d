package jsonwindow

import (
	"fmt"
	"strings"

	"darkroom/sources/disk"
)

// fault is what is wrong at a byte of a document, counted in the uncompressed text.
func fault(file string, at int64, want, got, fix string) *disk.Error {
	return &disk.Error{File: file, What: fmt.Sprintf("%s at byte %d", wanted(want, got), at), Fix: fix}
}

// wanted is how all messages about a document say what was found.
func wanted(want, got string) string { return fmt.Sprintf("want %s, got %s", want, got) }

// describe names the JSON value that begins at b[0].
func describe(b []byte) string {
	if len(b) == 0 {
		return "nothing"
	}
	switch c := b[0]; {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == '-', c >= '0' && c <= '9':
		return "a number"
	case c == '<':
		return "<, an HTML or XML file"
	case hasWord(b, "null"), hasWord(b, "true"), hasWord(b, "false"):
		return strings.TrimRight(string(b[:min(len(b), 5)]), ",}] \t\r\n")
	case c > ' ' && c < 0x7f:
		return fmt.Sprintf("%q", rune(c))
	default:
		return fmt.Sprintf("byte 0x%02x", c)
	}
}

func hasWord(b []byte, word string) bool {
	return len(b) >= len(word) && string(b[:len(word)]) == word
}

// maxName is how much of a name from the file a message repeats, in characters.
const maxName = 120

// Clip shortens a name from the file for a message.
func Clip(name string) string { return disk.ClipTo(name, maxName) }
