package nodes

import (
	"github.com/tidwall/gjson"

	"darkroom/sources/dbt/artifact"
)

// config is a configuration as the manifest has it. It is searched when it is asked.
type config []byte

// At is the value behind the keys: a text, a boolean, a number, a list of those, or nil.
func (c config) At(keys []string) any {
	at := gjson.ParseBytes(c)
	for _, key := range keys {
		var found gjson.Result
		artifact.Members(at, func(name string, value gjson.Result) {
			if name == key {
				found = value
			}
		})
		at = found
	}
	if at.IsArray() {
		var list []any
		for _, item := range at.Array() {
			list = append(list, scalar(item))
		}
		return list
	}
	return scalar(at)
}

func scalar(v gjson.Result) any {
	switch v.Type {
	case gjson.String:
		return v.Str
	case gjson.Number:
		return v.Num
	case gjson.True:
		return true
	case gjson.False:
		return false
	}
	return nil
}
