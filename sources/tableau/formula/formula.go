// Package formula reads Tableau's calculations as far as it takes to know which fields
// they name. What a calculation computes plays no part.
package formula

import "strings"

// Field is a field that a calculation names, with its brackets: [Sales], or
// [source].[Sales]. Source is "" for the calculation's own data source.
type Field struct{ Source, Name string }

// Formula is what is known of a calculation.
type Formula struct {
	Fields []Field
	// PassesSQL: a function hands SQL over to the database, which can name any column.
	PassesSQL bool
	// Broken: a text, a comment or a name has no end, so the fields may not be all.
	Broken bool
}

// Counted begins the name of a field that counts the rows of a logical table.
const Counted = "[__tableau_internal_object_id__]."

// Read finds the fields. A bracket within a text or a comment is none's.
func Read(text string) (f Formula) {
	for i := 0; i < len(text); {
		rest, size := text[i:], 1
		switch c := text[i]; {
		case c == '\'' || c == '"':
			size = quoted(rest, rest[:1])
		case strings.HasPrefix(rest, "//"):
			if size = strings.IndexAny(rest, "\r\n"); size < 0 {
				return f
			}
		case strings.HasPrefix(rest, "/*"):
			if end := strings.Index(rest[2:], "*/"); end >= 0 {
				size = end + 4
			} else {
				size = 0
			}
		case c == '[':
			size = f.field(rest)
		case isLetter(c):
			size = word(rest)
			f.PassesSQL = f.PassesSQL || len(rest) > 6 && strings.EqualFold(rest[:6], "RAWSQL")
		}
		if size == 0 {
			f.Broken = true
			return f
		}
		i += size
	}
	return f
}

// field takes in the name at the start of a text, and says how long it is; 0 has no end.
func (f *Formula) field(text string) int {
	first := bracketed(text)
	if first == "" || !strings.HasPrefix(text[len(first):], ".[") {
		if first != "" {
			f.Fields = append(f.Fields, Field{"", first})
		}
		return len(first)
	}
	second := bracketed(text[len(first)+1:])
	if second == "" {
		return 0
	}
	both := first + "." + second
	if first+"." == Counted {
		f.Fields = append(f.Fields, Field{"", both})
		return len(both)
	}
	name := second
	if second+"." == Counted && strings.HasPrefix(text[len(both):], ".[") {
		third := bracketed(text[len(both)+1:])
		if third == "" {
			return 0
		}
		name, both = second+"."+third, both+"."+third
	}
	source, _ := Name(first)
	f.Fields = append(f.Fields, Field{source, name})
	return len(both)
}

// bracketed is the name with its brackets that a text begins with, "" where it begins with
// none; "]]" is a bracket in it.
func bracketed(text string) string {
	if !strings.HasPrefix(text, "[") {
		return ""
	}
	return text[:quoted(text, "]")]
}

// quoted says how long a text is that ends with its first quote that is not doubled; 0 has
// no end. The first byte opens it.
func quoted(text, quote string) int {
	for i := 1; ; i += 2 {
		end := strings.Index(text[i:], quote)
		if end < 0 {
			return 0
		}
		if i += end; !strings.HasPrefix(text[i+1:], quote) {
			return i + 1
		}
	}
}

// Name is the name without its brackets that a text begins with, and what follows it.
func Name(text string) (name, rest string) {
	whole := bracketed(text)
	if whole == "" {
		return "", ""
	}
	return strings.ReplaceAll(whole[1:len(whole)-1], "]]", "]"), text[len(whole):]
}

// Quote is the other way round.
func Quote(name string) string { return "[" + strings.ReplaceAll(name, "]", "]]") + "]" }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

// word says how long the word is at the start of a text.
func word(text string) int {
	for i := range len(text) {
		if c := text[i]; !isLetter(c) && (c < '0' || c > '9') {
			return i
		}
	}
	return len(text)
}
