package jsonwindow

import (
	"fmt"
	"strings"

	"darkroom/sources/dbt/jsonwindow/quote"
)

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
			end := quote.End(b, i+1)
			if end < 0 || end > off {
				return render(prefix, stack)
			}
			if !at.array && !at.named {
				at.key, at.named = Clip(string(b[i+1:min(end-1, i+1+4*maxName)])), true
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
