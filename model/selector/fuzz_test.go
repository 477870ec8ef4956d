package selector

import (
	"slices"
	"strings"
	"testing"
)

// village is a small universe with something for every method.
func village() *Universe {
	return New([]Node{
		{ID: "source.shop.raw.orders", Type: "source", Name: "orders", Package: "shop", Project: "shop", Path: "models/src.yml", FQN: []string{"shop", "raw", "orders"}},
		{ID: "model.shop.stg", Type: "model", Name: "stg", Package: "shop", Project: "shop", Path: "models/staging/stg.sql", FQN: []string{"shop", "staging", "stg"}, Parents: []string{"source.shop.raw.orders"}},
		{ID: "model.shop.fct[1]", Type: "model", Name: "fct[1]", Package: "shop", Project: "shop", Path: "models/marts/fct[1].sql", FQN: []string{"shop", "marts", "fct[1]"}, Parents: []string{"model.shop.stg"}},
		{ID: "model.util.stg", Type: "model", Name: "stg", Package: "util", Project: "shop", Path: "models/stg.sql", FQN: []string{"util", "stg"}, Parents: []string{"model.shop.fct[1]"}},
		{ID: "test.shop.unique", Type: "test", Name: "unique", Package: "shop", Project: "shop", Path: "models/src.yml", FQN: []string{"shop", "unique"}, Parents: []string{"model.shop.stg"}},
		{ID: "exposure.shop.board", Type: "exposure", Name: "board", Package: "shop", Project: "shop", Path: "models/bi.yml", FQN: []string{"shop", "board"}, Parents: []string{"model.shop.fct[1]"}},
	})
}

// Any text is read or refused with a reason. What is found is a part of the universe, is
// the same a second time, and shrinks with what is excluded.
func FuzzRead(f *testing.F) {
	for _, seed := range [][2]string{
		{"fct", ""},
		{"@fct+2", "stg"},
		{"3+tag:a:b", ""},
		{"models/staging/*", "path:models/**/x.sql"},
		{"config.meta.owner:ann,stg+", "fct[!1]"},
		{"fct[[]1]", "[!]x]*"},
		{"state:modified.body+", ""},
		{"source:raw.*", "exposure:b?ard"},
		{"+5+ ,, :x", "@+"},
		{"*", "resource_type:test"},
		{"a,b c,d", "e f"},
		{"file:fct*.sql", "[]"},
		{"99999999999999999999+stg", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	u := village()
	f.Fuzz(func(t *testing.T, selected, excluded string) {
		spec, err := Read(selected, excluded)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("refused without a reason")
			}
			return
		}
		found, err := u.Find(spec)
		if err != nil {
			return // it compares with a state, and there is none
		}
		again, err := u.Find(spec)
		if err != nil || !slices.Equal(found.IDs(), again.IDs()) {
			t.Fatalf("%q %q finds %v, then %v, %v", selected, excluded, found.IDs(), again.IDs(), err)
		}
		all := []string{}
		for i := range u.Nodes {
			all = append(all, u.Nodes[i].ID)
		}
		for _, id := range found.IDs() {
			if !slices.Contains(all, id) || !found.Has(id) {
				t.Fatalf("%q finds %q", selected, id)
			}
		}
		if strings.TrimSpace(excluded) == "" {
			return
		}
		whole, err := Read(selected, "")
		if err != nil {
			return
		}
		if most, err := u.Find(whole); err == nil && strings.TrimSpace(selected) != "" {
			for _, id := range found.IDs() {
				if !most.Has(id) {
					t.Fatalf("%q without %q finds %s, which it does not find without it", selected, excluded, id)
				}
			}
		}
	})
}
