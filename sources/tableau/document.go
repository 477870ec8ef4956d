package tableau

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// maxDepth bounds how deep objects and lists may nest. One level of a query
// costs two; Tableau's own limits end far below. It also bounds the work, since
// each level is scanned once more on the way down.
const maxDepth = 64

// document is a file whose text is whole, valid JSON with an object at its root.
type document struct {
	file     string
	root     gjson.Result
	base     int  // bytes of the file before root, for offsets
	snapshot bool // else an answer of the Metadata API
}

// parse checks a text and says what kind of document it is.
func parse(file, text string) (document, error) {
	body := strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	base := len(text) - len(body)
	if err := notJSON(file, body); err != nil {
		return document{}, err
	}
	if at := tooDeep(body); at >= 0 {
		return document{}, &Error{
			File: file, Offset: int64(base + at), What: fmt.Sprintf("nested more than %d levels deep", maxDepth),
			Cure: "ask for flat lists that link by id",
		}
	}
	if !gjson.Valid(body) {
		return document{}, invalid(file, body, base)
	}
	doc := document{file: file, root: gjson.Parse(body), base: base}
	if !doc.root.IsObject() {
		return document{}, fault(file, "expected a JSON object, found "+typeName(doc.root),
			"save the whole answer, {\"data\":{…}}, as the server gave it")
	}
	format := doc.root.Get("format")
	if format.Type != gjson.String || !strings.HasPrefix(format.Str, formatPrefix) {
		return doc, nil
	}
	if format.Str != SnapshotFormat {
		return document{}, &Error{
			File: file, Place: "format", Offset: int64(base + format.Index),
			What: fmt.Sprintf("snapshot format %q; this darkroom reads %q", clip(format.Str), SnapshotFormat),
			Cure: "update darkroom to the version that wrote it, or run darkroom sync to write it anew",
		}
	}
	doc.snapshot = true
	return doc, nil
}

// notJSON recognises what people save by mistake and JSON cannot start with.
func notJSON(file, body string) error {
	head := strings.ToLower(body[:min(len(body), 512)])
	switch {
	case body == "":
		return fault(file, "the file is empty", "save the answer again")
	case strings.HasPrefix(head, "\xff\xfe"), strings.HasPrefix(head, "\xfe\xff"), strings.Contains(head, "\x00"):
		return fault(file, "looks like UTF-16 text or binary data", "save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)")
	case strings.HasPrefix(head, "pk\x03\x04"):
		return fault(file, "looks like a zip archive, perhaps a .twbx or .tdsx", "give a snapshot or a saved answer of the Metadata API")
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return fault(file, "looks like an HTML page, perhaps the sign-in page", "sign in and save the JSON answer itself")
	case strings.HasPrefix(head, "<"):
		return fault(file, "looks like XML (a REST answer, a .twb or .tds)", "give a snapshot or a saved answer of the Metadata API")
	}
	return nil
}

// tooDeep returns where nesting passes maxDepth, or -1. It runs before any
// recursive reader sees the text.
func tooDeep(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			if depth++; depth > maxDepth {
				return i
			}
		case '}', ']':
			depth--
		}
	}
	return -1
}

// invalid finds the place where a text stops being JSON.
func invalid(file, body string, base int) error {
	e := &Error{File: file, Offset: -1, What: "not valid JSON", Cure: "save the answer again"}
	var raw json.RawMessage
	var syntax *json.SyntaxError
	if !errors.As(json.Unmarshal([]byte(body), &raw), &syntax) {
		return e
	}
	e.Offset = int64(base) + syntax.Offset
	switch {
	case strings.Contains(syntax.Error(), "unexpected end"):
		e.What = "the JSON ends in the middle: the file is cut off"
	case strings.Contains(syntax.Error(), "after top-level value"):
		e.What = "more text after the end of the JSON document"
		e.Cure = "put every answer into a file of its own, all in one folder"
	default:
		e.What = "not valid JSON: " + syntax.Error()
	}
	return e
}

// typeName names a JSON value in words.
func typeName(r gjson.Result) string {
	switch {
	case r.IsObject():
		return "an object"
	case r.IsArray():
		return "a list"
	case r.Type == gjson.String:
		return "a text"
	case r.Type == gjson.Number:
		return "a number"
	case r.IsBool():
		return "true or false"
	case r.Exists():
		return "null"
	}
	return "nothing"
}
