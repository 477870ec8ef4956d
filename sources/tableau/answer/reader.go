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
	"cmp"
	"context"
	"iter"
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

// ReadSnapshot takes in a snapshot, and gives what it has beside the metadata.
func (r *Reader) ReadSnapshot(doc document.Document) (snapshot.Content, error) {
	lists := 0
	content, err := snapshot.Read(r.in, doc, func(metadata gjson.Result) (err error) {
		lists, err = r.readLists(metadata)
		return err
	})
	if err == nil && lists == 0 {
		err = document.FaultAt(doc.File, "metadata", -1, "an empty snapshot: it has no list of objects", "run darkroom sync again, or restore the last one from git")
	}
	if err != nil {
		return content, err
	}
	return r.take(content), nil
}

// StreamSnapshot is ReadSnapshot for a snapshot as darkroom writes it, without having all
// of it in memory. After any error another Reader reads it with ReadSnapshot.
func (r *Reader) StreamSnapshot(s *document.Stream, file string) (snapshot.Content, error) {
	lists, names := 0, schema.RootLists()
	content, err := snapshot.Stream(r.in, s, file, func(name string) error {
		if !slices.Contains(names, name) {
			if schema.ListOfConnection(name) != name {
				return s.Strange()
			}
			_, err := s.Value(2)
			return err
		}
		lists++
		defer r.in.Leave(r.in.Enter(name))
		var broken error
		err := r.readItems(name, s.List(3, &broken), nil)
		return cmp.Or(broken, err)
	})
	switch {
	case err != nil:
		return content, err
	case lists == 0:
		return content, s.Strange()
	}
	return r.take(content), nil
}

// take takes in what a snapshot has beside the metadata.
func (r *Reader) take(content snapshot.Content) snapshot.Content {
	for _, sentence := range content.Partial {
		r.gaps.Complain(sentence)
	}
	r.reasons.FromSnapshot(&r.all, content.Incomplete)
	r.snapshot = &content
	return content
}

// readLists reads every list of metadata in o and returns how many there were; null
// ones do not count, nor do counts that were asked for without their objects.
func (r *Reader) readLists(o gjson.Result) (n int, err error) {
	members, err := r.in.Open(o)
	if err != nil {
		return 0, err
	}
	names := schema.RootLists()
	for _, m := range members {
		name := schema.ListOfConnection(m.Name)
		if !slices.Contains(names, name) || m.Value.Type == gjson.Null {
			continue
		}
		if m.Name != name && completeness.OnlyCounts(m.Value) {
			defer func() {
				if n == 0 && err == nil {
					err = r.in.Fault(m.Value, "expected \"nodes\" in "+m.Name)
				}
			}()
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
	v := m.Value
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
	return r.readItems(name, r.in.ListOf(v), count)
}

// readItems reads the objects of a list at the root; count may be nil.
func (r *Reader) readItems(name string, items iter.Seq[document.Value], count *completeness.ListCount) error {
	k := schema.KindOfField(name)
	if k == schema.Dashboard {
		r.askedForDashboards = true
	}
	return r.in.Items(items, func(item document.Value) error {
		object, err := r.readObject(k, item, objects.Ref{}, name)
		if count != nil && object.OK() {
			count.Seen(object)
		}
		return err
	})
}
