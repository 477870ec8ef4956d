package model_test

import (
	"reflect"
	"testing"

	"darkroom/model"
)

// What a project has a hundred thousand of is small and has few pointers, which the garbage
// collector follows each time: what few have, and what many have in common, lies elsewhere.
func TestSizes(t *testing.T) {
	for _, x := range []struct {
		of              any
		bytes, pointers int
	}{
		{model.Resource{}, 128, 7},
		{model.ResourceExtra{}, 80, 5},
		{model.Table{}, 72, 5},
	} {
		size := reflect.TypeOf(x.of)
		if n, p := int(size.Size()), pointers(size); n > x.bytes || p > x.pointers {
			t.Errorf("%v has %d bytes and %d pointers, want %d and %d at most", size, n, p, x.bytes, x.pointers)
		}
	}
}

// pointers is how many words of a value the garbage collector follows.
func pointers(t reflect.Type) (n int) {
	switch t.Kind() {
	case reflect.String, reflect.Slice, reflect.Pointer, reflect.Map, reflect.Func, reflect.Chan:
		return 1
	case reflect.Interface:
		return 2
	case reflect.Array:
		return t.Len() * pointers(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			n += pointers(t.Field(i).Type)
		}
	}
	return n
}
