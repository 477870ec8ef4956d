package document

import (
	"github.com/tidwall/gjson"
)

// Object is a JSON object opened once: its members in file order.
type Object []Member

type Member struct {
	Name  string
	Value gjson.Result
}

func (o Object) Get(name string) gjson.Result {
	for i := range o {
		if o[i].Name == name {
			return o[i].Value
		}
	}
	return gjson.Result{}
}

func (o Object) Has(name string) bool { return o.Get(name).Exists() }

func (o Object) Text(name string) string { return Text(o.Get(name)) }

// Text reads a scalar as text; null, objects and lists are "".
func Text(r gjson.Result) string {
	switch r.Type {
	case gjson.String:
		return r.Str
	case gjson.Number, gjson.True, gjson.False:
		return r.Raw
	}
	return ""
}

// Truth accepts "true" too: REST writes booleans as texts.
func Truth(r gjson.Result) bool {
	return r.Type == gjson.True || r.Type == gjson.String && r.Str == "true"
}
