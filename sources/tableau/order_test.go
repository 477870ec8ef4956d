package tableau

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/tableau/sitetest"
)

// sameSites are answers of one site each, which may be in any files and in any order.
var sameSites = map[string]struct {
	answers []string
	has     []string // lines of the dump that must be there
}{
	"workbook before or after the dashboards of a sheet": {
		answers: []string{
			`{"sheets":[{"id":"s1","name":"S1","workbook":{"id":"w1","name":"WB1"},"containedInDashboards":[{"name":"D1","path":"WB1/D1"}],"upstreamTables":[{"name":"ORDERS"}]},
			 {"id":"s2","name":"S2","workbook":{"id":"w1","name":"WB1"},"containedInDashboards":[{"name":"D1","path":"WB1/D1"}],"upstreamTables":[{"name":"CUSTOMERS"}]}]}`,
		},
		has: []string{`dashboard ID="name:w1/D1" Name="D1" Path="WB1/D1" WorkbookID="w1" SheetIDs=["s1" "s2"] Views=-1`},
	},
	"by path and by name in another file": {
		answers: []string{
			`{"sheets":[{"id":"s1","name":"S1","containedInDashboards":[{"path":"WB1/D1"}]}]}`,
			`{"sheets":[{"id":"s2","name":"S2","workbook":{"id":"w1"},"containedInDashboards":[{"name":"D1"}]}]}`,
			`{"dashboards":[{"id":"d1","name":"D1","path":"WB1/D1","workbook":{"id":"w1"}}]}`,
			`{"dashboards":[{"luid":"l1","name":"D1","workbook":{"name":"WB1"}}]}`,
			`{"workbooks":[{"id":"w1","name":"WB1","luid":"wl1"}]}`,
		},
		has: []string{`dashboard ID="d1" LUID="l1" Name="D1" Path="WB1/D1" WorkbookID="w1" SheetIDs=["s1" "s2"] Views=-1`},
	},
	"by id here and by LUID there": {
		answers: []string{
			`{"dashboards":[{"id":"d1","name":"D1"},{"id":"d2","luid":"l2","name":"D2"}]}`,
			`{"dashboards":[{"luid":"l1","path":"a/b"}]}`,
			`{"workbooks":[{"id":"w1","name":"W","dashboards":[{"id":"d1","luid":"l1"}]}]}`,
		},
		has: []string{`dashboard ID="d1" LUID="l1" Name="D1" Path="a/b" WorkbookID="w1" Views=-1`, `dashboard ID="d2" LUID="l2" Name="D2" Views=-1`},
	},
	"one name in two workbooks of one name": {
		answers: []string{
			`{"workbooks":[{"id":"w1","name":"W","projectName":"A","dashboards":[{"id":"d1","name":"D"}]},{"id":"w2","name":"W","projectName":"B","dashboards":[{"id":"d2","name":"D"}]}]}`,
			`{"sheets":[{"id":"s1","name":"S","workbook":{"name":"W","projectName":"B"},"containedInDashboards":[{"name":"D"}]}]}`,
			`{"sheets":[{"id":"s2","name":"S2","workbook":{"name":"W"},"containedInDashboards":[{"name":"D"}]}]}`,
		},
		has: []string{
			`dashboard ID="d1" Name="D" WorkbookID="w1" Views=-1`, `dashboard ID="d2" Name="D" WorkbookID="w2" SheetIDs=["s1"] Views=-1`,
			`dashboard ID="name:name:/W/D" Name="D" WorkbookID="name:/W" SheetIDs=["s2"] Views=-1`,
		},
	},
	"the sources of two workbooks have one name": {
		answers: []string{
			`{"sheets":[{"name":"S","workbook":{"id":"w1","name":"A"},"parentEmbeddedDatasources":[{"name":"Data","upstreamTables":[{"name":"one"}]}],"containedInDashboards":[{"name":"D"}]}]}`,
			`{"sheets":[{"name":"S","workbook":{"id":"w2","name":"B"},"parentEmbeddedDatasources":[{"name":"Data","upstreamTables":[{"name":"two"}]}],"containedInDashboards":[{"name":"D"}]}]}`,
			`{"embeddedDatasources":[{"id":"e1","name":"Data","workbook":{"id":"w1"}}]}`,
		},
		has: []string{
			`datasource ID="e1" Name="Data" WorkbookID="w1" TableIDs=["name:////one"]`,
			`datasource ID="name:w2/Data" Name="Data" WorkbookID="w2" TableIDs=["name:////two"]`,
			`dashboard ID="name:w1/D" Name="D" WorkbookID="w1" SheetIDs=["name:w1/S"] Views=-1`,
			`dashboard ID="name:w2/D" Name="D" WorkbookID="w2" SheetIDs=["name:w2/S"] Views=-1`,
		},
	},
	"no workbook is known": {
		answers: []string{`{"dashboards":[{"id":"d1","name":"D"}]}`, `{"sheets":[{"id":"s1","name":"S","containedInDashboards":[{"name":"D"}]},{"id":"s2","name":"S2","containedInDashboards":[{"name":"D"}]}]}`},
		has:     []string{`dashboard ID="d1" Name="D" Views=-1`, `dashboard ID="name:/D" Name="D" SheetIDs=["s1" "s2"] Views=-1`},
	},
}

// The same content is the same site, whatever the order of files, lists and fields
// (sources/tableau/API.md#the-same-object).
func TestOrderDoesNotMatter(t *testing.T) {
	for name, c := range sameSites {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(len(name))))
			want := sortedDump(t, c.answers)
			for _, line := range c.has {
				if !slices.Contains(want, line) {
					t.Errorf("%s is not in\n%s", line, strings.Join(want, "\n"))
				}
			}
			for range 200 {
				answers := slices.Clone(c.answers)
				random.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
				for i := range answers {
					var v any
					if err := json.Unmarshal([]byte(answers[i]), &v); err != nil {
						t.Fatal(err)
					}
					answers[i] = shuffled(random, v)
				}
				if diff := cmp.Diff(want, sortedDump(t, answers)); diff != "" {
					t.Fatalf("%s\n%s", strings.Join(answers, "\n"), diff)
				}
			}
		})
	}
}

// shuffled writes a value with its members and entries in any order.
func shuffled(random *rand.Rand, v any) string {
	var parts []string
	open, end := "{", "}"
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			parts = append(parts, fmt.Sprintf("%q:%s", key, shuffled(random, value)))
		}
		slices.Sort(parts)
	case []any:
		open, end = "[", "]"
		for _, value := range v {
			parts = append(parts, shuffled(random, value))
		}
	default:
		b, _ := json.Marshal(v)
		return string(b)
	}
	random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return open + strings.Join(parts, ",") + end
}

var idLists = regexp.MustCompile(`\["[^]]*"\]`)

// sortedDump is a folder's site with its objects and their links sorted.
func sortedDump(t *testing.T, answers []string) []string {
	t.Helper()
	files := fstest.MapFS{}
	for i, text := range answers {
		files[fmt.Sprintf("in/%02d.json", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	sites, err := Load(t.Context(), []string{"in"}, Options{FS: files})
	if err != nil || len(sites) != 1 {
		t.Fatalf("%d sites, error %v", len(sites), err)
	}
	sitetest.Check(t, sites[0])
	lines := strings.Split(sitetest.Dump(sites[0]), "\n")
	for i := range lines {
		lines[i] = idLists.ReplaceAllStringFunc(lines[i], func(list string) string {
			ids := strings.Split(strings.Trim(list, "[]"), " ")
			slices.Sort(ids)
			return "[" + strings.Join(ids, " ") + "]"
		})
	}
	slices.Sort(lines)
	return lines
}
