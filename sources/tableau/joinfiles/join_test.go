package joinfiles_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/walk"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/sitetest"
	"darkroom/sources/tableau/snapshot"
)

func oneSite(t *testing.T, text string) *model.Site {
	t.Helper()
	sites, err := tableau.Load(context.Background(), []string{"in.json"}, tableau.Options{FS: fstest.MapFS{"in.json": {Data: []byte(text)}}})
	if err != nil || len(sites) != 1 {
		t.Fatalf("%d sites, %v", len(sites), err)
	}
	sitetest.Check(t, sites[0])
	return sites[0]
}

// What a dashboard reads and misses, before and after its files are known.
func TestFilesFillGaps(t *testing.T) {
	text, err := os.ReadFile("../testdata/sites/files.json")
	if err != nil {
		t.Fatal(err)
	}
	with := oneSite(t, string(text))
	without := oneSite(t, strings.Replace(string(text), `"files"`, `"unread"`, 1))
	tell := func(s *model.Site, name string) (out []string) {
		for i := range s.Dashboards {
			if d := &s.Dashboards[i]; d.Name == name {
				r, err := walk.New(s).Dashboard(t.Context(), d)
				if err != nil {
					t.Fatal(err)
				}
				for _, read := range r.Reads {
					out = append(out, fmt.Sprintf("%s used %t", read.Table.Name, read.Used))
				}
				for _, gap := range r.Gaps {
					out = append(out, gap.Reason.String())
				}
			}
		}
		return out
	}
	for name, want := range map[string][2][]string{
		"Overview": {
			{" used true", " used true", "facts used true", "no_lineage", "redacted", "redacted"},
			{"ORDERS used true", "CUSTOMERS used true", "refresh_all used true", "facts used true"},
		},
		"Children":     {{" used true", "redacted"}, {"ORDERS used true"}},
		"A story":      {{" used true", "redacted"}, {"ORDERS used true"}},
		"Still hidden": {{" used true", "facts used false", "redacted"}, {"ORDERS used true", " used true", "facts used false", "redacted"}},
	} {
		if got := tell(without, name); !cmp.Equal(want[0], got) {
			t.Errorf("%s, without files: %q", name, got)
		}
		if got := tell(with, name); !cmp.Equal(want[1], got) {
			t.Errorf("%s, with files: %q", name, got)
		}
	}
	for _, d := range without.Datasources {
		if d.ID == "e9" {
			for _, e := range with.Datasources {
				if e.ID == "e9" && !cmp.Equal(d, e) {
					t.Error("a file that names nothing known changed something:\n" + cmp.Diff(d, e))
				}
			}
		}
	}
}

// Only what is missing from the metadata is worth a download.
func TestWanted(t *testing.T) {
	site := func(sources, tables string) string {
		return `{"format":"` + snapshot.Format + `","metadata":{"workbooks":[{"id":"w","luid":"W1","name":"Sales","updatedAt":"2026-10-01T00:00:00Z"},
			{"id":"v","name":"without a LUID"}],"publishedDatasources":[{"id":"p","luid":"P1","name":"Orders","upstreamTables":[{"id":"named"}]}],
			"embeddedDatasources":[` + sources + `],"databaseTables":[{"id":"named","name":"a"},{"id":"hidden","name":null},{"id":"hidden2","name":null}` + tables + `],
			"customSQLTables":[{"id":"text","name":"q","query":"select 1"},{"id":"notext","name":"q","query":null},
			{"id":"seen","name":null,"query":null,"tables":[{"id":"named"}]}],
			"virtualConnectionTables":[{"id":"vc","name":"v"}],"flows":[{"id":"f","name":"f"}]}}`
	}
	of := func(members string) string {
		return `{"id":"e","name":"E","workbook":{"id":"w"}` + members + `}`
	}
	for _, test := range []struct {
		name, sources string
		want          int
	}{
		{"nothing", of(``), 1},
		{"an extract without a source", of(`,"hasExtracts":true`), 1},
		{"a table", of(`,"upstreamTables":[{"id":"named"}]`), 0},
		{"a hidden table", of(`,"upstreamTables":[{"id":"hidden"}]`), 1},
		{"one hidden, one not", of(`,"upstreamTables":[{"id":"hidden"},{"id":"named"}]`), 0},
		{"a parent", of(`,"parentPublishedDatasources":[{"id":"p"}]`), 0},
		{"a parent and its tables", of(`,"parentPublishedDatasources":[{"id":"p"}],"upstreamTables":[{"id":"named"}]`), 0},
		{"a parent and a hidden table of its own", of(`,"parentPublishedDatasources":[{"id":"p"}],"upstreamTables":[{"id":"named"},{"id":"hidden"}]`), 1},
		{"a flow", of(`,"upstreamFlows":[{"id":"f"}]`), 0},
		{"a table behind a field", of(`,"fields":[{"upstreamColumns":[{"table":{"id":"named"}}]}]`), 0},
		{"a virtual connection behind a field", of(`,"fields":[{"upstreamVirtualConnectionTables":[{"id":"vc"}]}]`), 0},
		{"a parent behind a field", of(`,"fields":[{"remoteField":{"datasource":{"id":"p"}}}]`), 0},
		{"custom SQL with text", of(`,"containsUnsupportedCustomSql":true,"upstreamTables":[{"id":"named"}],"fields":[{"upstreamColumns":[{"table":{"id":"text"}}]}]`), 0},
		{"custom SQL without text", of(`,"upstreamTables":[{"id":"named"}],"fields":[{"upstreamColumns":[{"table":{"id":"notext"}}]}]`), 1},
		{"custom SQL with its tables", of(`,"fields":[{"upstreamColumns":[{"table":{"id":"seen"}}]}]`), 0},
		{"custom SQL that does not show", of(`,"containsUnsupportedCustomSql":true,"upstreamTables":[{"id":"named"}]`), 1},
		{"unsupported SQL of the parent", of(`,"containsUnsupportedCustomSql":true,"parentPublishedDatasources":[{"id":"p"}]`), 0},
		{"no LUID to ask for", `{"id":"e","name":"E","workbook":{"id":"v"}}`, 0},
		{"no workbook", `{"id":"e","name":"E"}`, 0},
	} {
		got := joinfiles.Wanted(oneSite(t, site(test.sources, "")))
		if len(got) != test.want {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	proxy := strings.Replace(site(of(``), ""), `"metadata"`, `"rest":{"workbookConnections":{"W1":[{"type":"sqlproxy","datasource":{"name":"E"}}]}},"metadata"`, 1)
	if got := joinfiles.Wanted(oneSite(t, proxy)); len(got) != 0 {
		t.Errorf("REST knows the parent: %+v", got)
	}
	redacted := strings.Replace(site(of(`,"parentPublishedDatasources":[{"id":"p"}],"upstreamTables":[{"id":"hidden"}]`)+`,{"id":"e2","name":"F","workbook":{"id":"w"}}`, ""),
		`"upstreamTables":[{"id":"named"}]}],`, `"upstreamTables":[{"id":"hidden"}]}],`, 1)
	want := []joinfiles.Want{
		{Kind: "datasources", LUID: "P1", Name: "Orders", Sources: 1},
		{Kind: "workbooks", LUID: "W1", Name: "Sales", UpdatedAt: "2026-10-01T00:00:00Z", Sources: 1},
	}
	if d := cmp.Diff(want, joinfiles.Wanted(oneSite(t, redacted))); d != "" {
		t.Error("the copy of a hidden data source is not worth its own download:\n" + d)
	}
}

// Without addresses a unique name leads to a published data source, with them
// nothing but the address.
func TestFileParents(t *testing.T) {
	site := func(rest, published, parent string) string {
		return `{"format":"` + snapshot.Format + `","rest":{` + rest + `},"files":{"workbooks":{"w":{"datasources":[{"name":"E","parents":[` + parent + `]}]}}},
			"metadata":{"workbooks":[{"id":"w","luid":"W"}],"embeddedDatasources":[{"id":"e","name":"E","workbook":{"id":"w"}}],
			"publishedDatasources":[` + published + `]}}`
	}
	const addresses = `"datasources":[{"id":"1","contentUrl":"Sales_2"},{"id":"2","contentUrl":"Other"}]`
	const two = `{"id":"a","luid":"1","name":"Sales"},{"id":"b","luid":"2","name":"Targets"}`
	for name, test := range map[string]struct{ rest, published, parent, want string }{
		"by address":                        {addresses, two, `{"contentUrl":"sales_2","name":"Targets"}`, "a"},
		"an address that none has":          {addresses, two, `{"contentUrl":"Sales","name":"Sales"}`, ""},
		"by name, as addresses are unknown": {"", two, `{"contentUrl":"Sales","name":"sales"}`, "a"},
		"a name that is not of the address": {"", two, `{"contentUrl":"Sales_17","name":"Sales"}`, ""},
		"by name, as it is all":             {addresses, two, `{"name":"Targets"}`, "b"},
		"a name that two have":              {"", two + `,{"id":"c","luid":"3","name":"SALES"}`, `{"name":"Sales"}`, ""},
		"nothing to go by":                  {addresses, two, `{}`, ""},
	} {
		s := oneSite(t, site(test.rest, test.published, test.parent))
		for _, d := range s.Datasources {
			if got := strings.Join(d.ParentIDs, " "); d.ID == "e" && got != test.want {
				t.Errorf("%s: %q, want %q", name, got, test.want)
			}
		}
	}
}

// Data sources name tables by place, so a null among them keeps its place: a link to it
// leads to a table of which nothing is known.
func TestFileTableThatIsNull(t *testing.T) {
	s := oneSite(t, `{"format":"`+snapshot.Format+`","files":{"workbooks":{"w":{"tables":[null,{"kind":"DatabaseTable","name":"one"},null,
		{"kind":"DatabaseTable","name":"two"}],"datasources":[{"name":"E","tables":[1,3]},{"name":"F","tables":[0]}]}}},
		"metadata":{"workbooks":[{"id":"w","luid":"W"}],
		"embeddedDatasources":[{"id":"e","name":"E","workbook":{"id":"w"}},{"id":"f","name":"F","workbook":{"id":"w"}}]}}`)
	index := model.NewSiteIndex(s)
	for id, want := range map[string][]string{"e": {"one", "two"}, "f": {""}} {
		var got []string
		for _, table := range index.Datasource[id].TableIDs {
			got = append(got, index.Table[table].Name)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", id, d)
		}
	}
}

func TestFilesOfTheWrongShape(t *testing.T) {
	for files, place := range map[string]string{
		`7`:                                    "files",
		`{"workbooks":[]}`:                     "files.workbooks",
		`{"workbooks":{"w":7}}`:                `files.workbooks."w"`,
		`{"datasources":{"w":{"tables":[7]}}}`: `files.datasources."w".tables[0]`,
	} {
		text := `{"format":"` + snapshot.Format + `","metadata":{"workbooks":[]},"files":` + files + `}`
		_, err := tableau.Load(t.Context(), []string{"in.json"}, tableau.Options{FS: fstest.MapFS{"in.json": {Data: []byte(text)}}})
		if err == nil || !strings.Contains(err.Error(), place) || !strings.Contains(err.Error(), "darkroom sync") {
			t.Errorf("%s: %v", files, err)
		}
	}
}
