package query

import "testing"

// Every selector of dbt is a term, and no field is taken for one.
func TestSelectorTerms(t *testing.T) {
	for text, want := range map[string]parsed{
		"config.materialized:table":      {"+=config.materialized:table", "", ""},
		"fqn:marts.core orders":          {"+=fqn:marts.core", "orders", ""},
		"test_name:unique,+orders":       {"+=test_name:unique,+orders", "", ""},
		"tag:daily,path:models/marts":    {"+=tag:daily,path:models/marts", "", ""},
		"state:modified":                 {"+=state:modified", "", ""},
		"state:modified.body+":           {"+=state:modified.body+", "", ""},
		"state:modif":                    {"", "", "state: takes included"},
		"state:new":                      {"state=new", "", ""},
		"tag:Daily":                      {"tag=daily", "", ""},
		"path:models/*":                  {"path=models/*", "", ""},
		"collection:a,b":                 {"collection=a,b", "", ""},
		`collection:"a, tag:b"`:          {"collection=a, tag:b", "", ""},
		"owner:a,+b":                     {"owner=a,+b", "", ""},
		"orders,returns":                 {"", "orders,returns", ""},
		"selector:":                      {"", "", ""},
		"version:7":                      {"", "", "version: takes latest"},
		"bogus:x":                        {"", "", "no field bogus:"},
		"dashboard:sales*":               {"+=dashboard:sales*", "", ""},
		"source:shop.orders+1 kind:seed": {"+=source:shop.orders+1 kind=seed", "", ""},
	} {
		want.check(t, text)
	}
}
