package curate

import (
	"fmt"
	"testing"

	"darkroom/model"
)

const keyLUID = "cc1ad0e0-31d8-903f-68d9-3749ee3a835a"

func keyedSite(server string, dashboards ...model.Dashboard) *model.Site {
	return &model.Site{
		Server: "https://" + server, Workbooks: []model.Workbook{{ID: "w", Name: "Sales", ContainerName: "Retail"}},
		Dashboards: dashboards,
	}
}

func keysOf(b *Book, sites ...*model.Site) (keys []string) {
	k := NewKeys(sites, b)
	for _, s := range sites {
		for i := range s.Dashboards {
			keys = append(keys, k.Of(s, &s.Dashboards[i]))
		}
	}
	return keys
}

func seen(key, site, title string) *Book {
	b := New(nil)
	b.Remember(Memory{Seen: map[string]Seen{key: {Place: Place{Title: title, Project: "Retail", Workbook: "Sales", Site: site}}}})
	return b
}

// Two sites with the same LUIDs: one decision each, and what was decided stays where it was.
func TestKeysOfTwoSites(t *testing.T) {
	d := model.Dashboard{ID: "d", LUID: keyLUID, Name: "Overview", WorkbookID: "w"}
	prod, staging := keyedSite("prod", d), keyedSite("staging", d)
	decided := func(key, site string) *Book {
		return New(map[string]Record{key: {Decision: Included, Site: site}})
	}
	for _, c := range []struct {
		name  string
		book  *Book
		sites []*model.Site
		want  []string
	}{
		{"nothing is known", New(nil), []*model.Site{prod, staging}, []string{keyLUID, "staging/" + keyLUID}},
		{"the second had it", decided(keyLUID, "staging"), []*model.Site{prod, staging}, []string{"prod/" + keyLUID, keyLUID}},
		{"a third had it", decided(keyLUID, "old"), []*model.Site{prod, staging}, []string{keyLUID, "staging/" + keyLUID}},
		{"alone", New(nil), []*model.Site{staging}, []string{keyLUID}},
		{"alone, under another name", decided(keyLUID, "old"), []*model.Site{staging}, []string{keyLUID}},
		{"alone, decided next to the other", decided("staging/"+keyLUID, "staging"), []*model.Site{staging}, []string{"staging/" + keyLUID}},
		{"one site in two files", New(nil), []*model.Site{prod, keyedSite("prod", d)}, []string{keyLUID, keyLUID}},
	} {
		got := keysOf(c.book, c.sites...)
		if len(got) != len(c.want) || got[0] != c.want[0] || got[len(got)-1] != c.want[len(c.want)-1] {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A dashboard that becomes hidden or visible keeps its key.
func TestKeysOfHiddenDashboards(t *testing.T) {
	shown := model.Dashboard{ID: "d", LUID: keyLUID, Name: "Overview", WorkbookID: "w"}
	hidden := model.Dashboard{ID: "d", Name: "Overview", WorkbookID: "w"}
	document := model.Dashboard{ID: "d2", DocumentViewID: "v", Name: "Overview", WorkbookID: "w"}
	documentShown := model.Dashboard{ID: "d3", DocumentViewID: "v", LUID: keyLUID, Name: "Overview", WorkbookID: "w"}
	other := model.Dashboard{ID: "o", LUID: "other", Name: "Overview", WorkbookID: "w"}
	for _, c := range []struct {
		name string
		book *Book
		now  []model.Dashboard
		want string
	}{
		{"new and hidden", New(nil), []model.Dashboard{hidden}, "s/d"},
		{"shown, by id", New(map[string]Record{"s/d": {Decision: Excluded}}), []model.Dashboard{shown}, "s/d"},
		{"shown, by document", seen("s/v", "s", "Another title"), []model.Dashboard{documentShown}, "s/v"},
		{"shown, by place", seen("s/x", "s", "Overview"), []model.Dashboard{shown}, "s/x"},
		{"hidden, by place", seen(keyLUID, "s", "Overview"), []model.Dashboard{hidden}, keyLUID},
		{"hidden, with a document", seen(keyLUID, "s", "Overview"), []model.Dashboard{document}, keyLUID},
		{"hidden, the other is still there", seen("other", "s", "Overview"), []model.Dashboard{hidden, other}, "s/d"},
		{"hidden, elsewhere", seen(keyLUID, "s2", "Overview"), []model.Dashboard{hidden}, "s/d"},
		{"republished", seen("other", "s", "Overview"), []model.Dashboard{shown}, keyLUID},
		{"both are known", New(map[string]Record{"s/d": {Decision: Excluded}, keyLUID: {Decision: Included}}), []model.Dashboard{shown}, keyLUID},
	} {
		if got := keysOf(c.book, keyedSite("s", c.now...))[0]; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Before anything is remembered, and where all of it is still there, a key costs what it is
// made of.
func TestKeysAreFoundWithoutLooking(t *testing.T) {
	const n = 1000
	var all []model.Dashboard
	places := map[string]Seen{}
	for i := range n {
		luid := fmt.Sprintf("cc1ad0e0-31d8-903f-68d9-3749ee3a%04x", i)
		all = append(all, model.Dashboard{ID: fmt.Sprint("d", i), LUID: luid, Name: fmt.Sprint("D", i), WorkbookID: "w"})
		places[luid] = Seen{Place: Place{Title: fmt.Sprint("D", i), Project: "Retail", Workbook: "Sales", Site: "prod"}}
	}
	sites := []*model.Site{keyedSite("prod", all...)}
	known := New(nil)
	known.Remember(Memory{Seen: places})
	for name, c := range map[string]struct {
		book *Book
		most float64 // allocations of a dashboard
	}{"blank": {New(nil), 0.1}, "all known": {known, 0.1}} {
		if got := testing.AllocsPerRun(3, func() { NewKeys(sites, c.book) }) / n; got > c.most {
			t.Errorf("%s: %.2f allocations of a dashboard, want %.2f", name, got, c.most)
		}
	}
}
