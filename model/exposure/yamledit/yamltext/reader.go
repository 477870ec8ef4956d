package yamltext

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"darkroom/model/exposure/yamledit/yamltree"
)

// Reader reads entries that are written in the way in which RenderEntry writes
// them, and gives the nodes that the YAML parser gives, in a small part of its time. What is
// written in any other way it refuses; that is for the parser.
//
// Its Lines have no character of NotPrintable.
type Reader struct {
	Lines []Line
	at    int // the line to read
	first int // that of the entry; its dash counts as a space
	end   int
	// nodes, items and pairs are made many at once: those that are free, and the whole slab.
	nodes, allNodes []yamltree.Node
	items, allItems []yamltree.Element
	pairs, allPairs []yamltree.Pair
	open            []yamltree.Pair // of the mappings that are being read
}

// slabSize is how many nodes, items or pairs are made at once: about those of an entry.
const slabSize = 64

// Reuse gives what was read to the next entry.
func (r *Reader) Reuse() { r.nodes, r.items, r.pairs = r.allNodes, r.allItems, r.allPairs }

func (r *Reader) node(n yamltree.Node) *yamltree.Node {
	if len(r.nodes) == 0 {
		r.allNodes = make([]yamltree.Node, slabSize)
		r.nodes = r.allNodes
	}
	out := &r.nodes[0]
	r.nodes = r.nodes[1:]
	*out = n
	return out
}

// kept are the open pairs from an index on, which are closed with it.
func (r *Reader) kept(from int) []yamltree.Pair {
	n := len(r.open) - from
	if len(r.pairs) < n {
		r.allPairs = make([]yamltree.Pair, max(slabSize, n))
		r.pairs = r.allPairs
	}
	out := r.pairs[:n:n]
	r.pairs = r.pairs[n:]
	copy(out, r.open[from:])
	r.open = r.open[:from]
	return out
}

// Entry reads the lines [first, end) of an entry with its dash in a column; nil when they
// are written in another way.
func (r *Reader) Entry(first, end, dash int) *yamltree.Node {
	r.at, r.first, r.end, r.open = first, first, end, r.open[:0]
	n := r.mapping(dash + len("- "))
	if r.at < r.end {
		return nil
	}
	return n
}

// text is the line to read with its indent.
func (r *Reader) text() (text string, indent int) {
	text = r.Lines[r.at].Text
	if indent = Indent(text); r.at == r.first && strings.HasPrefix(text[indent:], "- ") {
		indent += len("- ")
	}
	return text, indent
}

// mapping reads the pairs with their keys in a column.
func (r *Reader) mapping(col int) *yamltree.Node {
	from := len(r.open)
	for r.at < r.end {
		text, indent := r.text()
		if indent < col {
			break
		}
		colon := keyEnd(text, indent)
		if indent > col || colon < 0 {
			return nil
		}
		p := yamltree.Pair{Key: text[col:colon], Line: r.at, Col: col, Colon: colon}
		if slices.ContainsFunc(r.open[from:], func(other yamltree.Pair) bool { return other.Key == p.Key }) || Reserved(p.Key) {
			return nil
		}
		if p.Node = r.value(text[colon+1:], col); p.Node == nil {
			return nil
		}
		r.open = append(r.open, p)
	}
	if len(r.open) == from {
		return nil
	}
	return r.node(yamltree.Node{Kind: yamltree.Map, Pairs: r.kept(from)})
}

// keyEnd is the index of the colon after a key of small letters and underscores, -1
// when there is none.
func keyEnd(text string, from int) int {
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c == '_' && i > from:
		case c == ':' && i > from:
			return i
		default:
			return -1
		}
	}
	return -1
}

// value reads what follows the colon of a key in a column.
func (r *Reader) value(after string, col int) *yamltree.Node {
	if after != "" {
		if after[0] != ' ' {
			return nil
		}
		return r.scalar(after[1:], col+2)
	}
	if r.at++; r.at >= r.end {
		return nil
	}
	text, indent := r.text()
	switch {
	case indent != col+2:
		return nil
	case strings.HasPrefix(text[indent:], "- "):
		return r.list(indent)
	}
	return r.mapping(indent)
}

// list reads texts with their dashes in a column.
func (r *Reader) list(dash int) *yamltree.Node {
	items := r.items[:0]
	for r.at < r.end {
		text, indent := r.text()
		if indent < dash {
			break
		}
		if indent > dash || !strings.HasPrefix(text[indent:], "- ") {
			return nil
		}
		it := yamltree.Element{Line: r.at, Col: dash}
		if it.Node = r.scalar(text[indent+2:], dash+2); it.Node == nil {
			return nil
		}
		if len(items) == cap(items) {
			r.allItems = make([]yamltree.Element, max(slabSize, 2*len(items)))
			items = append(r.allItems[:0], items...)
		}
		items = append(items, it)
	}
	r.items = items[len(items):cap(items)]
	return r.node(yamltree.Node{Kind: yamltree.List, Items: slices.Clip(items)})
}

// scalar reads a text, in quotes or plain; further lines of it have an indent.
func (r *Reader) scalar(text string, indent int) *yamltree.Node {
	if strings.HasPrefix(text, `"`) {
		s, ok := r.quoted(text[1:], indent)
		if !ok {
			return nil
		}
		return r.node(yamltree.Node{Scalar: s})
	}
	if !plainSafe(text) && (!plainPhrase().MatchString(text) || Reserved(strings.ToLower(text))) {
		return nil
	}
	r.at++
	return r.node(yamltree.Node{Scalar: text, Plain: true})
}

// quoted reads a text up to its closing quote, over lines that are folded at one space.
func (r *Reader) quoted(text string, indent int) (string, bool) {
	var b strings.Builder
	for {
		r.at++
		part, closed, ok := unquoted(text)
		if !ok {
			return "", false
		}
		if closed {
			if b.Len() == 0 {
				return part, true
			}
			b.WriteString(part)
			return b.String(), true
		}
		if r.at >= r.end || part == "" || strings.HasSuffix(text, " ") {
			return "", false
		}
		b.WriteString(part)
		b.WriteByte(' ')
		text = r.Lines[r.at].Text
		if Indent(text) != indent || len(text) == indent {
			return "", false
		}
		text = text[indent:]
	}
}

// unquoted reads the part of a text in quotes that is on one line.
func unquoted(text string) (part string, closed, ok bool) {
	end := quoteOrEscape(text)
	switch {
	case end < 0:
		return text, false, true
	case text[end] == '"':
		return text[:end], true, end == len(text)-1
	}
	var b strings.Builder
	for {
		b.WriteString(text[:end])
		if text[end] == '"' {
			return b.String(), true, end == len(text)-1
		}
		r, size := escaped(text[end:])
		if size == 0 {
			return "", false, false
		}
		b.WriteRune(r)
		text = text[end+size:]
		if end = quoteOrEscape(text); end < 0 {
			b.WriteString(text)
			return b.String(), false, true
		}
	}
}

// quoteOrEscape is the index of the first of the two, -1 without one.
func quoteOrEscape(text string) int {
	for i := range len(text) {
		if text[i] == '"' || text[i] == '\\' {
			return i
		}
	}
	return -1
}

// escaped reads a character as Escape writes it; size is 0 for any other.
func escaped(text string) (r rune, size int) {
	if len(text) < 2 {
		return 0, 0
	}
	digits := 0
	switch text[1] {
	case '"', '\\':
		return rune(text[1]), 2
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'e':
		return 0x1b, 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	}
	if digits == 0 || len(text) < 2+digits {
		return 0, 0
	}
	code, err := strconv.ParseUint(text[2:2+digits], 16, 32)
	if r = rune(code); err != nil || code > utf8.MaxRune || !utf8.ValidRune(r) {
		return 0, 0
	}
	return r, 2 + digits
}
