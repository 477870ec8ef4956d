package yamledit

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/yamledit/yamltext"
	"darkroom/model/exposure/yamledit/yamltree"
)

// texts that are hard to write or to read.
func hardTexts() []string {
	return []string{
		"Sales", "a b", "fct_orders", "ref('fct_orders')", "ref('m', v=2)", "source('raw', 'orders')", "12", "0", "yes", "null", "Null", "true", "~", "", " ", " a", "a ", "a  b",
		`say "hi"`, `back\slash`, `ends in \`, "two\nlines", "tab\there", "\x1b[31m", "é", "売上 2024", "a\u2028b", "a\u0085b", "\ufeffx", "👩‍👩‍👧", "# no comment", "a # b", "a: b", "- a", "[x]", "{x}", "&a", "*a", "!t", "%d", "@x", "`x`", "|", ">", "'single'", "2024-01-01", "1.5", "0x1f", ".inf",
		strings.Repeat("a long text that is folded over some lines ", 6), strings.Repeat("x", 200), strings.Repeat("a ", 60) + ".", "https://tab.example.com/#/site/acme/views/Book/Sheet", "{{ jinja }}", "---", "...", "a\rb",
	}
}

func renderedFile(texts []string) string {
	var b strings.Builder
	b.WriteString("# Written by a test\nversion: 2\n\nexposures:\n")
	for i := range 3 {
		at := func(n int) string { return texts[(i*7+n)%len(texts)] }
		if i > 0 {
			b.WriteString("\n")
		}
		var fields []yamltext.Field
		add := func(path string, list, plain bool, items ...string) {
			if items = slices.DeleteFunc(items, func(s string) bool { return s == "" }); len(items) > 0 {
				fields = append(fields, yamltext.Field{Path: strings.Split(path, "."), Items: items, List: list, Plain: plain})
			}
		}
		add("name", false, true, fmt.Sprint("entry_", i))
		add("label", false, false, at(0))
		add("type", false, true, at(1))
		add("description", false, false, at(2))
		add("depends_on", true, true, at(3), at(4))
		add("owner.name", false, false, at(5))
		add("owner.email", false, false, at(6))
		add("config.tags", true, false, at(7), at(8))
		add("config.meta.tableau.luid", false, false, at(9))
		add("config.meta.tableau.managed_by", false, true, "darkroom")
		b.WriteString(yamltext.RenderEntry(fields))
	}
	return b.String()
}

// sameAsParser compares what is read by entries with what the YAML parser reads, and dbt's
// reader of all with that of what is foreign.
func sameAsParser(t *testing.T, text string) (cut bool) {
	t.Helper()
	d := Unreadable("exposures")
	var whole *Document
	plain := ""
	plain, d.bom = strings.CutPrefix(text, "\uFEFF")
	d.split(plain)
	whole = &Document{Lines: d.Lines, EOL: d.EOL, Root: &yamltree.Node{}, list: d.list, bom: d.bom, text: d.text, crlf: d.crlf}
	shown := map[int]string{}
	if !d.cut(nil, func(i int, n *yamltree.Node) { shown[i] = describeNode(n) }) {
		return false
	}
	whole, err := whole.whole()
	if err != nil {
		t.Fatalf("the parser refuses what was read: %s\n%s", err.Problem, text)
	}
	for i := range d.Entries {
		e := &d.Entries[i]
		e.node = d.Node(e)
		d.key.Node.Items[i].Node = e.node
		if shown[i] != describeNode(e.node) {
			t.Fatalf("shown: %s\nread again: %s\n%s", shown[i], describeNode(e.node), text)
		}
	}
	d.Each(func(i int, n *yamltree.Node) {
		if shown[i] != describeNode(n) {
			t.Fatalf("shown: %s\nread again: %s\n%s", shown[i], describeNode(n), text)
		}
	})
	rendered := d.rendered
	d.rendered = nil
	if !reflect.DeepEqual(d, whole) {
		t.Fatalf("%+v\n%+v\n%s", describe(d), describe(whole), text)
	}
	d.rendered = rendered
	all, problem := dbtyaml.Read([]byte(text))
	foreign, alone := dbtyaml.Read(d.Foreign())
	if (problem == nil) != (alone == nil) {
		t.Fatalf("dbt reads all: %v; what is foreign: %v\n%s", problem, alone, text)
	}
	if problem == nil && slices.Equal(all.Names("exposures"), namesOf(whole)) != slices.Equal(foreign.Names("exposures"), d.ForeignNames()) {
		t.Fatalf("dbt finds %q in all, %q in what is foreign\n%s", all.Names("exposures"), foreign.Names("exposures"), text)
	}
	return true
}

func namesOf(d *Document) (names []string) {
	for i := range d.Entries {
		names = append(names, d.Entries[i].Name)
	}
	return names
}

func describeNode(n *yamltree.Node) string { return describe(&Document{Root: n}) }

func describe(d *Document) string {
	var b strings.Builder
	var walk func(n *yamltree.Node, depth int)
	walk = func(n *yamltree.Node, depth int) {
		fmt.Fprintf(&b, "%*s%d %q fixed %v mark %q plain %v merges %v\n", depth, "", n.Kind, n.Scalar, n.Fixed, n.Mark(), n.Plain, n.MergeLines())
		for _, it := range n.Items {
			fmt.Fprintf(&b, "%*s- %d:%d\n", depth, "", it.Line, it.Col)
			walk(it.Node, depth+1)
		}
		for _, p := range n.Pairs {
			fmt.Fprintf(&b, "%*s%q %d:%d:%d\n", depth, "", p.Key, p.Line, p.Col, p.Colon)
			walk(p.Node, depth+1)
		}
	}
	walk(d.Root, 0)
	fmt.Fprintln(&b, d.key.Key, d.key.Line, d.state, d.bom, d.EOL, len(d.Lines), len(d.anchors))
	for _, e := range d.Entries {
		fmt.Fprintln(&b, e.First, e.Last, e.Dash, e.Name)
	}
	return b.String()
}

// What is rendered is read without the parser, and as the parser reads it.
func TestRenderedIsReadAsByTheParser(t *testing.T) {
	texts := hardTexts()
	for i := range texts {
		text := renderedFile(slices.Concat(texts[i:], texts[:i]))
		d, err := Parse([]byte(text), "exposures")
		if err != nil {
			t.Fatalf("%s\n%s", err.Problem, text)
		}
		for j := range d.Entries {
			if len(d.rendered) == 0 || !d.rendered[j] {
				t.Errorf("the parser is needed for\n%s", d.EntryText(&d.Entries[j]))
			}
		}
		sameAsParser(t, text)
	}
}

// edits are what people do to lines.
func edits() []func(line string) string {
	return []func(string) string{
		func(string) string { return "" },
		func(l string) string { return l + " # mine" },
		func(l string) string { return "# mine\n" + l },
		func(l string) string { return "      # mine\n" + l },
		func(l string) string { return "\n" + l },
		func(l string) string { return l + "\n" + l },
		func(l string) string { return " " + l },
		func(l string) string { return strings.TrimPrefix(l, "  ") },
		func(l string) string { return strings.ReplaceAll(l, `"`, "'") },
		func(l string) string { return strings.ReplaceAll(l, `"`, "") },
		func(l string) string { return strings.Replace(l, `"`, "", 1) },
		func(l string) string { return strings.Replace(l, ": ", ": &a ", 1) },
		func(string) string { return "    label: *a" },
		func(l string) string { return strings.Replace(l, ": ", ": !!str ", 1) },
		func(string) string { return "    description: |\n      text\n      # text\n\n      more" },
		func(string) string { return "    description: text\n      that goes on" },
		func(string) string { return "    meta: {a: b, c: [d]}" },
		func(string) string { return "    tags: [a,\n      b]" },
		func(string) string { return "    enabled: true" },
		func(string) string { return "    <<: {a: b}" },
		func(string) string { return "    label:" },
		func(string) string { return "    label: \"open" },
		func(string) string { return "    label: 'open" },
		func(string) string { return "  - name: other" },
		func(string) string { return "  - name: other\n    label: \"a\n  - name: b\"" },
		func(string) string { return "  -\n    name: other" },
		func(string) string { return "  - other" },
		func(string) string { return "  -   name: other\n      label: x" },
		func(string) string { return "models:\n  - name: m\n    description: \"x\"" },
		func(string) string { return "---" },
		func(string) string { return "..." },
		func(string) string { return "exposures:" },
		func(string) string { return "exposures: []" },
		func(string) string { return "\"exposures\": []" },
		func(l string) string { return l + "\r" },
		func(l string) string { return l + "\t" },
		func(l string) string { return l + " " },
		func(l string) string { return l + "\u2028" },
		func(string) string { return "   odd: 1" },
		func(string) string { return " odd: 1" },
		func(string) string { return "text" },
		func(string) string { return "    label: 1" },
		func(string) string { return "    label: null" },
		func(string) string { return "    url: 2024-13-45" },
		func(string) string { return "    tags:\n    - a\n    - b" },
		func(string) string { return "    tags:\n      -   a" },
		func(string) string { return "    tags:\n      - - a" },
		func(string) string { return "    tags:\n      - a: b" },
		func(string) string { return "    label:  two" },
		func(string) string { return "    label : two" },
		func(string) string { return "    ? label\n    : two" },
		func(string) string { return "    label: \"a\n\n      b\"" },
		func(string) string { return "    label: \"a\n       b\"" },
		func(string) string { return "    label: \"a\\\n      b\"" },
		func(string) string { return `    label: "\x41\/\0"` },
		func(string) string { return `    label: "\uD83D\uDE00"` },
		func(string) string { return `    label: "a" b` },
		func(string) string { return "    tags:\n   s - \"0\"\n      - \"yes\"\n   " },
		func(string) string { return `    label: "a"#b` },
	}
}

func edited(text string, dice *rand.Rand, n int) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for range n {
		i, how := dice.IntN(len(lines)), edits()
		lines[i] = how[dice.IntN(len(how))](lines[i])
	}
	return strings.Join(lines, "\n") + "\n"
}

// Whatever is changed by hand, what is read by entries is what the parser reads.
func TestEditedIsReadAsByTheParser(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 3))
	texts := hardTexts()
	cuts := 0
	const runs = 3000
	for range runs {
		dice.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		text := edited(renderedFile(texts), dice, 1+dice.IntN(3))
		if dice.IntN(8) == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		if sameAsParser(t, text) {
			cuts++
		}
	}
	if cuts < runs/10 || cuts == runs {
		t.Errorf("%d of %d are read by entries", cuts, runs)
	}
}

// Entries that are in another document say the same, wherever they are.
func TestLikeEntriesSayTheSame(t *testing.T) {
	texts := hardTexts()
	dice := rand.New(rand.NewPCG(9, 9))
	shared := 0
	for range 300 {
		dice.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		before := renderedFile(texts)
		other, err := Parse([]byte(before), "exposures")
		if err != nil {
			t.Fatal(err.Problem)
		}
		text := edited("# more\n"+before, dice, 1)
		want, err := Parse([]byte(text), "exposures")
		if err != nil {
			continue
		}
		seen := map[int]bool{}
		got, err := ParseLike(text, "exposures", other, func(i int, _ *yamltree.Node) { seen[i] = true })
		if err != nil || len(got.Entries) != len(want.Entries) {
			t.Fatalf("%v\n%s", err, text)
		}
		for i := range got.Entries {
			a, b := got.Entries[i], want.Entries[i]
			if !yamltree.Same(got.Node(&a), want.Node(&b)) || a.First != b.First || a.Last != b.Last || a.Dash != b.Dash || a.Name != b.Name {
				t.Fatalf("%s\n%s", got.EntryText(&a), want.EntryText(&b))
			}
			if seen[i] == (a.Like >= 0) {
				t.Fatalf("entry %d is like %d, and shown: %v", i, a.Like, seen[i])
			}
			if a.Like >= 0 {
				shared++
				if like := &other.Entries[a.Like]; !yamltree.Same(got.Node(&a), other.Node(like)) || like.Name != a.Name {
					t.Fatalf("%s\n%s", got.EntryText(&a), other.EntryText(like))
				}
			}
		}
	}
	if shared < 100 {
		t.Errorf("%d entries are shared", shared)
	}
}

// Reading what is rendered makes no nodes that stay, however many entries there are.
func TestReadingRenderedEntriesAllocatesLittle(t *testing.T) {
	file := func(entries int) string {
		var b strings.Builder
		b.WriteString("version: 2\n\nexposures:\n")
		for i := range entries {
			b.WriteString(yamltext.RenderEntry([]yamltext.Field{
				{Path: []string{"name"}, Items: []string{fmt.Sprint("entry_", i)}, Plain: true},
				{Path: []string{"depends_on"}, Items: []string{"ref('m')", "ref('n')"}, List: true, Plain: true},
				{Path: []string{"owner", "name"}, Items: []string{"Owner"}},
			}))
		}
		return b.String()
	}
	allocations := func(entries int) float64 {
		text := file(entries)
		return testing.AllocsPerRun(5, func() {
			if d, err := ParseLike(text, "exposures", nil, nil); err != nil || len(d.Entries) != entries {
				t.Fatal(err)
			}
		})
	}
	few, many := allocations(50), allocations(1000)
	t.Logf("%.0f allocations for 50 entries, %.0f for 1000", few, many)
	if many > few+100 {
		t.Errorf("%.0f allocations for 50 entries, %.0f for 1000", few, many)
	}
}

func FuzzReadAsByTheParser(f *testing.F) {
	texts, dice := hardTexts(), rand.New(rand.NewPCG(5, 5))
	f.Add(renderedFile(texts))
	for range 40 {
		f.Add(edited(renderedFile(texts), dice, 2))
	}
	for _, after := range []string{"   \n", "models: []\n", "  - name: b\n"} {
		f.Add("exposures:\n  - name: a\n    tags:\n   s - \"0\"\n      - \"yes\"\n" + after)
	}
	f.Fuzz(func(t *testing.T, text string) { sameAsParser(t, text) })
}
