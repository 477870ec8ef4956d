package output

import "bytes"

// indent appends compact JSON, as json.Marshal writes it, with each member on a line of its
// own. It does what json.Indent does, without looking for faults, which takes longer than
// writing the JSON does.
func indent(to, doc []byte, prefix string) []byte {
	depth := 0
	line := func() {
		to = append(append(to, '\n'), prefix...)
		for range depth {
			to = append(to, "  "...)
		}
	}
	for i := 0; i < len(doc); i++ {
		switch c := doc[i]; c {
		case '"':
			end := i + textEnd(doc[i:])
			to = append(to, doc[i:end]...)
			i = end - 1
		case '{', '[':
			to = append(to, c)
			if doc[i+1] == c+2 { // the closing one, in ASCII
				i++
				to = append(to, c+2)
				continue
			}
			depth++
			line()
		case '}', ']':
			depth--
			line()
			to = append(to, c)
		case ',':
			to = append(to, c)
			line()
		case ':':
			to = append(to, ": "...)
		default:
			to = append(to, c)
		}
	}
	return to
}

// textEnd is the length of the string that doc begins with: up to the first quote with an
// even number of backslashes before it.
func textEnd(doc []byte) int {
	for i := 1; ; i++ {
		i += bytes.IndexByte(doc[i:], '"')
		escapes := 0
		for doc[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}
