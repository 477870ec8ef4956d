// Package document brings a metadata file into memory and walks through it, or lets it
// pass entry by entry (Stream). It unpacks the file, checks that it is JSON that can be
// read safely, and knows the place of everything in it, so that an error can name it.
// What the objects mean is not known here: see packages snapshot and answer.
package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// Document is a file whose text is complete, valid JSON with an object or a list at
// its root.
type Document struct {
	File string
	Root gjson.Result
	// More are the documents after the first, of a file of JSON lines.
	More []Document
	base int // bytes of the file before Root, for offsets
}

// Offset is the byte of the file at which a value of the document begins.
func (d Document) Offset(v gjson.Result) int64 { return int64(d.base + v.Index) }

// maxDepth bounds how deep objects and lists may nest. One level of a query
// costs two; Tableau's own limits end far below. It also bounds the work, since
// each level is scanned once more on the way down.
const maxDepth = 64

// parse checks a text before anything reads it.
func parse(file, text string) (Document, error) {
	body := strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), blank)
	base := len(text) - len(body)
	if err := notJSON(file, body); err != nil {
		return Document{}, err
	}
	if at := TooDeep(body, maxDepth); at >= 0 {
		return Document{}, FaultAt(file, "", int64(base+at), fmt.Sprintf("nested more than %d levels deep", maxDepth), "ask for flat lists that link by id")
	}
	var docs []Document
	for body != "" {
		end := endOfValue(body)
		if !gjson.Valid(body[:end]) {
			return Document{}, invalid(file, body[:end], base, len(docs) > 0)
		}
		root := gjson.Parse(body[:end])
		if !root.IsObject() && !root.IsArray() {
			return Document{}, Fault(file, "expected a JSON object, found "+TypeName(root),
				"save the whole answer, {\"data\":{…}}, as the server gave it")
		}
		docs = append(docs, Document{File: file, Root: root, base: base})
		rest := strings.TrimLeft(body[end:], blank)
		base += len(body) - len(rest)
		body = rest
	}
	docs[0].More = docs[1:]
	return docs[0], nil
}

const blank = " \t\r\n"

// endOfValue is where the object or list at the start of text ends: JSON lines are
// one after the other. The text of anything besides ends with it.
func endOfValue(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = endOfString(text, i)
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		if depth <= 0 {
			break // invalid, or a value that is neither an object nor a list
		}
	}
	return len(text)
}

// notJSON recognises what is often saved by mistake and JSON cannot start with.
func notJSON(file, body string) error {
	head := strings.ToLower(body[:min(len(body), 512)])
	switch {
	case body == "":
		return Fault(file, "the file is empty", "save the answer again")
	case strings.HasPrefix(head, "\xff\xfe"), strings.HasPrefix(head, "\xfe\xff"), strings.Contains(head, "\x00"):
		return Fault(file, "looks like UTF-16 text or binary data", "save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)")
	case strings.HasPrefix(head, "pk\x03\x04"):
		return Fault(file, "looks like a zip archive, perhaps a .twbx or .tdsx", "give a snapshot or a saved answer of the Metadata API")
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return Fault(file, "looks like an HTML page, perhaps the sign-in page", "sign in and save the JSON answer itself")
	case strings.HasPrefix(head, "<"):
		return Fault(file, "looks like XML (a REST answer, a .twb or .tds)", "give a snapshot or a saved answer of the Metadata API")
	}
	return nil
}

// endOfString is where the string that begins at a quote has its closing quote, or
// behind the text without one.
func endOfString[Text string | []byte](text Text, at int) int {
	for at++; at < len(text) && text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return at
}

// TooDeep returns where JSON nests more than most levels deep, or -1. It runs before any
// recursive reader sees the text.
func TooDeep[Text string | []byte](text Text, most int) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = endOfString(text, i)
		case '{', '[':
			if depth++; depth > most {
				return i
			}
		case '}', ']':
			depth--
		}
	}
	return -1
}

// invalid finds the place where a text stops being JSON; more is text after a complete
// document.
func invalid(file, body string, base int, more bool) error {
	var raw json.RawMessage
	var syntax *json.SyntaxError
	if !errors.As(json.Unmarshal([]byte(body), &raw), &syntax) {
		return Fault(file, "not valid JSON", "save the answer again")
	}
	what, fix := "not valid JSON: "+syntax.Error(), "save the answer again"
	switch {
	case strings.Contains(syntax.Error(), "unexpected end"):
		what = "the JSON ends in the middle: the file is cut off"
	case more && syntax.Offset <= 1:
		what = "more text after the end of the JSON document"
		fix = "let each line be one answer, or put every answer into a file of its own, all in one folder"
	}
	return FaultAt(file, "", int64(base)+syntax.Offset, what, fix)
}

// TypeName names a JSON value in words.
func TypeName(r gjson.Result) string {
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
