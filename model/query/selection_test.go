package query

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/selector"
)

// A text that dbt could read means what it means in dbt, whatever it is joined with.
func TestSelectionIsDbts(t *testing.T) {
	k := known(t, lineagetest.Tower("fct", "rpt", "nowhere"))
	words := []string{"fct", "+fct", "fct+", "@stg", "1+rpt+1", "source:raw+", "tag:daily", "path:models/marts", "fqn:*", "dashboard:on*", "stg+,rpt+", "nothing", "resource_type:source", "config.materialized:table", "tag:daily,f*"}
	for _, a := range words {
		for _, b := range words {
			for _, less := range []string{"", a, b, a + " " + b} {
				spec, err := selector.Read(a+" "+b, less)
				if err != nil {
					t.Fatal(err)
				}
				found, err := k.Nodes.Find(spec)
				if err != nil {
					t.Fatal(err)
				}
				want := k.Graph.Selected(found)
				s, err := ReadSelection([]string{a, b}, slices.DeleteFunc([]string{less}, func(s string) bool { return s == "" }))
				if err != nil {
					t.Fatal(err)
				}
				in, _, err := s.Find(t.Context(), k)
				if err != nil {
					t.Fatal(err)
				}
				for id := range lineage.ID(k.Graph.Len()) {
					if in.Has(id) != want.Has(id) {
						t.Errorf("%q %q without %q: %d is %v, in dbt %v", a, b, less, id, in.Has(id), want.Has(id))
					}
				}
			}
		}
	}
}

// Fields narrow, whatever stands first; several texts are joined, and each that is
// excluded is taken away.
func TestSelectionWithFields(t *testing.T) {
	site := lineagetest.Tower("fct", "rpt", "nowhere")
	for i := range site.Dashboards {
		site.Dashboards[i].Views = []int{5, 50, 500}[i]
		site.Dashboards[i].Tags = [][]string{{"certified"}, nil, {"certified"}}[i]
	}
	k := known(t, site)
	for _, c := range []struct{ selects, excludes, want string }{
		{"views:>10", "", "on rpt, on nowhere"},
		{"views:>10 views:<100", "", "on rpt"},
		{"fct+ views:>10", "", "on rpt"},
		{"views:>10 fct+", "", "on rpt"},
		{"fct+|views:>100", "", "on fct, on rpt, on nowhere"},
		{"fct+", "views:>10", "on fct"},
		{"", "views:>10", "on fct"},
		{"", "views:>100|views:<10", "on rpt"},
		{"-views:>10", "", "on fct"},
		{"-fct+", "", "on nowhere"},
		{"fct+ -rpt+", "", "on fct"},
		{"fct+ not rpt+", "", "on fct"},
		{"tag:certified", "", "on fct, on nowhere"},
		{"tag:certified,tag:certified", "", "on fct, on nowhere"},
		{"tag:certified+", "", ""},
		{"tag:certified fct+", "views:5", "on rpt, on nowhere"},
		{"name:NOWHERE", "", "on nowhere"},
		{"state:undecided link:linked", "", "on fct, on rpt"},
		{"kind:dashboard views:..50", "", "on fct, on rpt"},
	} {
		split := func(s string) []string {
			return slices.DeleteFunc(strings.Split(s, "|"), func(s string) bool { return s == "" })
		}
		s, err := ReadSelection(split(c.selects), split(c.excludes))
		if err != nil {
			t.Fatal(err)
		}
		in, _, err := s.Find(t.Context(), k)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range k.Graph.Dashboards() {
			if in.Has(d.ID) {
				got = append(got, d.Title())
			}
		}
		want := strings.Split(c.want, ", ")
		slices.Sort(got)
		slices.Sort(want)
		if strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("%q without %q: %q, want %q", c.selects, c.excludes, got, want)
		}
	}
	for text, want := range map[string]string{"views:many": "takes a number", "views:": "no value yet", "ownr:x": "fields of dashboards", "+owner:x": "fields of dashboards", "@fct+": "@ does not go with"} {
		if _, err := ReadSelection([]string{text}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
