package joinfiles_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/sources/tableau/snapshot"
)

// What a file says of a sheet's columns counts where the metadata's answer is not whole, and
// where the tables are known for certain.
func TestFileColumns(t *testing.T) {
	const has = `"sheets":{"s":[[0,0]]}`
	const marked = `"incomplete":{"columns":{"s":"cut"}},`
	const gone = "not certain which of Tableau's tables "
	for name, test := range map[string]struct {
		marks, columns string // of the metadata
		file           string
		sources        string // of the sheet
		sheets         string // further ones
		want           []string
		why            string
	}{
		"the metadata has none":                     {"", ``, `"all":[{"table":0,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"e"}`, "", []string{"orders.id"}, ""},
		"a whole answer wins":                       {"", has, `"all":[{"table":0,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"e"}`, "", []string{"known.amount"}, ""},
		"an answer that is not whole is completed":  {marked, has, `"all":[{"table":0,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"e"},{"id":"k"}`, "", []string{"known.amount", "orders.id"}, ""},
		"one is completed, and the file is not":     {marked, has, `"all":[{"table":0,"name":"id"}],"sheets":[{"name":"S","columns":[0],"why":"a reason"}]`, `{"id":"e"},{"id":"k"}`, "", []string{"known.amount", "orders.id"}, "a reason"},
		"a table of the metadata, by its full name": {"", ``, `"all":[{"table":1,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"k"}`, "", []string{"known.id"}, ""},
		"one that the sheet does not read":          {"", ``, `"all":[{"table":1,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"e"}`, "", nil, gone + `"[m].[known]"`},
		"a full name that two tables of it have":    {"", ``, `"all":[{"table":1,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"k"},{"id":"k2"}`, "", nil, gone},
		"a full name that two of the file have":     {"", ``, `"all":[{"table":2,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]`, `{"id":"k3"}`, "", nil, gone},
		"the file lacks the sheet":                  {"", ``, `"sheets":[{"name":"T"}]`, `{"id":"e"}`, "", nil, "no one sheet of that name"},
		"two sheets of the file":                    {"", ``, `"sheets":[{"name":"S"},{"name":"S"}]`, `{"id":"e"}`, "", nil, "no one sheet of that name"},
		"two sheets of the site":                    {"", ``, `"sheets":[{"name":"S"}]`, `{"id":"e"}`, `,{"id":"s2","name":"S","workbook":{"id":"w"}}`, nil, "no one sheet of that name"},
		"a sheet without a column":                  {"", ``, `"sheets":[{"name":"S"}]`, `{"id":"e"}`, "", []string{}, ""},
		"a link to nowhere":                         {"", ``, `"all":[null,{"table":7,"name":"x"},{"table":0,"name":"id"}],"sheets":[{"name":"S","columns":[0,1,2,3]}]`, `{"id":"e"}`, "", []string{"orders.id"}, "cannot be read"},
		"not asked for":                             {"", ``, "", `{"id":"e"}`, "", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := `{"format":"` + snapshot.Format + `",` + test.marks
			if test.columns != "" {
				text += `"columns":{"tables":[["k","amount"]],` + test.columns + `},`
			}
			file := ""
			if test.file != "" {
				file = `"columns":{` + test.file + `},`
			}
			s := oneSite(t, text+`"files":{"workbooks":{"w":{`+file+`"tables":[{"kind":"DatabaseTable","name":"orders","fullName":"[m].[orders]"},
				{"kind":"DatabaseTable","name":"known","fullName":"[m].[known]"},{"kind":"DatabaseTable","name":"twice","fullName":"[m].[twice]"},
				{"kind":"DatabaseTable","name":"twice","fullName":"[m].[twice]","connectionType":"other"}],"datasources":[{"name":"E","tables":[0]}]}}},
				"metadata":{"workbooks":[{"id":"w","luid":"W"}],"sheets":[{"id":"s","name":"S","workbook":{"id":"w"},"parentEmbeddedDatasources":[`+test.sources+`]}`+test.sheets+`],
				"embeddedDatasources":[{"id":"e","name":"E","workbook":{"id":"w"}},
				{"id":"k","name":"K","workbook":{"id":"w"},"upstreamTables":[{"id":"k"}]},{"id":"k2","name":"K2","workbook":{"id":"w"},"upstreamTables":[{"id":"k2"}]},
				{"id":"k3","name":"K3","workbook":{"id":"w"},"upstreamTables":[{"id":"k3"}]}],
				"databaseTables":[{"id":"k","name":"known","fullName":"[m].[known]"},{"id":"k2","name":"known","fullName":"[m].[known]"},{"id":"k3","name":"twice","fullName":"[m].[twice]"}]}}`)
			if (s.Columns == nil) != (test.file == "") {
				t.Errorf("columns of the site: %v", s.Columns)
			}
			sheet := model.NewSiteIndex(s).Sheet["s"]
			if test.want != nil && test.why == "" != sheet.Columns.Known || !strings.Contains(sheet.Columns.Why, test.why) || test.why == "" && sheet.Columns.Why != "" {
				t.Errorf("known %t, why %q", sheet.Columns.Known, sheet.Columns.Why)
			}
			if d := cmp.Diff(fmt.Sprint(test.want), fmt.Sprint(columnNames(s, sheet))); d != "" {
				t.Error("want (-), got (+):\n" + d)
			}
		})
	}
}

func columnNames(s *model.Site, sheet *model.Sheet) (out []string) {
	index := model.NewSiteIndex(s)
	for _, at := range sheet.Columns.At {
		out = append(out, index.Table[s.Columns[at].TableID].Name+"."+s.Columns[at].Name)
	}
	return out
}

// Columns of a table without a name, which a file replaces, are the file's.
func TestColumnsOfReplacedTables(t *testing.T) {
	s := oneSite(t, `{"format":"`+snapshot.Format+`","columns":{"tables":[["h","id"]],"sheets":{"s":[[0,0]]}},
		"files":{"workbooks":{"w":{"tables":[{"kind":"DatabaseTable","name":"orders","fullName":"[m].[orders]"}],
		"datasources":[{"name":"E","tables":[0]}],"columns":{"all":[{"table":0,"name":"id"}],"sheets":[{"name":"S","columns":[0]}]}}}},
		"metadata":{"workbooks":[{"id":"w","luid":"W"}],"sheets":[{"id":"s","name":"S","workbook":{"id":"w"},"parentEmbeddedDatasources":[{"id":"e"}]}],
		"embeddedDatasources":[{"id":"e","name":"E","workbook":{"id":"w"},"upstreamTables":[{"id":"h"}]}],"databaseTables":[{"id":"h","name":null}]}}`)
	sheet := &s.Sheets[0]
	if got := columnNames(s, sheet); !cmp.Equal(got, []string{"orders.id"}) || !sheet.Columns.Known {
		t.Errorf("%q, %+v", got, sheet.Columns)
	}
}
