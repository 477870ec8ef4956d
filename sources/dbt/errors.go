package dbt

import (
	"fmt"
	"strings"
)

// Error says what is wrong with an artifact and where.
type Error struct {
	File   string // as the caller named it
	Path   string // JSON path, `nodes["model.shop.x"].config`; empty at the root
	Offset int64  // byte in the uncompressed text; -1 when it has no place
	Want   string // what should be there
	Got    string // what is there
	Cure   string // what to do; may be empty
	Err    error  // the cause, when reading itself failed
}

// Error is one line: file, place, expectation, finding, cure.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Path != "" {
		b.WriteString(": " + e.Path)
	}
	if e.Want != "" {
		fmt.Fprintf(&b, ": want %s, got %s", e.Want, e.Got)
	} else if e.Got != "" {
		b.WriteString(": " + e.Got)
	}
	if e.Offset >= 0 {
		fmt.Fprintf(&b, " at byte %d", e.Offset)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	if e.Cure != "" {
		b.WriteString("; " + e.Cure)
	}
	return b.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

const cureParse = "run `dbt parse` to write it anew"

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

// maxName is how much of a name from the file a message repeats.
const maxName = 120

func clip(name string) string {
	if len(name) > maxName {
		return name[:maxName] + "..."
	}
	return name
}

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
				at.key, at.named = clip(string(b[i+1:min(end-1, i+1+2*maxName)])), true
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
