package tableau

import (
	"slices"

	"github.com/tidwall/gjson"
)

// readAnswer takes in one answer of the Metadata API: {"data":…,"errors":…} or
// what stands under data alone.
func (b *builder) readAnswer(doc document) error {
	b.doc, b.path = doc, b.path[:0]
	root, mark, err := b.open(doc.root)
	if err != nil {
		return err
	}
	defer b.close(mark)
	data, complaints := root.get("data"), root.get("errors")
	answer := data.Exists() || complaints.IsArray()
	b.path = append(b.path, step{name: "data"})
	switch {
	case !answer:
		data, b.path = doc.root, b.path[:0]
	case data.Exists() && data.Type != gjson.Null && !data.IsObject():
		return b.fault(data, "expected an object, found "+typeName(data))
	}
	if root.has("pagination") || data.Get("pagination").Exists() {
		return unknown(doc) // REST has lists of the same names
	}
	b.cuts.answer = b.doubt(complaints)
	lists := 0
	if data.IsObject() {
		if lists, err = b.lists(data); err != nil {
			return err
		}
	}
	first := b.complaints(complaints)
	switch {
	case lists > 0:
		b.documents++
		return nil
	case first != "":
		return fault(doc.file, "Tableau answered with an error and no data: "+first, "correct the query or sign in again, and save the new answer")
	case answer && data.Type == gjson.Null:
		return fault(doc.file, "an answer without data", "run the query again and save the whole answer")
	}
	return unknown(doc)
}

// lists reads every list of metadata in o and returns how many there were; null
// ones do not count.
func (b *builder) lists(o gjson.Result) (n int, err error) {
	members, mark, err := b.open(o)
	if err != nil {
		return 0, err
	}
	defer b.close(mark)
	names := rootNames()
	for _, m := range members {
		name := connectionName(m.name)
		if !slices.Contains(names, name) || m.value.Type == gjson.Null {
			continue
		}
		n++
		if err := b.rootList(m, name); err != nil {
			return n, err
		}
	}
	return n, nil
}

// rootList reads one list at the root and notes what it says about its length.
func (b *builder) rootList(m member, name string) error {
	depth := len(b.path)
	defer func() { b.path = b.path[:depth] }()
	b.path = append(b.path, step{name: m.name})
	v, k := m.value, kindAt(name)
	if k == dashboard {
		b.askedForDash = true
	}
	var cut *cutList
	if m.name != name {
		if !v.IsObject() {
			return b.fault(v, "expected a connection {\"nodes\":[…]}, found "+typeName(v))
		}
		page := pageOf(v)
		if page.nodes.Type == gjson.Null {
			return b.fault(v, "expected \"nodes\" in this connection")
		}
		cut = b.holes.list(name, page)
		v, b.path = page.nodes, append(b.path, step{name: "nodes"})
	}
	if !v.IsArray() {
		return b.fault(v, "expected a list of objects, found "+typeName(v))
	}
	return b.list(v, func(item gjson.Result) error {
		r, err := b.absorb(k, item, ref{}, name)
		if cut != nil && r.ok() {
			cut.seen[r] = struct{}{}
		}
		return err
	})
}

// page is a Relay connection. total is 0 when it was not asked for.
type page struct {
	nodes        gjson.Result
	count, total int
	more, told   bool // pageInfo.hasNextPage, and whether that was asked for
}

func pageOf(v gjson.Result) page {
	p := page{nodes: v.Get("nodes"), total: int(v.Get("totalCount").Int())}
	next := v.Get("pageInfo.hasNextPage")
	p.more, p.told = truth(next), next.Exists()
	if p.nodes.IsArray() && p.total > 0 {
		p.nodes.ForEach(func(_, _ gjson.Result) bool { p.count++; return true })
	}
	return p
}

// complaints notes every message of a GraphQL "errors" list as a reason for
// partial data and returns the first. Severity says nothing: errors come as
// warnings and the other way round (facts/tableau.md §2.7).
func (b *builder) complaints(list gjson.Result) (first string) {
	if !list.IsArray() {
		return ""
	}
	list.ForEach(func(_, e gjson.Result) bool {
		s := clip(text(e.Get("message")))
		if s == "" {
			s = "an error without a message"
		}
		if code := text(e.Get("extensions.code")); code != "" {
			s += " (" + clip(code) + ")"
		}
		if first == "" {
			first = s
		}
		b.holes.complain(b.keep("Tableau says: " + s))
		return true
	})
	return first
}

// readSnapshot takes in a snapshot of SnapshotFormat.
func (b *builder) readSnapshot(doc document) error {
	b.doc, b.path = doc, b.path[:0]
	root, mark, err := b.open(doc.root)
	if err != nil {
		return err
	}
	defer b.close(mark)
	metadata, site := root.get("metadata"), root.get("site")
	if !metadata.IsObject() {
		b.path = append(b.path, step{name: "metadata"})
		return b.fault(metadata, "expected an object, found "+typeName(metadata))
	}
	b.site = siteNode{
		server: b.keep(root.text("server")), contentURL: b.keep(text(site.Get("contentUrl"))),
		name: b.keep(text(site.Get("name"))), fetched: root.text("fetched_at"), snapshot: true,
	}
	root.get("partial").ForEach(func(_, reason gjson.Result) bool {
		if s := text(reason); s != "" {
			b.holes.complain(b.keep(s))
		}
		return true
	})
	b.path = append(b.path, step{name: "metadata"})
	if _, err := b.lists(metadata); err != nil {
		return err
	}
	b.readIncomplete(root.get("incomplete"))
	b.path = append(b.path[:0], step{name: "rest"})
	if err := b.readRest(root.get("rest")); err != nil {
		return err
	}
	b.path = append(b.path[:0], step{name: "files"})
	return b.readFiles(root.get("files"))
}
