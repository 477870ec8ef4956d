// Package snapshot is darkroom's own file of a Tableau site: its format, reading
// its parts and writing it. What is in its lists of metadata is read by package
// answer; what its facts of workbook files add to a site is package joinfiles'.
package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/document"
)

// Content is what a snapshot says beside its lists of metadata.
type Content struct {
	Server, ContentURL, Name string
	FetchedAt                string // as it is written
	Partial                  []string
	Incomplete               []Incomplete
	Rest                     Rest
	Files                    Files
	Columns                  *Columns // nil where they were not fetched
}

// Incomplete is an entry of the snapshot's member of that name: why the object ID
// of a list is incomplete. Of the list "lists" the ids are lists themselves.
type Incomplete struct{ List, ID, Why string }

// Is reports whether a document says to be a snapshot. An error is that of a format
// that this darkroom does not read.
func Is(doc document.Document) (bool, error) {
	format := doc.Root.Get("format")
	if format.Type != gjson.String || !strings.HasPrefix(format.Str, formatPrefix) {
		return false, nil
	}
	if format.Str != Format {
		return false, document.FaultAt(doc.File, "format", doc.Offset(format),
			fmt.Sprintf("snapshot format %q; this darkroom reads %q", document.Clip(format.Str), Format),
			"update darkroom to the version that wrote it, or run darkroom sync to write it again")
	}
	if len(doc.More) > 0 {
		return false, document.FaultAt(doc.File, "", doc.More[0].Offset(doc.More[0].Root), "more text after the end of the snapshot",
			"put every snapshot into a file of its own")
	}
	return true, nil
}

// reader reads one snapshot.
type reader struct {
	in *document.Walker
	Content
}

// Read reads a snapshot. Its lists of metadata are left to lists, at their place in
// the document.
func Read(in *document.Walker, doc document.Document, lists func(metadata gjson.Result) error) (Content, error) {
	in.Start(doc, "run darkroom sync again")
	root, err := in.Open(doc.Root)
	if err != nil {
		return Content{}, err
	}
	metadata := root.Get("metadata")
	if !metadata.IsObject() {
		in.Enter("metadata")
		return Content{}, in.Fault(metadata, "expected an object, found "+document.TypeName(metadata))
	}
	r := &reader{in: in}
	return r.read(root, lists)
}

// Stream reads a snapshot as darkroom writes it, and as Read does; list is called with each
// list of metadata and reads it. After any error the file is read with Read, which also
// reads other snapshots and knows the places of faults.
func Stream(in *document.Walker, s *document.Stream, file string, list func(name string) error) (Content, error) {
	in.Start(document.Document{File: file}, "")
	r := &reader{in: in}
	var root document.Object
	err := s.Root(func(name string) error {
		if (len(root) == 0) != (name == "format") || has(root, name) {
			return s.Strange() // the format is first, and nothing is there twice
		}
		if name == "metadata" {
			root = append(root, document.Member{Name: name})
			mark := in.Enter(name)
			defer in.Leave(mark)
			return s.Object(list)
		}
		if name == "rest" {
			root = append(root, document.Member{Name: name})
			return r.streamRest(s)
		}
		v, err := s.Value(1)
		if err == nil && name == "format" && (v.Type != gjson.String || v.Str != Format) {
			err = s.Strange()
		}
		root = append(root, document.Member{Name: name, Value: v})
		return err
	})
	if err != nil {
		return Content{}, err
	}
	if !has(root, "metadata") {
		return Content{}, s.Strange()
	}
	return r.read(root, func(gjson.Result) error { return nil })
}

func has(root document.Object, name string) bool {
	return slices.ContainsFunc(root, func(m document.Member) bool { return m.Name == name })
}

// read reads the members of a snapshot that are not read yet.
func (r *reader) read(root document.Object, lists func(metadata gjson.Result) error) (Content, error) {
	in, site := r.in, root.Get("site")
	r.Server, r.ContentURL = in.Keep(root.Text("server")), in.Keep(document.Text(site.Get("contentUrl")))
	r.Name, r.FetchedAt = in.Keep(document.Text(site.Get("name"))), in.Keep(root.Text("fetched_at"))
	root.Get("partial").ForEach(func(_, sentence gjson.Result) bool {
		if s := document.Text(sentence); s != "" {
			r.Partial = append(r.Partial, in.Keep(s))
		}
		return true
	})
	for _, part := range []struct {
		name string
		read func(gjson.Result) error
	}{{"metadata", lists}, {"incomplete", r.readIncomplete}, {"rest", r.readRest}, {"files", r.readFiles}, {"columns", r.readColumns}} {
		mark := in.Enter(part.name)
		if err := part.read(root.Get(part.name)); err != nil {
			return Content{}, err
		}
		in.Leave(mark)
	}
	return r.Content, nil
}

// readIncomplete never fails: everything else can be read without it.
func (r *reader) readIncomplete(v gjson.Result) error {
	eachMember(v, func(list string, reasons gjson.Result) {
		eachMember(reasons, func(id string, why gjson.Result) {
			if text := document.Clip(document.Text(why)); text != "" {
				r.Incomplete = append(r.Incomplete, Incomplete{List: r.in.Keep(list), ID: r.in.Keep(id), Why: r.in.Keep(text)})
			}
		})
	})
	return nil
}

func eachMember(v gjson.Result, fn func(name string, value gjson.Result)) {
	if v.IsObject() {
		v.ForEach(func(key, value gjson.Result) bool { fn(key.Str, value); return true })
	}
}
