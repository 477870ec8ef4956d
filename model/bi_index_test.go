package model

import (
	"slices"
	"testing"
)

func TestContainerPath(t *testing.T) {
	s := &Site{Containers: []Container{
		{LUID: "a", Name: "Top"},
		{LUID: "b", ParentLUID: "a", Name: "Sales / EU"},
		{LUID: "c", ParentLUID: "b", Name: "Daily"},
		{LUID: "lost", ParentLUID: "gone", Name: "Lost"},
		{LUID: "x", ParentLUID: "y", Name: "X"},
		{LUID: "y", ParentLUID: "x", Name: "Y"},
		{LUID: "self", ParentLUID: "self", Name: "Self"},
		{LUID: "a", Name: "again"},
	}}
	for _, c := range []struct {
		luid, fallback string
		want           []string
	}{
		{"a", "other", []string{"Top"}},
		{"c", "", []string{"Top", "Sales / EU", "Daily"}},
		{"lost", "", []string{"Lost"}},
		{"x", "", []string{"Y", "X"}},
		{"self", "", []string{"Self"}},
		{"unknown", "Default", []string{"Default"}},
		{"", "Default", []string{"Default"}},
		{"", "", nil},
	} {
		if got := NewSiteIndex(s).ContainerPath(c.luid, c.fallback); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.luid, got, c.want)
		}
	}
}

func TestSiteIndex(t *testing.T) {
	s := &Site{
		Workbooks: []Workbook{{ID: "1", Name: "first"}, {ID: "1", Name: "second"}}, Dashboards: []Dashboard{{ID: "1"}},
		Sheets: []Sheet{{ID: "1"}}, Datasources: []Datasource{{ID: "1"}}, Tables: []Table{{ID: "1"}, {ID: "2"}}, Flows: []Flow{{ID: "1"}},
	}
	x := NewSiteIndex(s)
	if x.Workbook["1"] != &s.Workbooks[0] || x.Dashboard["1"] != &s.Dashboards[0] || x.Sheet["1"] != &s.Sheets[0] ||
		x.Datasource["1"] != &s.Datasources[0] || x.Table["2"] != &s.Tables[1] || x.Flow["1"] != &s.Flows[0] {
		t.Error("an id does not lead to its object")
	}
	if x.Workbook["3"] != nil {
		t.Error("an unknown id leads somewhere")
	}
}

func TestCollections(t *testing.T) {
	s := &Site{Collections: []Collection{
		{Name: "B", WorkbookIDs: []string{"w1"}, DashboardIDs: []string{"d1"}},
		{Name: "A", DashboardIDs: []string{"d1", "w2"}},
		{Name: " ", WorkbookIDs: []string{"w1"}},
		{Name: "A", WorkbookIDs: []string{"w1", "gone"}, DatasourceIDs: []string{"d3"}},
	}}
	for _, c := range []struct {
		d    Dashboard
		want []string
	}{
		{Dashboard{ID: "d1", WorkbookID: "w1"}, []string{"A", "B"}},
		{Dashboard{ID: "d2", WorkbookID: "w1"}, []string{"A", "B"}},
		{Dashboard{ID: "d1"}, []string{"A", "B"}},
		{Dashboard{ID: "d3", WorkbookID: "w2"}, nil},
		{Dashboard{}, nil},
	} {
		if got := NewSiteIndex(s).Collections(&c.d); !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %q, want %q", c.d, got, c.want)
		}
	}
	if got := NewSiteIndex(&Site{}).Collections(&Dashboard{ID: "d1"}); got != nil {
		t.Errorf("got %q", got)
	}
}
