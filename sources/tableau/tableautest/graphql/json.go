package graphql

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// Members is an object whose order is kept: that of the query.
type Members []member

type member struct {
	key   string
	value any
}

// WriteValue writes JSON, members in their order.
func WriteValue(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case Members:
		b.WriteByte('{')
		for i, m := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeText(b, m.key)
			b.WriteByte(':')
			WriteValue(b, m.value)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			WriteValue(b, e)
		}
		b.WriteByte(']')
	case nil:
		b.WriteString("null")
	case string:
		writeText(b, v)
	case int:
		b.WriteString(strconv.Itoa(v))
	default:
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte("null")
		}
		b.Write(text)
	}
}

// writeText quotes without the HTML escapes of encoding/json's default.
func writeText(b *bytes.Buffer, s string) {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) < 0 {
		b.WriteByte('"')
		b.WriteString(s)
		b.WriteByte('"')
		return
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)         // a text is always fine
	b.Truncate(b.Len() - 1) // the line end
}
