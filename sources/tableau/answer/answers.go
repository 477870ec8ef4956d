package answer

import (
	"errors"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/disk"
	"darkroom/sources/tableau/document"
)

// Read takes in one file of answers: a single answer, a list of them, the pages as
// Tableau's Python client returns them, or JSON lines
// (sources/tableau/API.md#saved-answers). Of several answers, one with nothing to read
// is a gap of the site; a file with nothing to read at all is an error.
func (r *Reader) Read(doc document.Document) error {
	f := answersOfFile{Reader: r}
	for _, part := range append([]document.Document{doc}, doc.More...) {
		r.in.Start(part, "save the answer as the server gave it, without aliases")
		if err := f.read(part.Root); err != nil {
			return err
		}
	}
	if f.lists == 0 {
		if f.empty == nil {
			return document.Fault(doc.File, "an empty list of answers", "save the answers again")
		}
		return f.empty[0]
	}
	for _, e := range f.empty {
		r.gaps.Complain(e.Error())
		r.reasons.EveryAnswer("an answer in " + e.File + " has nothing to read")
	}
	return nil
}

// answersOfFile reads the answers of one file.
type answersOfFile struct {
	*Reader
	lists int           // of metadata, in all answers
	empty []*disk.Error // answers with nothing to read
}

// read reads an answer or several of them.
func (f *answersOfFile) read(v gjson.Result) error {
	if v.IsArray() {
		return f.in.List(v, f.read)
	}
	if pages := v.Get("pages"); pages.IsArray() && !v.Get("data").Exists() {
		defer f.in.Leave(f.in.Enter("pages"))
		return f.in.List(pages, f.read)
	}
	return f.readAnswer(v)
}

// readAnswer reads {"data":…,"errors":…} or what is under data alone.
func (f *answersOfFile) readAnswer(v gjson.Result) error {
	root, err := f.in.Open(v)
	if err != nil {
		return err
	}
	data, complaints := root.Get("data"), root.Get("errors")
	hasData := data.Exists() || complaints.IsArray()
	place := f.in.Enter("data")
	defer f.in.Leave(place)
	switch {
	case !hasData:
		data = v
		f.in.Leave(place)
	case data.Exists() && data.Type != gjson.Null && !data.IsObject():
		return f.in.Fault(data, "expected an object, found "+document.TypeName(data))
	}
	if root.Has("pagination") || data.Get("pagination").Exists() {
		f.empty = append(f.empty, unknown(f.in.File(), v)) // REST has lists of the same names
		return nil
	}
	f.reasons.FromComplaints(f.in, complaints)
	lists := 0
	if data.IsObject() {
		if lists, err = f.readLists(data); err != nil {
			return err
		}
	}
	first := f.takeComplaints(complaints)
	f.lists += lists
	if lists > 0 {
		f.answers++
		return nil
	}
	f.noteEmpty(v, first, hasData && data.Type == gjson.Null)
	return nil
}

// noteEmpty keeps why an answer has no list of objects; first is its first complaint.
func (f *answersOfFile) noteEmpty(v gjson.Result, first string, null bool) {
	switch {
	case first != "":
		f.empty = append(f.empty, document.Fault(f.in.File(), "Tableau answered with an error and no data: "+first,
			"correct the query or sign in again, and save the new answer"))
	case null:
		f.empty = append(f.empty, document.Fault(f.in.File(), "an answer without data", "run the query again and save the whole answer"))
	default:
		f.empty = append(f.empty, unknown(f.in.File(), v))
	}
}

// LeftOut notes a file of the site that could not be read.
func (r *Reader) LeftOut(err error) {
	r.gaps.Complain(LeftOutSentence(err))
	if !errors.Is(err, ErrForeign) {
		r.reasons.EveryAnswer("a file that belongs to it was left out")
	}
}

// LeftOutSentence says for model.Site.Partial that a file could not be read.
func LeftOutSentence(err error) string {
	return "left out " + strings.ReplaceAll(err.Error(), "\n", " ")
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
