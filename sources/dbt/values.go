package dbt

import (
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// object calls use with each member of a JSON object that is known to be valid,
// in file order; nothing happens for another type.
func object(raw []byte, use func(key string, value gjson.Result)) {
	members(gjson.ParseBytes(raw), use)
}

func members(v gjson.Result, use func(key string, value gjson.Result)) {
	if !v.IsObject() {
		return
	}
	v.ForEach(func(key, value gjson.Result) bool {
		use(validText(key.Str), value)
		return true
	})
}

// scalar is the text of a string, number or boolean, and empty for null, arrays and
// objects.
func scalar(v gjson.Result) string {
	switch v.Type {
	case gjson.String:
		return strings.Clone(validText(v.Str))
	case gjson.Number, gjson.True, gjson.False:
		return strings.Clone(v.Raw)
	}
	return ""
}

// textList is a list of scalars, or a single one in place of a list.
func textList(v gjson.Result) []string {
	if !v.IsArray() {
		if s := scalar(v); s != "" {
			return []string{s}
		}
		return nil
	}
	var out []string
	v.ForEach(func(_, item gjson.Result) bool {
		if s := scalar(item); s != "" {
			out = append(out, s)
		}
		return true
	})
	return out
}

// metadata is the part that every artifact has about itself.
type metadata struct {
	schema      string // URL
	dbtVersion  string
	project     string // dbt 1.6+
	projectID   string // md5 of the project's name
	adapter     string
	generatedAt time.Time
}

func metadataOf(raw []byte) metadata {
	var m metadata
	object(raw, func(key string, value gjson.Result) {
		switch key {
		case "dbt_schema_version":
			m.schema = scalar(value)
		case "dbt_version":
			m.dbtVersion = scalar(value)
		case "project_name":
			m.project = scalar(value)
		case "project_id":
			m.projectID = scalar(value)
		case "adapter_type":
			m.adapter = strings.ToLower(scalar(value))
		case "generated_at":
			m.generatedAt = timeOf(scalar(value))
		}
	})
	return m
}

// artifact is the kind of file that the schema names ("manifest", "run-results",
// "catalog", "sources"), empty when it does not say.
func (m metadata) artifact() string {
	parts := strings.Split(m.schema, "/")
	if len(parts) < 2 {
		return ""
	}
	return parts[len(parts)-2]
}
