package diagram

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/subgraph"
	"darkroom/ui/text"
)

// hostile are titles that mean something in some format.
var hostile = []string{
	`"]; click n0 "javascript:alert(1)`, "</text><script>alert(1)</script>", "]]>&amp;&quot;", `back\slash \N \G`, "1. a list", "- a list", "`code` **bold**",
	"end", "%%{init: {}}%%", "#quot;#35;", "\x1b[31mred\x07", "a\nb --> c", "\u202egnp.exe", "売上 ☕ مبيعات", "", "{{ jinja }} | pipe", "subgraph x", "style n0 fill:red;",
}

func titled(titles ...string) *Diagram {
	d := &Diagram{Total: len(titles)}
	for i, t := range titles {
		d.Nodes = append(d.Nodes, Node{ID: fmt.Sprint(i), Kind: Dashboard, Title: text.Cut(text.Clean(t), widest), Views: -1})
		if i > 0 {
			d.Edges = append(d.Edges, [2]int{0, i})
		}
	}
	return d
}

// Mermaid has one statement in each line, and titles of letters and codes.
func TestMermaidIsSafe(t *testing.T) {
	statement := regexp.MustCompile("^(flowchart LR|  n[0-9]+\\(\\[\"([^\"`#\\\\<>{}|\\[\\]%;]|#[0-9]+;)*\"\\]\\)|  n[0-9]+ --> n[0-9]+|  classDef [a-z]+ [a-z0-9:, -]+|  class [n0-9,]+ [a-z]+)$")
	for line := range strings.Lines(titled(hostile...).Mermaid()) {
		if !statement.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("%q", line)
		}
	}
	for in, want := range map[string]string{
		"Weekly Numbers": "Weekly Numbers", "fct_orders.v2": "fct_orders.v2", `a "b"`: "a #34;b#34;", "1. x": "1#46; x", "- x": "#45; x", "売上": "売上", "a#b": "a#35;b",
	} {
		if got := mermaidText(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// DOT has one statement in each line, and strings that end where they should.
func TestDOTIsSafe(t *testing.T) {
	statement := regexp.MustCompile(`^(digraph lineage \{|\}|  rankdir=LR;|  node \[.*\];|  n[0-9]+ -> n[0-9]+;|  n[0-9]+ \[label="([^"\\]|\\\\|\\")*"[a-z0-9=, ]*\];)$`)
	for line := range strings.Lines(titled(hostile...).DOT()) {
		if !statement.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("%q", line)
		}
	}
}

// SVG is well-formed, has the titles as texts, a title and a description, and asks for
// nothing from elsewhere.
func TestSVGIsSafeAndAccessible(t *testing.T) {
	d := titled(hostile...)
	doc := d.SVG(hostile[1])
	texts, elements := map[string]bool{}, map[string]int{}
	dec := xml.NewDecoder(strings.NewReader(doc))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, doc)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			for _, attr := range token.Attr {
				if strings.HasPrefix(attr.Name.Local, "on") || strings.Contains(attr.Name.Local, "href") {
					t.Errorf("attribute %s", attr.Name.Local)
				}
			}
		case xml.CharData:
			texts[string(token)] = true
		}
	}
	for _, n := range d.Nodes {
		if n.Title != "" && !texts[n.Title] {
			t.Errorf("%q is not in it", n.Title)
		}
	}
	for name, n := range elements {
		if !strings.Contains(" svg title desc style path g rect text ", " "+name+" ") {
			t.Errorf("%d elements %s", n, name)
		}
	}
	if elements["desc"] != 1 || elements["title"] != 1+len(hostile) || elements["path"] != len(d.Edges) {
		t.Errorf("%v", elements)
	}
	for _, want := range []string{`role="img"`, `aria-labelledby="lineage-title lineage-about"`, `id="lineage-title"`, `id="lineage-about"`, "prefers-color-scheme: dark"} {
		if !strings.Contains(doc, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(doc, "url(") || strings.Contains(doc, "@import") {
		t.Error("it asks for another file")
	}
}

func TestTextHasOneLineForEachNode(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		got := titled(hostile...).Text(ascii, 0)
		if n := strings.Count(got, "\n"); n != len(hostile)-1 {
			t.Errorf("%d lines:\n%s", n, got)
		}
		if strings.ContainsAny(got, "\x1b\x07") || ascii && strings.ContainsFunc(got, func(r rune) bool { return r >= 0x80 }) {
			t.Errorf("%q", got)
		}
	}
}

// The drawing of a small shop, as it is printed.
func TestTextOfAShop(t *testing.T) {
	g, err := lineage.Build(t.Context(), []*model.Project{lineagetest.Shop()}, []*model.Site{lineagetest.Tower("fct", "rpt", "dim")}, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	id, ok := g.Resource("model.shop.fct")
	if !ok {
		t.Fatal("no fct")
	}
	s := subgraph.Around(g, []subgraph.Root{{Node: id}}, subgraph.Options{Up: -1, Down: -1})
	const want = `
raw.orders ── stg ── [fct] ─┬─ rpt ─────── ▣ on rpt
                            └─ ▣ on fct
`
	if got := New(g, s, nil).Text(false, 0); got != want[1:] {
		t.Errorf("got\n%s", got)
	}
	json := New(g, s, nil).Graph()
	if len(json.Nodes) != 6 || len(json.Edges) != 5 || json.Nodes[0].ID != "source.shop.raw.orders" || json.Edges[0].From != "source.shop.raw.orders" || json.Total != 6 {
		t.Errorf("%+v", json)
	}
}
