package dbtyaml

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// misplacedTab finds a tab outside of quotes, block scalars and comments. PyYAML in
// pure Python refuses those, with libyaml only some: which of the two a dbt has
// depends on how it was installed.
func misplacedTab(text string, doc *yaml.Node) *Problem {
	breaks := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n") // of YAML 1.1
	lines := strings.Split(breaks.Replace(text), "\n")
	var starts []*yaml.Node // scalars with marks, in the order of the text
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			starts = append(starts, n)
		}
		if n.Kind != yaml.AliasNode {
			for _, it := range n.Content {
				walk(it)
			}
		}
	}
	walk(doc)
	covered := make([][]span, len(lines))
	for i, n := range starts {
		next := len(lines) + 1
		if i+1 < len(starts) {
			next = starts[i+1].Line
		}
		cover(lines, n, next, covered)
	}
	for i, l := range lines {
		if at := bareTab(l, covered[i]); at {
			return &Problem{i + 1, "a tab between words of YAML; write spaces"}
		}
	}
	return nil
}

// span is a part of a line, in bytes, that holds the text of a scalar.
type span struct{ from, to int }

// cover marks what a quoted scalar or a block scalar covers; next is the line of the
// scalar after it.
func cover(lines []string, n *yaml.Node, next int, covered [][]span) {
	line := n.Line - 1
	if line < 0 || line >= len(lines) {
		return
	}
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		for i := line + 1; i < min(next-1, len(lines)); i++ {
			if trimmed := strings.TrimLeft(lines[i], " "); !strings.HasPrefix(trimmed, "#") {
				covered[i] = append(covered[i], span{len(lines[i]) - len(trimmed), len(lines[i])})
			}
		}
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		mark := byte('"')
		if n.Style&yaml.SingleQuotedStyle != 0 {
			mark = '\''
		}
		from := strings.IndexByte(lines[line][min(column(lines[line], n.Column), len(lines[line])):], mark)
		if from < 0 {
			return
		}
		coverQuoted(lines, line, from+min(column(lines[line], n.Column), len(lines[line])), mark, covered)
	}
}

// column turns a column in characters, from 1, into bytes from 0.
func column(line string, col int) int {
	at := 0
	for i := range line {
		if at == col-1 {
			return i
		}
		at++
	}
	return len(line)
}

// coverQuoted follows a quoted scalar from its first quote to its last.
func coverQuoted(lines []string, line, from int, mark byte, covered [][]span) {
	at := from + 1
	for ; line < len(lines); line, from, at = line+1, 0, 0 {
		l := lines[line]
		for ; at < len(l); at++ {
			switch {
			case mark == '"' && l[at] == '\\':
				at++
			case l[at] != mark:
			case mark == '\'' && at+1 < len(l) && l[at+1] == mark:
				at++
			default:
				covered[line] = append(covered[line], span{from, at + 1})
				return
			}
		}
		covered[line] = append(covered[line], span{from, len(l)})
	}
}

// bareTab reports a tab on a line that is neither covered nor in a comment.
func bareTab(l string, covered []span) bool {
	for i := 0; i < len(l); i++ {
		inside := false
		for _, s := range covered {
			if i >= s.from && i < s.to {
				i, inside = s.to-1, true
				break
			}
		}
		switch {
		case inside:
		case l[i] == '#' && (i == 0 || l[i-1] == ' ' || l[i-1] == '\t'):
			return false
		case l[i] == '\t':
			return true
		}
	}
	return false
}
