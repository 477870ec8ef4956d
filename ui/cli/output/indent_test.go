package output

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// FuzzIndent compares with encoding/json.
func FuzzIndent(f *testing.F) {
	for _, doc := range []string{`{}`, `[]`, `[[],{}]`, `{"a":{"b\\":"c\"}, {","d":[1,-2.5e3,null,true,{"é":"\u2028"}]},"":""}`, `"a: b"`, `7`} {
		f.Add(doc, "  ")
	}
	f.Fuzz(func(t *testing.T, doc, prefix string) {
		var compact, want bytes.Buffer
		if strings.Trim(prefix, " ") != "" || json.Compact(&compact, []byte(doc)) != nil {
			return
		}
		if err := json.Indent(&want, compact.Bytes(), prefix, "  "); err != nil {
			return
		}
		if got := indent(nil, compact.Bytes(), prefix); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s\nis indented as\n%s\nwant\n%s", compact.Bytes(), got, want.Bytes())
		}
	})
}

// BenchmarkJSON prints a listing as JSON.
func BenchmarkJSON(b *testing.B) {
	type object struct {
		Name, Kind, Database, Schema, Path string
		Tags                               []string
		Dashboards, Included               int
	}
	var l Listing
	for range 1000 {
		l.Add(object{"fct_orders", "model", "warehouse", "marts", "models/marts/sales/fct_orders.sql", []string{"daily", "finance"}, 12, 3})
	}
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := l.Print(b.Context(), &out, "json"); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(out.Len()))
	b.ReportAllocs()
}
