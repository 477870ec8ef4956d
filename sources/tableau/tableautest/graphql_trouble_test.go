package tableautest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest/bigsite"
)

const byName = `query($first:Int,$after:String){
	workbooksConnection(first:$first,after:$after,orderBy:{field:NAME,direction:ASC}){
		pageInfo{hasNextPage endCursor} nodes{id owner{name} dashboards{id sheets{id}}}}}`

func bigClient(t *testing.T, sw Switches) *client {
	c := start(t, Options{Snapshots: [][]byte{bigsite.Snapshot(10, 3, 2, 5)}, Switches: sw})
	c.enter("big")
	return c
}

// A workbook with its owner, 3 dashboards and 6 sheets is 11 nodes.
func TestNodeLimit(t *testing.T) {
	c := bigClient(t, Switches{NodeLimit: 33})
	small := c.query(byName, "first", 3)
	c.want("small enough", small.get("errors").Raw, "")
	c.want("counted", fmt.Sprint(c.s.Stats().MaxNodes), "33")

	big := c.query(byName, "first", 5)
	c.want("code", big.text("errors.0.extensions.code")+" "+big.text("errors.0.extensions.severity"), "NODE_LIMIT_EXCEEDED WARNING")
	c.want("limit", big.text("errors.0.extensions.properties.nodeLimit"), "33")
	c.want("message", big.text("errors.0.message"), "Showing partial results. The request exceeded the 33 node limit. "+
		"Use pagination, additional filtering, or both in the query to adjust results.")
	c.want("partial", big.text("data.workbooksConnection.nodes.#"), "3")
	if !big.get("data.workbooksConnection.pageInfo.endCursor").Exists() {
		t.Error("the page info is cut")
	}
	c.s.Set(func(sw *Switches) { sw.NodeLimit = -1 })
	c.want("without limit", c.query(byName, "first", 5).get("errors").Raw, "")
	c.s.Set(func(sw *Switches) { sw.NodeLimit = 0 })
	c.want("the usual limit", c.query(byName, "first", 10).get("errors").Raw, "")
}

// Where the cut falls on a field that must not be null.
func TestNullInNonNull(t *testing.T) {
	c := bigClient(t, Switches{NodeLimit: 12})
	got := c.query(byName, "first", 2)
	c.want("kept", got.text("data.workbooksConnection.nodes.1.owner.name")+got.text("errors.#"), "User 1"+"1")
	c.s.Set(func(sw *Switches) { sw.NullInNonNull = true })
	got = c.query(byName, "first", 2)
	c.want("null", got.get("data.workbooksConnection.nodes.1.owner").Raw, "null")
	c.want("said", got.text("errors.0.extensions.classification"), "NullValueInNonNullableField")
	c.want("where", got.get("errors.0.path").Raw, `["workbooksConnection","nodes",1,"owner"]`)
	c.want("severity", got.get("errors.0.extensions.severity").Raw, "")
	c.want("and the limit", got.text("errors.1.extensions.code"), "NODE_LIMIT_EXCEEDED")
}

func TestTimeLimits(t *testing.T) {
	c := bigClient(t, Switches{TimeoutNodes: 33})
	c.want("small enough", c.query(byName, "first", 3).get("errors").Raw, "")
	got := c.query(byName, "first", 4)
	c.want("timeout", got.body,
		`{"data":null,"errors":[{"locations":[],"message":"Execution canceled because timeout of 30000 millis was reached"}]}`)

	c = bigClient(t, Switches{TimeLimitNodes: 33})
	c.want("small enough", c.query(byName, "first", 3).get("errors").Raw, "")
	got = c.query(byName, "first", 4)
	c.want("time limit", got.get("errors.0").Raw,
		`{"extensions":null,"message":"Reached time limit of PT5S for query execution.","path":null}`)
	c.want("partial", got.text("data.workbooksConnection.nodes.#"), "3")
}

func TestCodedErrors(t *testing.T) {
	c := enter(t, Options{})
	for code, data := range map[string]bool{
		"RATE_EXCEEDED": false, "ACCESS_DENIED": false, "SITE_DISABLED": false, "FILTER_REQUIRED": false, "FEATURE_DISABLED": false,
		"BACKFILL_RUNNING": true, "LINKED_RESULTS_INCOMPLETE": true, "PERMISSIONS_MODE_SWITCHED": true, "TIME_LIMIT_EXCEEDED": true,
	} {
		c.s.Inject(MetadataError(code))
		got := c.query(anyQuery)
		severity := map[bool]string{true: "WARNING", false: "ERROR"}[data]
		c.want(code, got.text("errors.0.extensions.code")+" "+got.text("errors.0.extensions.severity"), code+" "+severity)
		c.want(code+" data", fmt.Sprint(got.get("data.workbooks").Exists()), fmt.Sprint(data))
		if !got.get("data").Exists() || got.text("errors.0.message") == "" {
			t.Errorf("%s: %s", code, got.body)
		}
	}
	c.s.Inject(MetadataError("TIMEOUT"), MetadataError("TIME_LIMIT"))
	c.want("timeout", c.query(anyQuery).get("data").Raw, "null")
	c.want("time limit", c.query(anyQuery).text("data.workbooks.#"), "3")
	c.want("over", c.query(anyQuery).get("errors").Raw, "")
}

func TestMetadataSwitchedOff(t *testing.T) {
	c := enter(t, Options{Switches: Switches{Metadata: MetadataNotFound}})
	c.want("404", fmt.Sprint(c.query(anyQuery).status), "404")
	c.s.Set(func(sw *Switches) { sw.Metadata = MetadataForbidden })
	got := c.query(anyQuery)
	c.want("FEATURE_DISABLED", got.text("errors.0.extensions.code")+got.get("data").Raw, "FEATURE_DISABLEDnull")

	old := enter(t, Options{RESTVersion: "3.4"})
	old.want("before REST 3.5", fmt.Sprint(old.query(anyQuery).status), "404")
}

func TestBackfill(t *testing.T) {
	c := enter(t, Options{})
	const status = "/api/metadata/v1/control/backfill/status"
	c.want("done", c.get(status).text("status"), "COMPLETE")
	c.s.Set(func(sw *Switches) { sw.BackfillRunning = true })
	c.want("running", c.get(status).text("status"), "RUNNING")
	c.want("eventing", c.get("/api/metadata/v1/control/eventing/status").text("status"), "COMPLETE")
	got := c.query(anyQuery)
	c.want("with data", got.text("errors.0.extensions.code")+got.text("data.workbooks.#"), "BACKFILL_RUNNING3")
}

// walk pages through the dashboards, at most that many times.
func (c *client) walk(query string, most int) (ids []string, empty int) {
	c.t.Helper()
	var after any
	for range most {
		page := c.query(query, "first", 2, "after", after).page()
		nodes := page.Get("nodes.#.id").Array()
		for _, n := range nodes {
			ids = append(ids, n.String())
		}
		if len(nodes) == 0 {
			empty++
		}
		if !page.Get("pageInfo.hasNextPage").Bool() {
			return ids, empty
		}
		if next := page.Get("pageInfo.endCursor").String(); next != after {
			after = next
			continue
		}
		return ids, empty
	}
	c.t.Errorf("no end after %d pages", most)
	return ids, empty
}

const unordered = `query($first:Int,$after:String){
	dashboardsConnection(first:$first,after:$after){pageInfo{hasNextPage endCursor} nodes{id}}}`

const inOrder = "d-hidden d-over d-slash d-sql d-story"

func TestEmptyPages(t *testing.T) {
	c := enter(t, Options{Switches: Switches{EmptyPages: true}})
	ids, empty := c.walk(unordered, 10)
	c.want("all in order", strings.Join(ids, " "), inOrder)
	if empty != 3 {
		t.Errorf("%d empty pages", empty)
	}
}

func TestStuckCursor(t *testing.T) {
	c := enter(t, Options{Switches: Switches{StuckCursor: true}})
	first := c.query(unordered, "first", 2).page().Get("pageInfo.endCursor").String()
	for range 3 {
		page := c.query(unordered, "first", 2, "after", first).page()
		c.want("again", page.Get("pageInfo.endCursor").String()+page.Get("pageInfo.hasNextPage").Raw, first+"true")
	}
}

func TestDuplicates(t *testing.T) {
	c := enter(t, Options{Switches: Switches{Duplicates: true}})
	ids, _ := c.walk(unordered, 10)
	c.want("each page begins with the last of the one before", strings.Join(ids, " "), "d-hidden d-over d-over d-slash d-sql d-sql d-story")
}

func TestUnstableOrder(t *testing.T) {
	c := bigClient(t, Switches{})
	stable, _ := c.walk(unordered, 100)
	if len(stable) != 30 || !slices.IsSorted(stable) {
		t.Errorf("by id: %v", stable)
	}
	c.s.Set(func(sw *Switches) { sw.UnstableOrder = true })
	orders := map[string]bool{}
	for range 5 {
		orders[c.query(`{dashboards{id} dashboardsConnection{nodes{id}}}`).texts("data.dashboardsConnection.nodes.#.id")] = true
	}
	if len(orders) != 5 {
		t.Errorf("%d orders in 5 requests", len(orders))
	}
	ordered := strings.Replace(unordered, "after:$after", "after:$after,orderBy:{field:ID,direction:ASC}", 1)
	ids, _ := c.walk(ordered, 100)
	c.want("with orderBy", strings.Join(ids, " "), strings.Join(stable, " "))
}

func TestRedaction(t *testing.T) {
	c := enter(t, Options{Switches: Switches{Redact: RedactTypes("DatabaseTable", "DatabaseServer")}})
	const query = `query($m:PermissionMode){databaseTables(permissionMode:$m,filter:{id:"t-orders"}){id luid name fullName schema connectionType database{id name}}}`
	c.want("obfuscated", c.query(query).get("data.databaseTables").Raw,
		`[{"id":"t-orders","luid":"tl-orders","name":null,"fullName":null,"schema":null,"connectionType":"snowflake","database":{"id":"db-1","name":null}}]`)
	c.want("filtered", c.query(query, "m", "FILTER_RESULTS").get("data.databaseTables").Raw, "[]")
	total := c.query(`{databaseTablesConnection(permissionMode:FILTER_RESULTS){totalCount}}`)
	c.want("total", total.text("data.databaseTablesConnection.totalCount"), "0")
	nested := c.query(`{flows{upstreamTables(permissionMode:FILTER_RESULTS){id}}}`)
	c.want("nested", nested.get("data.flows.0.upstreamTables").Raw, "[]")
	c.want("others", c.query(`{customSQLTables{name}}`).text("data.customSQLTables.0.name"), "Custom SQL Query")

	c.s.Set(func(sw *Switches) { sw.Redact = func(_, id string) bool { return id == "t-file" } })
	c.want("one only", c.query(`{databaseTables{name}}`).get("data.databaseTables.#.name").Raw, `["analytics.customers",null,"ORDERS"]`)
}

func TestSensitiveFilters(t *testing.T) {
	c := enter(t, Options{Switches: Switches{SensitiveFilters: true, Redact: RedactTypes("Workbook")}})
	got := c.query(`{workbooksConnection(filter:{projectNameWithin:["Sales"]}){nodes{id}}}`)
	c.want("error", got.get("errors.0.extensions").Raw,
		`{"code":"PERMISSIONS_MODE_SWITCHED","properties":{"workbooksConnection":["projectNameWithin"]},"severity":"WARNING"}`)
	c.want("filtered", got.get("data.workbooksConnection.nodes").Raw, "[]")
	plain := c.query(`{workbooks(filter:{idWithin:["w-old"]}){id name}}`)
	c.want("another filter", plain.get("data.workbooks").Raw+plain.get("errors").Raw, `[{"id":"w-old","name":null}]`)
}
