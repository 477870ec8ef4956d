// Package schema writes the JSON schema of a YAML file that people write, for editors. It
// is made from the struct that the file is read into (sources/yamlfile), so that the two
// cannot differ; what a key means, and which values it takes, are notes beside the struct.
//
// Not here: what the files are (sources/settings, sources/project/config).
package schema

import (
	"reflect"
	"strings"

	"darkroom/sources/yamlfile"
)

// Note is what is said about one key.
type Note struct {
	Says  string
	OneOf []string // the only values; empty is any
	// Keys are the only keys of a mapping that is no struct; nil is any.
	Keys []string
}

// Notes are notes by path: "sites[].auth", "keys.*".
type Notes map[string]Note

// Of is the schema of a file that is read into v, a struct. Every key has its note.
func Of(v any, title string, notes Notes) map[string]any {
	w := writer{notes}
	s := w.section(reflect.TypeOf(v), "")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = title
	return s
}

// Paths are the paths of all keys that v, a struct, is read with.
func Paths(v any) []string { return paths(reflect.TypeOf(v), "") }

func paths(t reflect.Type, at string) []string {
	var all []string
	for _, f := range fields(t) {
		path := join(at, f.key)
		all = append(all, path)
		switch t := f.of; {
		case t.Kind() == reflect.Struct:
			all = append(all, paths(t, path)...)
		case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
			all = append(all, paths(t.Elem(), path+"[]")...)
		case t.Kind() == reflect.Map && t.Elem().Kind() == reflect.Struct:
			all = append(all, paths(t.Elem(), path+".*")...)
		}
	}
	return all
}

// field is one key of a struct.
type field struct {
	key string
	of  reflect.Type
}

func fields(t reflect.Type) []field {
	var all []field
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "" {
			all = append(all, field{key, t.Field(i).Type})
		}
	}
	if more, ok := reflect.New(t).Interface().(yamlfile.OtherKeys); ok {
		for _, key := range more.OtherKeys() {
			all = append(all, field{key, reflect.TypeFor[string]()})
		}
	}
	return all
}

func join(at, key string) string { return strings.TrimPrefix(at+"."+key, ".") }

type writer struct{ notes Notes }

// section is a struct: nothing but its keys.
func (w writer) section(t reflect.Type, at string) map[string]any {
	properties := map[string]any{}
	for _, f := range fields(t) {
		path := join(at, f.key)
		value := w.value(f.of, path)
		if says := w.notes[path].Says; says != "" {
			value["description"] = says
		}
		properties[f.key] = value
	}
	return map[string]any{"type": orNull("object"), "properties": properties, "additionalProperties": false}
}

// orNull: a key without a value is as if it were not there.
func orNull(types ...string) []string { return append(types, "null") }

func (w writer) value(t reflect.Type, path string) map[string]any {
	switch t.Kind() {
	case reflect.Struct:
		return w.section(t, path)
	case reflect.Bool:
		return map[string]any{"type": orNull("boolean")}
	case reflect.Slice:
		list := map[string]any{"type": orNull("array"), "items": w.value(t.Elem(), path+"[]")}
		if t == reflect.TypeFor[yamlfile.Texts]() {
			return map[string]any{"anyOf": []any{list, w.text(path)}}
		}
		return list
	case reflect.Map:
		return w.table(t, path)
	}
	return w.text(path)
}

// text is a single value. The reader takes numbers and true where a text is wanted.
func (w writer) text(path string) map[string]any {
	values := w.notes[path].OneOf
	if len(values) == 0 {
		return map[string]any{"type": orNull("string", "number", "boolean")}
	}
	all := []any{nil}
	for _, v := range values {
		all = append(all, v)
		if v == "true" || v == "false" {
			all = append(all, v == "true")
		}
	}
	return map[string]any{"enum": all}
}

// table is a mapping whose keys are data.
func (w writer) table(t reflect.Type, path string) map[string]any {
	keys := w.notes[path].Keys
	if keys == nil {
		return map[string]any{"type": orNull("object"), "additionalProperties": w.value(t.Elem(), path+".*")}
	}
	properties := map[string]any{}
	for _, key := range keys {
		properties[key] = w.value(t.Elem(), path+".*")
	}
	return map[string]any{"type": orNull("object"), "properties": properties, "additionalProperties": false}
}
