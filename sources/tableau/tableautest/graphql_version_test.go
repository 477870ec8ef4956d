package tableautest

import (
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// What came when (sources/tableau/API.md#since-when), and that introspection and validation
// agree about it.
func TestFieldsByRelease(t *testing.T) {
	for _, release := range []string{"2021.1", "2022.3", "2024.1"} {
		c := enter(t, Options{Release: release})
		for _, tc := range []struct{ typeName, field, root, from string }{
			{"Workbook", "projectLuid", "workbooks", "2022.3"},
			{"Workbook", "upstreamVirtualConnections", "workbooks", "2022.3"}, // from 2022.1 on
			{"EmbeddedDatasource", "createdAt", "embeddedDatasources", "2022.3"},
			{"Workbook", "labels", "workbooks", "2024.1"},
			{"DatabaseTable", "tableType", "databaseTables", "2024.1"},
			{"Sheet", "upstreamDatasources", "sheets", "2022.3"},
			{"Dashboard", "documentViewId", "dashboards", "2021.1"},
		} {
			has := !sitedata.Before(release, tc.from)
			listed := c.query(`query($n:String!){__type(name:$n){fields{name}}}`, "n", tc.typeName).texts("data.__type.fields.#.name")
			if strings.Contains(" "+listed+" ", " "+tc.field+" ") != has {
				t.Errorf("%s %s.%s: introspection has %s", release, tc.typeName, tc.field, listed)
			}
			got := c.query("{" + tc.root + "{" + tc.field + "}}")
			if strings.Contains(got.body, "SubSelectionRequired") {
				got = c.query("{" + tc.root + "{" + tc.field + "{id}}}")
			}
			refused := strings.HasPrefix(got.text("errors.0.message"), "Validation error of type FieldUndefined: Field '"+tc.field+"'")
			if refused == has || !refused && got.get("errors").Exists() {
				t.Errorf("%s %s.%s: %.200s", release, tc.typeName, tc.field, got.body)
			}
		}
	}
}

func TestVirtualConnectionsByRelease(t *testing.T) {
	old := enter(t, Options{Release: "2021.1"})
	old.want("no type", old.query(`{__type(name:"VirtualConnection"){name}}`).get("data.__type").Raw, "null")
	old.want("no table", old.query(`{tables{__typename}}`).texts("data.tables.#.__typename"), "CustomSQLTable DatabaseTable DatabaseTable DatabaseTable")
	for release, want := range map[string]string{"2022.3": `"snowflake"`, "2024.1": "null"} {
		c := enter(t, Options{Release: release})
		got := c.query(`{virtualConnections{connectionType}}`)
		c.want(release, got.get("data.virtualConnections.0.connectionType").Raw, want)
	}
}

func TestIntrospection(t *testing.T) {
	c := enter(t, Options{})
	got := c.query(`{__schema{queryType{name} mutationType{name} types{name kind} directives{name args{name type{kind ofType{name}}} locations}}}`)
	c.want("root", got.text("data.__schema.queryType.name")+got.get("data.__schema.mutationType").Raw, "Querynull")
	c.want("directives", got.texts("data.__schema.directives.#.name"), "include skip")
	c.want("their argument", got.text("data.__schema.directives.0.args.0.type.ofType.name"), "Boolean")
	for name, kind := range map[string]string{
		"Workbook": "OBJECT", "View": "INTERFACE", "Workbook_Filter": "INPUT_OBJECT", "WorkbookSortOrder": "INPUT_OBJECT",
		"WorkbookOrderField": "ENUM", "WorkbooksConnection": "OBJECT", "DateTime": "SCALAR", "__Type": "OBJECT",
	} {
		c.want(name, got.text(`data.__schema.types.#(name=="`+name+`").kind`), kind)
	}
	typ := func(name string) answered {
		return c.query(`query($n:String!){__type(name:$n){kind interfaces{name} possibleTypes{name} enumValues{name} inputFields{name}
			fields(includeDeprecated:true){name args{name defaultValue type{name}} type{kind name ofType{kind name ofType{name kind ofType{name}}}}}}}`, "n", name)
	}
	c.want("interface", typ("Table").texts("data.__type.possibleTypes.#.name"), "DatabaseTable CustomSQLTable VirtualConnectionTable")
	c.want("implements", typ("Sheet").texts("data.__type.interfaces.#.name"), "View")
	c.want("dashboard filter", typ("Dashboard_Filter").texts("data.__type.inputFields.#.name"),
		"id idWithin luid luidWithin name nameWithin path pathWithin documentViewId documentViewIdWithin")
	c.want("order", typ("DashboardOrderField").texts("data.__type.enumValues.#.name"), "ID LUID NAME PATH DOCUMENT_VIEW_ID")
	dashboards := typ("Workbook").get(`data.__type.fields.#(name=="dashboards")`)
	c.want("list type", dashboards.Get("type.kind").String()+dashboards.Get("type.ofType.kind").String()+
		dashboards.Get("type.ofType.ofType.ofType.name").String(), "NON_NULLLISTDashboard")
	c.want("arguments", dashboards.Get("args.#.name").Raw+dashboards.Get("args.2.defaultValue").String(),
		`["filter","orderBy","permissionMode"]OBFUSCATE_RESULTS`)
	c.want("unknown", c.query(`{__type(name:"Nope"){name}}`).get("data.__type").Raw, "null")
	c.want("not a node", c.query(`{__schema{types{name}}}`).get("errors").Raw, "")
}
