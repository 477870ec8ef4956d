// Package flowline writes and reads lines "key: {name: value, name: value}" of YAML files that
// darkroom keeps: one line for each dashboard, so that git merges them.
package flowline

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"darkroom/model/visible"
)

// quote writes a text as a double-quoted YAML scalar on one line. For valid
// UTF-8 the escapes of Go are a part of YAML's with the same meaning, and all
// that does not print or is not seen (line ends, bidirectional marks, tags, terminal
// escapes) becomes an escape.
func quote(s string) string {
	s = strconv.Quote(strings.ToValidUTF8(s, "\ufffd"))
	if strings.IndexFunc(s, visible.Special) < 0 {
		return s
	}
	var b strings.Builder
	visible.Each(s, func(r rune, hidden bool) {
		if hidden { // and left by Quote
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		} else {
			b.WriteRune(r)
		}
	})
	return b.String()
}

// IsLUID reports the form 8-4-4-4-12 of hexadecimal digits, which is a text to
// YAML without quotes.
func IsLUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
		default:
			return false
		}
	}
	return true
}

// Field is one "name: value" of a line.
type Field struct {
	Name   string
	Value  *string
	Quoted bool // texts; the others are words and times that need no quotes
}

// Write writes "key: {name: value, name: value}" and the line end. Fields that say
// nothing are left out.
func Write(w *strings.Builder, key string, fields []Field) {
	if !IsLUID(key) {
		key = quote(key)
	}
	w.WriteString(key + ": ")
	WriteFields(w, fields)
	w.WriteByte('\n')
}

// WriteFields writes the part in braces.
func WriteFields(w *strings.Builder, fields []Field) {
	before := "{"
	for _, f := range fields {
		value := *f.Value
		if value == "" {
			continue
		}
		if f.Quoted {
			value = quote(value)
		}
		w.WriteString(before + f.Name + ": " + value)
		before = ", "
	}
	w.WriteByte('}')
}

// Read is the fast way back for lines as Write writes them, a hundred times
// faster than the library, which counts at thousands of lines. Whatever it is not sure
// about it leaves to the library (ok is false).
func Read(line string, fields []Field) (key string, ok bool) {
	rest := line
	if strings.HasPrefix(rest, `"`) {
		key, rest, ok = unquote(rest)
	} else {
		key, rest, ok = strings.Cut(rest, ":")
		rest = ":" + rest
		ok = ok && IsLUID(key)
	}
	if rest, found := strings.CutPrefix(rest, ": {"); ok && found {
		return key, readFields(rest, fields)
	}
	return "", false
}

// readFields reads "name: value, name: value}" to the end of the line.
func readFields(rest string, fields []Field) bool {
	for {
		name, after, ok := strings.Cut(rest, ": ")
		at := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
		if !ok || at < 0 || *fields[at].Value != "" {
			return false
		}
		value := fields[at].Value
		if strings.HasPrefix(after, `"`) {
			*value, rest, ok = unquote(after)
		} else {
			*value, rest, ok = plain(after)
		}
		if !ok || *value == "" {
			return false
		}
		if rest == "}" {
			return true
		}
		if rest, ok = strings.CutPrefix(rest, ", "); !ok {
			return false
		}
	}
}

// plain takes a scalar that begins with a letter or digit and holds nothing that
// means anything to YAML: the words and times that Write writes.
func plain(s string) (text, rest string, ok bool) {
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != 'T' && r != 'Z' && r != ':' && r != '-'
	})
	if end <= 0 || s[0] == ':' || s[0] == '-' || s[end-1] == ':' {
		return "", "", false
	}
	text, rest = s[:end], s[end:]
	return text, rest, text != "null"
}

// unquote takes a double-quoted scalar off the front of s, if its escapes mean
// the same to Go and YAML.
func unquote(s string) (text, rest string, ok bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			text, err := strconv.Unquote(s[:i+1])
			return text, s[i+1:], err == nil && utf8.ValidString(text)
		case '\\':
			i++
			if i+1 >= len(s) || !strings.ContainsRune(`"\abfnrtvuUx`, rune(s[i])) || s[i] == 'x' && s[i+1] > '7' {
				return "", "", false
			}
		}
	}
	return "", "", false
}
