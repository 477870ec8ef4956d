package tableautest

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/tableau/tableautest/graphql"
)

// Nested objects come from links in either direction, or are worked out.
func TestLinks(t *testing.T) {
	c := enter(t, Options{})
	for _, tc := range []struct{ query, at, want string }{
		{`{workbooks(filter:{id:"w-sales"}){dashboards{name}}}`, "workbooks.0.dashboards.#.name", "Overview A/B #1 ☕ Story Hidden"},
		{`{workbooks(filter:{id:"w-sales"}){sheets{id}}}`, "workbooks.0.sheets.#.id", "s-1 s-2"},
		{`{workbooks(filter:{id:"w-sales"}){views{id}}}`, "workbooks.0.views.#.id", "d-over d-slash d-story d-hidden s-1 s-2"},
		{`{dashboards(filter:{id:"d-slash"}){workbook{id}}}`, "dashboards.0.workbook.id", "w-sales"},
		{`{sheets(filter:{id:"s-2"}){containedInDashboards{id}}}`, "sheets.0.containedInDashboards.#.id", "d-over d-slash"},
		{`{sheets(filter:{id:"s-1"}){parentEmbeddedDatasources{id}}}`, "sheets.0.parentEmbeddedDatasources.#.id", "e-orders"},
		{`{sheets(filter:{id:"s-1"}){upstreamTables{id}}}`, "sheets.0.upstreamTables.#.id", "t-orders"},
		{`{sheets(filter:{id:"s-2"}){upstreamTables{id}}}`, "sheets.0.upstreamTables.#.id", ""}, // empty in the snapshot
		{`{dashboards(filter:{id:"d-over"}){upstreamTables{id}}}`, "dashboards.0.upstreamTables.#.id", "t-orders"},
		{`{dashboards(filter:{id:"d-over"}){upstreamDatasources{__typename id}}}`, "dashboards.0.upstreamDatasources.#.__typename", "PublishedDatasource"},
		{`{dashboards(filter:{id:"d-story"}){sheets{id}}}`, "dashboards.0.sheets", "[]"},
		{`{embeddedDatasources(filter:{id:"e-proxy"}){parentPublishedDatasources{luid}}}`, "embeddedDatasources.0.parentPublishedDatasources.#.luid", "pl-gov"},
		{`{publishedDatasources(filter:{luid:"pl-gov"}){downstreamWorkbooks{id}}}`, "publishedDatasources.0.downstreamWorkbooks", "[]"}, // no stored link back
		{
			`{publishedDatasources(filter:{luid:"pl-gov"}){upstreamDatasources{id ... on PublishedDatasource{luid upstreamFlows{name}}}}}`,
			"publishedDatasources.0.upstreamDatasources.0.upstreamFlows.0.name", "Clean",
		},
		{`{publishedDatasources(filter:{luid:"pl-gov"}){upstreamVirtualConnections{name}}}`, "publishedDatasources.0.upstreamVirtualConnections.#.name", "Warehouse"},
		{
			`{virtualConnectionTables{virtualConnection{name} upstreamTables{fullName database{name ... on DatabaseServer{hostName port}}}}}`,
			"virtualConnectionTables.0.upstreamTables.0.database.port", "443",
		},
		{`{databaseTables(filter:{id:"t-file"}){database{__typename}}}`, "databaseTables.0.database.__typename", "File"},
		{`{databaseTables(filter:{id:"t-orders"}){downstreamDashboards{id}}}`, "databaseTables.0.downstreamDashboards", "[]"},
		{`{databaseTables(filter:{id:"t-orders"}){downstreamWorkbooks{id}}}`, "databaseTables.0.downstreamWorkbooks.#.id", "w-sales"},
		{`{databaseTables(filter:{id:"t-cust"}){referencedByQueries{id} upstreamFlows{id}}}`, "databaseTables.0.referencedByQueries.#.id", "q-1"},
		{`{databases{tables{id}}}`, "databases.#.tables.#.id", `["t-orders","t-cust"] ["t-file"]`},
		{`{flows{downstreamDatasources{id}}}`, "flows.0.downstreamDatasources.#.id", "pd-base"},
		{`{customSQLTables{downstreamDatasources{id}}}`, "customSQLTables.0.downstreamDatasources.#.id", "e-sql"},
		{`{customSQLTables{columns{referencedByFields{datasource{id}}}}}`, "customSQLTables.0.columns.0.referencedByFields.0.datasource.id", "e-sql"},
		{`{customSQLTables{downstreamDashboards{id}}}`, "customSQLTables.0.downstreamDashboards.#.id", "d-sql"},
		{
			`{embeddedDatasources(filter:{id:"e-sql"}){fields{upstreamColumns{table{... on CustomSQLTable{query}}}}}}`,
			"embeddedDatasources.0.fields.0.upstreamColumns.0.table.query", "select * from x where a <<= <[Parameters].[P]>",
		},
		{`{workbooks(filter:{id:"w-mine"}){owner{username} site{name}}}`, "workbooks.0.owner.username", "ann@example.com"},
		{`{workbooks(filter:{id:"w-mine"}){projectName}}`, "workbooks.0.projectName", ""},
		{`{workbooks(filter:{id:"w-sales"}){tags{name}}}`, "workbooks.0.tags.#.name", "gold"},
		{`{dashboards(filter:{id:"d-hidden"}){luid}}`, "dashboards.0.luid", ""},
		{`{dashboards(filter:{id:"d-over"}){index}}`, "dashboards.0.index", "1"},
	} {
		got := c.query(tc.query)
		if got.get("errors").Exists() {
			t.Errorf("%s: %s", tc.query, got.body)
			continue
		}
		value := got.get("data." + tc.at)
		text := value.String()
		if value.IsArray() && text != "[]" {
			text = got.texts("data." + tc.at)
		}
		if text == "[]" && tc.want == "" {
			text = ""
		}
		c.want(tc.query, text, tc.want)
	}
}

// What real sites have and tidy ones do not (sources/tableau/API.md#table-names).
func TestOddObjects(t *testing.T) {
	c := enter(t, Options{})
	got := c.query(`{databaseTables{name schema fullName} customSQLTables{query isUnsupportedCustomSql database{name} tables{name}}
		dashboards(filter:{idWithin:["d-hidden","d-story","d-slash"]}){name luid path sheets{id}}}`)
	c.want("tables", got.get("data.databaseTables").Raw, `[{"name":"analytics.customers","schema":"","fullName":"analytics.customers"},`+
		`{"name":"People$","schema":null,"fullName":"[People$]"},{"name":"ORDERS","schema":"PUBLIC","fullName":"[SHOP].[PUBLIC].[ORDERS]"}]`)
	c.want("custom SQL that Tableau cannot parse", got.get("data.customSQLTables").Raw,
		`[{"query":"select * from x where a <<= <[Parameters].[P]>","isUnsupportedCustomSql":true,"database":null,`+
			`"tables":[{"name":"analytics.customers"}]}]`)
	c.want("hidden view, signs in a name, story", got.get("data.dashboards").Raw, `[{"name":"Hidden","luid":"","path":"","sheets":[{"id":"s-1"}]},`+
		`{"name":"A/B #1 ☕","luid":"v-slash","path":"Sales/AB1","sheets":[{"id":"s-2"}]},{"name":"Story","luid":"v-story","path":"Sales/Story","sheets":[]}]`)
}

// Fields that DataHub, OpenMetadata and Dagster ask for and we do not.
func TestFieldsOthersAskFor(t *testing.T) {
	c := enter(t, Options{})
	got := c.query(`{
		sheets{datasourceFields{folderName ...of ... on DatasourceField{remoteField{folderName ...of}}}}
		fields{upstreamFields{name datasource{id}}}
		embeddedDatasources{upstreamDatasources{description tags{name}}}
		databaseServers{projectName} virtualConnections{description}}
		fragment of on Field{
			... on ColumnField{dataCategory role dataType defaultFormat aggregation}
			... on CalculatedField{role dataType defaultFormat aggregation formula}
			... on GroupField{role dataType}}`)
	c.want("refusals", got.get("errors").Raw, "")
}

func TestLanguage(t *testing.T) {
	c := enter(t, Options{})
	got := c.query(`query Q($on: Boolean!, $ids: [ID]) {
		w: workbooks(filter: {idWithin: $ids}) { ...F name again: name @include(if: $on) luid @skip(if: $on) }
	}
	fragment F on Workbook { __typename id ... on Workbook { dashboards { id } } ...G }
	fragment G on Workbook { dashboards { name } }`, "on", true, "ids", []string{"w-old"})
	c.want("order and merging", got.get("data").Raw,
		`{"w":[{"__typename":"Workbook","id":"w-old","dashboards":[{"id":"d-sql","name":"SQL"}],"name":"Sales","again":"Sales"}]}`)

	// The same fragment field merges differently in two places.
	got = c.query(`{a: workbooks(filter:{id:"w-old"}){...F} b: workbooks(filter:{id:"w-old"}){...F owner{name}}} fragment F on Workbook {owner{luid}}`)
	c.want("merging per place", got.get("data").Raw, `{"a":[{"owner":{"luid":"u-bo"}}],"b":[{"owner":{"luid":"u-bo","name":"Bo"}}]}`)

	got = c.query(`{dashboards(filter:{idWithin:["d-slash"]}){name}}`)
	c.want("unicode", got.text("data.dashboards.0.name"), "A/B #1 ☕")

	two := map[string]any{"query": "query A{workbooks{id}} query B{flows{id}}", "operationName": "B"}
	c.want("by name", c.post("/api/metadata/graphql", two).get("data").Raw, `{"flows":[{"id":"f-1"}]}`)

	c.want("by GET", c.get("/api/metadata/graphql?query="+url.QueryEscape("{flows{id}}")).text("data.flows.0.id"), "f-1")
	vars := "&variables=" + url.QueryEscape(`{"i":["f-1"]}`)
	byGet := c.get("/api/metadata/graphql?query=" + url.QueryEscape("query($i:[ID]){flows(filter:{idWithin:$i}){id}}") + vars)
	c.want("by GET with variables", byGet.text("data.flows.0.id"), "f-1")
	c.want("as GraphQL", c.do("POST", "/api/metadata/graphql", "{flows{id}}", "Content-Type", "application/graphql").text("data.flows.0.id"), "f-1")
	c.want("not JSON", c.do("POST", "/api/metadata/graphql", "{").text("status"), "400")
	c.want("no query", c.do("POST", "/api/metadata/graphql", "{}").text("status"), "400")
}

func TestRefusedQueries(t *testing.T) {
	c := enter(t, Options{})
	deep := strings.Repeat("{workbooks", 2000)
	for _, tc := range []struct{ query, want string }{
		{
			`{workbooksConnection{nodes{nonsense}}}`,
			`Validation error of type FieldUndefined: Field 'nonsense' in type 'Workbook' is undefined @ 'workbooksConnection/nodes/nonsense'`,
		},
		{
			`{workbooks{id ...F}} fragment F on Workbook {owner{x}}`,
			`Validation error of type FieldUndefined: Field 'x' in type 'TableauUser' is undefined @ 'F/owner/x'`,
		},
		{
			`{datasources{id ... on PublishedDatasource{x}}}`,
			`Validation error of type FieldUndefined: Field 'x' in type 'PublishedDatasource' is undefined @ 'datasources/x'`,
		},
		{`{datasources{id luid}}`, `Validation error of type FieldUndefined: Field 'luid' in type 'Datasource' is undefined @ 'datasources/luid'`},
		{`{dashboards(filter:{projectName:"x"}){id}}`, `Validation error of type WrongType: `},
		{`{workbooks(first:1){id}}`, `Validation error of type UnknownArgument: `},
		{`{workbooks}`, `Validation error of type SubSelectionRequired: `},
		{`query($a:Int){workbooks{id}}`, `Validation error of type UnusedVariable: `},
		{`query($a:Int!){workbooksConnection(first:$a){totalCount}}`, `Validation error of type WrongType: `},
		{`{workbooks{...F}}`, `Validation error of type UndefinedFragment: `},
		{`{workbooks{...F}} fragment F on Nothing {id}`, `Validation error of type UnknownType: `},
		{`{workbooks{...F}} fragment F on Workbook {...F}`, `Validation error of type FragmentCycle: `},
		{`{workbooks{... on Sheet{id}}}`, `Validation error of type InvalidFragmentType: `},
		{`{workbooks{id}`, `Invalid Syntax : `},
		{deep, `Invalid Syntax : `},
		{`mutation{workbooks{id}}`, `Validation error of type `},
		{`query A{flows{id}} query B{flows{id}}`, `Validation error of type UnknownOperation: `},
	} {
		got := c.query(tc.query)
		if !strings.HasPrefix(got.text("errors.0.message"), tc.want) || got.get("data").Exists() || got.status != 200 {
			t.Errorf("%.80s: %d %.300s", tc.query, got.status, got.body)
		}
	}
	got := c.query("{\n  workbooks{\n    nonsense}}")
	c.want("place", got.get("errors.0.locations").Raw, `[{"column":5,"line":3}]`)
	c.want("classification", got.text("errors.0.extensions.classification"), "ValidationError")
	c.want("served", fmt.Sprint(c.s.Stats().Nodes), "0")
}

const pages = `query($first:Int,$after:String){
	dashboardsConnection(first:$first,after:$after,orderBy:{field:NAME,direction:ASC}){totalCount pageInfo{hasNextPage endCursor} nodes{id name}}}`

func (a answered) page() gjson.Result { return a.get("data.*") }

func TestCursorPaging(t *testing.T) {
	c := enter(t, Options{})
	var names []string
	var after any
	for range 3 {
		page := c.query(pages, "first", 2, "after", after).page()
		c.want("total", page.Get("totalCount").Raw, "5")
		for _, n := range page.Get("nodes.#.name").Array() {
			names = append(names, n.String())
		}
		cursor := page.Get("pageInfo.endCursor").String()
		text, err := base64.StdEncoding.DecodeString(cursor)
		if err != nil || gjson.GetBytes(text, "type").String() != "Dashboard" || gjson.GetBytes(text, "scope").String() != "sites/1" {
			t.Errorf("cursor %q: %v", text, err)
		}
		after = cursor
		c.want("more", page.Get("pageInfo.hasNextPage").Raw, fmt.Sprint(len(names) < 5))
	}
	c.want("all", strings.Join(names, ","), "A/B #1 ☕,Hidden,Overview,SQL,Story")
	past := c.query(pages, "after", after).page()
	c.want("behind the last page", past.Get("nodes").Raw+past.Get("pageInfo.hasNextPage").Raw, "[]false")

	desc := c.query(`{dashboardsConnection(first:1,orderBy:{field:NAME,direction:DESC}){nodes{name}}}`)
	c.want("descending", desc.text("data.dashboardsConnection.nodes.0.name"), "Story")
	nested := c.query(`{workbooks(filter:{id:"w-sales"}){dashboardsConnection(first:2,offset:1,orderBy:{field:NAME,direction:ASC}){totalCount nodes{id}}}}`)
	c.want("nested", nested.get("data.workbooks.0.dashboardsConnection").Raw, `{"totalCount":4,"nodes":[{"id":"d-hidden"},{"id":"d-over"}]}`)
	none := c.query(`{workbooksConnection(filter:{name:"x"}){pageInfo{hasNextPage endCursor}}}`)
	c.want("none", none.get("data.workbooksConnection.pageInfo").Raw, `{"hasNextPage":false,"endCursor":null}`)
}

func TestPageArguments(t *testing.T) {
	c := enter(t, Options{})
	offset := c.query(`{dashboardsConnection(first:2,offset:3){nodes{id}}}`)
	c.want("by offset", offset.texts("data.dashboardsConnection.nodes.#.id"), "d-sql d-story")
	for _, arguments := range []string{
		`after:"` + (graphql.Cursor{}).String() + `",offset:0`, `after:"no cursor"`, `after:"bm8="`, `first:-1`, `offset:-5`, `first:99999999999`,
		`after:"` + base64.StdEncoding.EncodeToString([]byte(`{"sortOrderValue":{"lastId":"gone"}}`)) + `"`,
	} {
		got := c.query(`{dashboardsConnection(` + arguments + `){nodes{id}}}`)
		c.want(arguments, got.text("errors.0.extensions.code")+got.get("data.dashboardsConnection").Raw, "INVALID_ARGUMENTnull")
		c.want(arguments, got.text("errors.0.extensions.severity"), "ERROR")
	}
}

func TestClamp(t *testing.T) {
	c := start(t, Options{Snapshots: [][]byte{bigsite.Snapshot(1200, 1, 0, 1)}})
	c.enter("big")
	const query = `{workbooksConnection(first:1100){pageInfo{hasNextPage} nodes{id}}}`
	got := c.query(query)
	c.want("nodes", got.text("data.workbooksConnection.nodes.#"), "1000")
	c.want("warning", got.text("errors.0.extensions.code")+" "+got.text("errors.0.extensions.severity"), "MAX_PAGE_SIZE_EXCEEDED WARNING")
	c.s.Set(func(sw *Switches) { sw.SilentClamp = true })
	got = c.query(query)
	c.want("silent", got.text("data.workbooksConnection.nodes.#")+got.get("errors").Raw, "1000")
	c.want("default", c.query(`{workbooksConnection{nodes{id}}}`).text("data.workbooksConnection.nodes.#"), "100")
}

func TestFilters(t *testing.T) {
	c := enter(t, Options{})
	for _, tc := range []struct{ filter, want string }{
		{`{id:"d-sql"}`, "d-sql"},
		{`{luidWithin:["v-over","v-sql"]}`, "d-over d-sql"},
		{`{luidWithin:"v-over"}`, "d-over"},
		{`{luid:""}`, "d-hidden"},
		{`{name:"story"}`, ""}, // exact and with case
		{`{nameWithin:["Story","SQL"],idWithin:["d-story"]}`, "d-story"},
		{`{idWithin:["d-sql","d-sql"]}`, "d-sql d-sql"}, // a doubled value doubles
		{`{idWithin:[]}`, ""},
		{`{}`, "d-hidden d-over d-slash d-sql d-story"},
	} {
		got := c.query(`{dashboards(filter:` + tc.filter + `){id}}`)
		c.want(tc.filter, got.texts("data.dashboards.#.id"), tc.want)
	}
	byVariable := c.query(`query($f:Dashboard_Filter){dashboards(filter:$f){id}}`, "f", map[string]any{"idWithin": []string{"d-sql"}})
	c.want("variable", byVariable.texts("data.dashboards.#.id"), "d-sql")
	single := c.query(`query($f:Dashboard_Filter){dashboards(filter:$f){id}}`, "f", map[string]any{"idWithin": "d-sql"})
	c.want("single value for a list", single.texts("data.dashboards.#.id"), "d-sql")

	ids := make([]string, graphql.MaxFilterIDs+1)
	long := c.query(`query($i:[ID]){dashboards(filter:{idWithin:$i}){id}}`, "i", ids)
	c.want("too long a filter", long.code()+long.body, "OK")
}
