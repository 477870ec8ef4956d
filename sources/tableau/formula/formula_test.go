package formula

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	own := func(names ...string) (out []Field) {
		for _, n := range names {
			out = append(out, Field{"", n})
		}
		return out
	}
	for text, want := range map[string]Formula{
		"":                                   {},
		"1 + 2":                              {},
		"SUM([Sales]) / COUNTD([Order ID])":  {Fields: own("[Sales]", "[Order ID]")},
		"{FIXED [Region] : MAX([Sales])}":    {Fields: own("[Region]", "[Sales]")},
		"[odd ]] name]":                      {Fields: own("[odd ]] name]")},
		"[Parameters].[p 1]":                 {Fields: []Field{{"Parameters", "[p 1]"}}},
		"SUM([federated.x].[Goal])":          {Fields: []Field{{"federated.x", "[Goal]"}}},
		"[it's \"quoted\" // here]":          {Fields: own("[it's \"quoted\" // here]")},
		"IF [a] = '[b]' THEN \"[c]\" END":    {Fields: own("[a]")},
		"'it''s [b]' + [a]":                  {Fields: own("[a]")},
		"[a] // and [b]\n+ [c]":              {Fields: own("[a]", "[c]")},
		"[a] // and [b]":                     {Fields: own("[a]")},
		"[a] /* [b] */ + [c]":                {Fields: own("[a]", "[c]")},
		"[a] / [b]":                          {Fields: own("[a]", "[b]")},
		"rawsql_real('sum(%1)', [a])":        {Fields: own("[a]"), PassesSQL: true},
		"RAWSQLAGG_INT(\"count(x)\")":        {PassesSQL: true},
		"[RAWSQL_INT] + NOT_RAWSQL([a])":     {Fields: own("[RAWSQL_INT]", "[a]")},
		"[a":                                 {Broken: true},
		"[a] + 'b":                           {Fields: own("[a]"), Broken: true},
		"[a] /* b":                           {Fields: own("[a]"), Broken: true},
		"[x].[a":                             {Broken: true},
		Counted + "[Orders_1]":               {Fields: own(Counted + "[Orders_1]")},
		"[f.x]." + Counted + "[cnt:Orders:]": {Fields: []Field{{"f.x", Counted + "[cnt:Orders:]"}}},
		"[x]." + Counted + "[a":              {Broken: true},
	} {
		if d := cmp.Diff(want, Read(text)); d != "" {
			t.Errorf("%s: want (-), got (+)\n%s", text, d)
		}
	}
}

// Whatever a text is, each name found is in it, and a quoted name reads back.
func FuzzRead(f *testing.F) {
	f.Add("SUM([a]) + '[b]' // [c]\n[d].[e]")
	f.Add("[__tableau_internal_object_id__].[x]")
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range Read(text).Fields {
			if !strings.Contains(text, x.Name) {
				t.Errorf("%q is not in %q", x.Name, text)
			}
		}
		if name, rest := Name(Quote(text) + ".x"); name != text || rest != ".x" {
			t.Errorf("%q is read as %q, then %q", text, name, rest)
		}
	})
}
