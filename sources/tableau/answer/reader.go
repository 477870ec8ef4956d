// Package answer reads saved answers of the Metadata API, and the lists of a snapshot
// that have the same form, into a model.Site. It walks through a document, gives what
// it finds to package objects and what is missing to package completeness, and joins
// what the REST API knows. Facts of workbook files are package joinfiles'.
//
// Ids are the Metadata API's own. An object that came without one gets a stable
// substitute, "luid:…" or "name:…" (see objects.Objects.Identify); a workbook's
// substitute for its dashboards is "workbook:…" (see model.Dashboard.WorkbookLevel).
package answer

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/answer/completeness"
	"darkroom/sources/tableau/answer/objects"
	"darkroom/sources/tableau/answer/schema"
	"darkroom/sources/tableau/document"
	"darkroom/sources/tableau/snapshot"
)

// Reader reads any number of answers of one site, or one snapshot.
type Reader struct {
	in       *document.Walker
	all      objects.Objects
	gaps     completeness.Gaps
	reasons  completeness.Reasons
	snapshot *snapshot.Content // nil for answers

	siteName           string // as an answer has it
	askedForDashboards bool
	answers            int
}

// NewReader makes a reader that knows nothing yet.
func NewReader(ctx context.Context) *Reader { return &Reader{in: document.NewWalker(ctx)} }

// Answers is how many answers were read.
func (r *Reader) Answers() int { return r.answers }

// Read takes in one answer: {"data":…,"errors":…} or what is under data alone.
func (r *Reader) Read(doc document.Document) error {
	r.in.Start(doc, "save the answer as the server gave it, without aliases")
	root, mark, err := r.in.Open(doc.Root)
	if err != nil {
		return err
	}
	defer r.in.Close(mark)
	data, complaints := root.Get("data"), root.Get("errors")
	hasData := data.Exists() || complaints.IsArray()
	place := r.in.Enter("data")
	switch {
	case !hasData:
		data = doc.Root
		r.in.Leave(place)
	case data.Exists() && data.Type != gjson.Null && !data.IsObject():
		return r.in.Fault(data, "expected an object, found "+document.TypeName(data))
	}
	if root.Has("pagination") || data.Get("pagination").Exists() {
		return unknown(doc) // REST has lists of the same names
	}
	r.reasons.FromComplaints(r.in, complaints)
	lists := 0
	if data.IsObject() {
		if lists, err = r.readLists(data); err != nil {
			return err
		}
	}
	first := r.takeComplaints(complaints)
	switch {
	case lists > 0:
		r.answers++
		return nil
	case first != "":
		return document.Fault(doc.File, "Tableau answered with an error and no data: "+first, "correct the query or sign in again, and save the new answer")
	case hasData && data.Type == gjson.Null:
		return document.Fault(doc.File, "an answer without data", "run the query again and save the whole answer")
	}
	return unknown(doc)
}

// ReadSnapshot takes in a snapshot, and gives what it has beside the metadata.
func (r *Reader) ReadSnapshot(doc document.Document) (snapshot.Content, error) {
	content, err := snapshot.Read(r.in, doc, func(metadata gjson.Result) error {
		_, err := r.readLists(metadata)
		return err
	})
	if err != nil {
		return content, err
	}
	for _, sentence := range content.Partial {
		r.gaps.Complain(sentence)
	}
	r.reasons.FromSnapshot(&r.all, content.Incomplete)
	r.snapshot = &content
	return content, nil
}

// readLists reads every list of metadata in o and returns how many there were; null
// ones do not count.
func (r *Reader) readLists(o gjson.Result) (n int, err error) {
	members, mark, err := r.in.Open(o)
	if err != nil {
		return 0, err
	}
	defer r.in.Close(mark)
	names := schema.RootLists()
	for _, m := range members {
		name := schema.ListOfConnection(m.Name)
		if !slices.Contains(names, name) || m.Value.Type == gjson.Null {
			continue
		}
		n++
		if err := r.readList(m, name); err != nil {
			return n, err
		}
	}
	return n, nil
}

// readList reads one list at the root and notes what it says about its length.
func (r *Reader) readList(m document.Member, name string) error {
	defer r.in.Leave(r.in.Enter(m.Name))
	v, k := m.Value, schema.KindOfField(name)
	if k == schema.Dashboard {
		r.askedForDashboards = true
	}
	var count *completeness.ListCount
	if m.Name != name {
		if !v.IsObject() {
			return r.in.Fault(v, "expected a connection {\"nodes\":[…]}, found "+document.TypeName(v))
		}
		page := completeness.ReadPage(v)
		if page.Nodes.Type == gjson.Null {
			return r.in.Fault(v, "expected \"nodes\" in this connection")
		}
		count = r.gaps.List(name, page)
		v = page.Nodes
		r.in.Enter("nodes")
	}
	if !v.IsArray() {
		return r.in.Fault(v, "expected a list of objects, found "+document.TypeName(v))
	}
	return r.in.List(v, func(item gjson.Result) error {
		object, err := r.readObject(k, item, objects.Ref{}, name)
		if count != nil && object.OK() {
			count.Seen(object)
		}
		return err
	})
}

// takeComplaints notes every message of a GraphQL "errors" list as a reason for
// partial data and returns the first. Severity says nothing: errors come as
// warnings and the other way round (sources/tableau/API.md#errors-of-a-query).
func (r *Reader) takeComplaints(list gjson.Result) (first string) {
	if !list.IsArray() {
		return ""
	}
	list.ForEach(func(_, e gjson.Result) bool {
		s := document.Clip(document.Text(e.Get("message")))
		if s == "" {
			s = "an error without a message"
		}
		if code := document.Text(e.Get("extensions.code")); code != "" {
			s += " (" + document.Clip(code) + ")"
		}
		if first == "" {
			first = s
		}
		r.gaps.Complain(r.in.Keep("Tableau says: " + s))
		return true
	})
	return first
}
