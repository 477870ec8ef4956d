package document

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// FuzzEntry compares with gjson what is accepted and what is in it.
func FuzzEntry(f *testing.F) {
	files, err := filepath.Glob("../testdata/sites/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, text := range []string{
		`[-0.5e+3,0,12E-1,true,false,null,"",{},[]]`, `01`, `-`, `1.`, `1e`, `[1,]`, `[,1]`, `{"a":1,}`, `{"a"}`, `{a:1}`, `tru`, `nulL`, `truex`, `"\u00zz"`, `"\x"`, "\"\x01\"", "[1 2]",
		`{"a\"b":"c\\\u00e4\ud83d\ude00\ud800","long enough for some words":"and a text \/ with one escape in it"}`, "\"\x80\xff\"", strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 65) + strings.Repeat("]", 65),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, names := &Entries{}, new(names)
		n, found := e.add([]byte(text+" "), maxDepth, names)
		ends := strings.Trim(text[min(n, len(text)):], blank) == ""
		if valid := gjson.Valid(text) && TooDeep(text, maxDepth) < 0; valid != (found == whole && ends) {
			t.Fatalf("%q: %d bytes, outcome %d; gjson: %v", text, n, found, valid)
		} else if !valid {
			return
		}
		same(t, Value{e, 0}, gjson.Parse(strings.Trim(text, blank)))
		for at := range min(n, 200) {
			if got, found := e.add([]byte(text[:at]), maxDepth, names); found != cutOff {
				t.Fatalf("%q, of which %d bytes are here: %d, outcome %d", text, at, got, found)
			}
		}
	})
}

// same compares a value with gjson's.
func same(t *testing.T, v Value, want gjson.Result) {
	t.Helper()
	if string(v.Raw()) != want.Raw || string(v.Text()) != Text(want) || v.IsNull() != (want.Type == gjson.Null) || v.Is() != Truth(want) ||
		v.typeName() != TypeName(want) || v.IsEmptyText() != (want.Type == gjson.String && want.Str == "" && want.Raw == `""`) {
		t.Fatalf("%.40q is %s %q, want %.40q, %s %q", v.Raw(), v.typeName(), v.Text(), want.Raw, TypeName(want), Text(want))
	}
	below := v.First()
	if want.IsObject() || want.IsArray() {
		want.ForEach(func(key, value gjson.Result) bool {
			if below.Name() != key.Str {
				t.Fatalf("%q, want the member %q", below.Name(), key.Str)
			}
			if want.IsObject() && !v.Has(key.Str) {
				t.Fatalf("no member %q", key.Str)
			}
			same(t, below, value)
			below = below.Next()
			return true
		})
	}
	if below.Exists() {
		t.Fatalf("%q has more: %q", v.Raw(), below.Raw())
	}
}

// Taking entries apart leaves no garbage, with all the names that are read.
func TestEntriesLeaveNoGarbage(t *testing.T) {
	schema, err := os.ReadFile("../answer/schema/schema.go")
	if err != nil {
		t.Fatal(err)
	}
	var members []string
	for _, name := range regexp.MustCompile(`"\w+"`).FindAllString(string(schema), -1) {
		members = append(members, name+`:[{"id":"0b000001-0000-4000-8000-000000000000","luid":null,"name":"n","__typename":"T","hasExtracts":true,"createdAt":1}]`)
	}
	text := []byte("{" + strings.Join(members, ", ") + "}")
	e, names := &Entries{}, new(names)
	if n := testing.AllocsPerRun(20, func() {
		e.clear()
		if n, found := e.add(text, maxDepth, names); found != whole || n != len(text) {
			t.Fatalf("%d of %d bytes", n, len(text))
		}
	}); n > 8 {
		t.Errorf("%v allocations for %d members: names have the same place", n, 7*len(members))
	}
}

func BenchmarkEntry(b *testing.B) {
	text := []byte(`{"id":"0b000005-0000-4000-8000-000000000000","luid":"fb000005-0000-4000-8000-000000000000","name":"table_0","schema":"marts","fullName":"[marts].[table_0]",` +
		`"connectionType":"postgres","isEmbedded":false,"database":{"__typename":"DatabaseServer","id":"0b000006-0000-4000-8000-000000000000","name":"warehouse","hostName":"db.example.com"}}`)
	e, names := &Entries{}, new(names)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		e.clear()
		if n, _ := e.add(text, maxDepth, names); n != len(text) {
			b.Fatal(strconv.Itoa(n))
		}
	}
}
