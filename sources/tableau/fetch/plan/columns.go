package plan

import (
	"slices"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/formula"
)

// Columns are the questions about the columns that the fields of sheets come from, one
// for each list of fields that a sheet has: those that calculations refer to, those that
// are placed, and the calculations made on the sheet.
func Columns() []List {
	const field = ":Field{__typename upstreamColumns:Column{name table:Table" + typedLink + "} +CalculatedField{formula}" +
		" +DatasourceField{remoteField:Field{__typename +CalculatedField{formula}}}}"
	var out []List
	for _, member := range []string{"datasourceFields", "sheetFieldInstances", "worksheetFields"} {
		out = append(out, List{Name: "sheets", Type: "Sheet", Words: "sheets", detail: member + field, Columns: true})
	}
	return out
}

// NamesNoColumn is why the columns behind a field are not known, "" where they are. A
// calculation that refers to nothing but parameters has none.
func NamesNoColumn(field gjson.Result) string {
	columns := field.Get("upstreamColumns").Array()
	for _, c := range columns {
		if c.Get("name").String() == "" || c.Get("table.id").String() == "" {
			return "Tableau hides the name or the table of a column"
		}
	}
	calculated := field
	if field.Get("__typename").String() == "DatasourceField" {
		calculated = field.Get("remoteField")
	}
	text := calculated.Get("formula").String()
	made := formula.Read(text)
	switch {
	case made.PassesSQL:
		return "a calculation hands SQL over to the database, which can name any column"
	case len(columns) == 0 && (calculated.Get("__typename").String() != "CalculatedField" || text == "" || made.Broken || refersToFields(made)):
		return "Tableau names no column for one of its fields"
	}
	return ""
}

// refersToFields reports a field that is not a parameter.
func refersToFields(f formula.Formula) bool {
	return slices.ContainsFunc(f.Fields, func(x formula.Field) bool { return x.Source != "Parameters" })
}
