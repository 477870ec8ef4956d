package dbt

import (
	"fmt"
	"strings"

	"darkroom/sources/disk"
)

// fault is what is wrong at a byte of an artifact, counted in the uncompressed text.
func fault(file string, at int64, want, got, fix string) *disk.Error {
	return &disk.Error{File: file, What: fmt.Sprintf("%s at byte %d", wanted(want, got), at), Fix: fix}
}

// wanted is the form in which all messages of this package say what was found.
func wanted(want, got string) string { return fmt.Sprintf("want %s, got %s", want, got) }

const fixByParse = "run `dbt parse` to regenerate it"

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

// frame is one open object or array on the way to a place.
type frame struct {
	array bool
	index int
	key   string
	named bool // the key of the current member has been read
}

// pathAt is the JSON path of b[off], where b begins inside the container that top
// describes. It runs only when something is wrong, so the fast walk keeps no path.
func pathAt(prefix string, top frame, b []byte, off int) string {
	stack := []frame{top}
	for i := 0; i < min(off, len(b)); {
		at := &stack[len(stack)-1]
		switch b[i] {
		case '"':
			end := stringEnd(b, i+1)
			if end < 0 || end > off {
				return render(prefix, stack)
			}
			if !at.array && !at.named {
				at.key, at.named = disk.ClipTo(string(b[i+1:min(end-1, i+1+4*maxName)]), maxName), true
			}
			i = end
			continue
		case ',':
			at.index++
			at.named = false
		case '{', '[':
			stack = append(stack, frame{array: b[i] == '['})
		case '}', ']':
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		}
		i++
	}
	return render(prefix, stack)
}

func render(prefix string, stack []frame) string {
	var b strings.Builder
	b.WriteString(prefix)
	for _, f := range stack {
		switch {
		case f.array:
			fmt.Fprintf(&b, "[%d]", f.index)
		case f.key == "" || !f.named:
			return b.String()
		case plainKey(f.key):
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(f.key)
		default:
			fmt.Fprintf(&b, "[%q]", f.key)
		}
	}
	return b.String()
}

func plainKey(key string) bool {
	for _, c := range []byte(key) {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return key != ""
}
