package yamledit

import (
	"slices"
	"strings"

	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
	"darkroom/model/pattern"
)

// Held is a removed entry that has to stay, since what stays uses an anchor in it.
type Held struct {
	Entry int
	Why   string
}

// Held says which of the removed entries cannot go. Where an anchor of a removed
// entry is used by what stays, Text writes it, with its value, at the first use; that
// is not possible everywhere.
func (w *Rewrite) Held() []Held {
	if len(w.doc.anchors) == 0 {
		return nil
	}
	_, lost := w.doc.anchorsMoved(w.doc.join(w.joined()))
	var out []Held
	for i := range w.doc.Entries {
		if !w.chunks[i+1].removed {
			continue
		}
		marks := yamltree.Marks(yamltext.Join(w.doc.EntryLines(&w.doc.Entries[i])))
		for _, name := range lost {
			if slices.Contains(marks, "&"+name) {
				out = append(out, Held{i, "its anchor &" + name + " is used by what stays in the file, in a way that it cannot move there: write the value there by hand"})
				break
			}
		}
	}
	return out
}

// Keep takes entry i back in after Remove.
func (w *Rewrite) Keep(i int) {
	if c := &w.chunks[i+1]; c.removed {
		c.removed = false
		w.names[c.name]++
	}
}

// maxMoved is the size of the largest value that is written at another place.
const maxMoved = 1 << 14

// anchorsMoved writes at the first use of each anchor that is in the document and no
// longer in the text its name and value. lost are the names for which that failed.
func (d *Document) anchorsMoved(text string) (moved string, lost []string) {
	var edits []edit
	known := map[string]bool{}
	for _, at := range yamltree.Names(text) {
		if at.Anchor || known[at.Name] {
			known[at.Name] = true
			continue
		}
		known[at.Name] = true
		value, ok := flowText(d.anchors[at.Name], maxMoved)
		if !ok || at.Key {
			lost = append(lost, at.Name)
			continue
		}
		edits = append(edits, edit{at.Line, at.Col, "*" + at.Name, "&" + at.Name + " " + value})
	}
	lines := strings.SplitAfter(text, "\n")
	for _, e := range slices.Backward(edits) {
		if !e.apply(lines) {
			lost = append(lost, e.old[1:])
		}
	}
	return strings.Join(lines, ""), lost
}

// edit replaces a text at a line and a column in characters, from 0.
type edit struct {
	line, col int
	old, new  string
}

func (e edit) apply(lines []string) bool {
	if e.line < 0 || e.line >= len(lines) {
		return false
	}
	runes := []rune(lines[e.line])
	if e.col < 0 || e.col > len(runes) || !strings.HasPrefix(string(runes[e.col:]), e.old) {
		return false
	}
	before := string(runes[:e.col])
	lines[e.line] = before + e.new + strings.TrimPrefix(string(runes[e.col:]), e.old)
	return true
}

var (
	plainKey  = pattern.Of(`^[A-Za-z_][A-Za-z0-9_-]*$`)
	textKey   = pattern.Of(`^\p{L}`)
	flowSigns = pattern.Of(`[][{},#"'&*!|>%@` + "`" + `]|^\p{L}.*:`)
)

// flowText writes a value on one line, with the aliases in it written out. ok is false
// for what might be read otherwise there, or is longer than limit.
func flowText(n *yamltree.Node, limit int) (text string, ok bool) {
	if n == nil || limit <= 0 || strings.HasPrefix(n.Mark(), "!") || len(n.Merges()) > 1 {
		return "", false
	}
	if n.Kind == yamltree.Scalar {
		return flowScalar(n), true
	}
	brackets := "[]"
	if n.Kind == yamltree.Map {
		brackets = "{}"
	}
	var parts []string
	for _, it := range flowItems(n) {
		s, ok := flowText(it.Node, limit)
		if limit -= len(it.Key) + len(s); !ok || it.Key == "" && n.Kind == yamltree.Map {
			return "", false
		}
		parts = append(parts, it.Key+s)
	}
	return brackets[:1] + strings.Join(parts, ", ") + brackets[1:], limit > 0
}

// flowItems are the items of a list, or the pairs of a map with their keys as they are
// written in front; a key that cannot be written is empty.
func flowItems(n *yamltree.Node) []yamltree.Pair {
	var out []yamltree.Pair
	for _, it := range n.Items {
		out = append(out, yamltree.Pair{Node: it.Node})
	}
	for _, m := range n.Merges() {
		out = append(out, yamltree.Pair{Key: "<<: ", Node: m})
	}
	for _, p := range n.Pairs {
		switch {
		case plainKey().MatchString(p.Key) && !yamltext.Reserved(strings.ToLower(p.Key)):
			p.Key += ": "
		case textKey().MatchString(p.Key) && !yamltext.Reserved(strings.ToLower(p.Key)):
			p.Key = `"` + yamltext.Escape(p.Key) + `": `
		default: // it may be read as something other than a text
			p.Key = ""
		}
		out = append(out, p)
	}
	return out
}

// flowScalar writes a text in quotes; what may be a number, a date or a word of YAML
// stays as plain as it is.
func flowScalar(n *yamltree.Node) string {
	switch {
	case n.Plain && n.Scalar == "":
		return "null"
	case n.Plain && !flowSigns().MatchString(n.Scalar):
		return n.Scalar
	}
	return `"` + yamltext.Escape(n.Scalar) + `"`
}
