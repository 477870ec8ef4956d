package tableautest

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestLists(t *testing.T) {
	c := enter(t, Options{})
	for _, tc := range []struct{ path, at, want string }{
		{"projects", "projects.project.#.parentProjectId", "p-sales"},
		{"projects", "projects.project.0.owner.id", "u-ann"},
		{"workbooks", "workbooks.workbook.#.name", "Sales Sales Alpha"},
		{"workbooks", "workbooks.workbook.0.project.id", "p-sales"},
		{"workbooks", "workbooks.workbook.0.contentUrl", "Sales"},
		{"workbooks", "workbooks.workbook.0.webpageUrl", "https://tableau.example.com/#/site/shop/workbooks/11"},
		{"workbooks", "workbooks.workbook.0.tags.tag.0.label", "gold"},
		{"workbooks", "workbooks.workbook.2.location.type", "PersonalSpace"},
		{"workbooks/wl-sales", "workbook.owner.name", "ann@example.com"},
		{"workbooks/wl-sales/views", "views.view.#.id", "v-over v-slash"},
		{"workbooks/wl-sales/connections", "connections.connection.0.serverPort", "5432"},
		{"workbooks/wl-old/connections", "connections", "{}"},
		{"views/v-slash", "view.name", "A/B #1 ☕"},
		{"datasources", "datasources.datasource.#.id", "pl-gov pl-base"},
		{"datasources/pl-gov", "datasource.isCertified", "true"},
		{"datasources/pl-base/connections", "connections.connection.#.type", "snowflake"},
		{"datasources/none/connections", "error.code", "404006"},
		{"users", "users.user.#.fullName", "Ann Bo"},
		{"users/u-bo", "user.siteRole", "Viewer"},
		{"workbooks/none", "error.code", "404006"},
		{"workbooks/none/views", "error.code", "404006"},
		{"workbooks/none/connections", "error.code", "404006"},
		{"views/none", "error.code", "404006"},
		{"users/none", "error.code", "404002"},
		{"nonsense", "error.code", "404003"},
	} {
		got := c.rest(tc.path)
		value := got.text(tc.at)
		if got.get(tc.at).IsArray() {
			value = got.texts(tc.at)
		}
		c.want(tc.path+" "+tc.at, value, tc.want)
	}
}

// What a snapshot without a "rest" part implies.
func TestListsWithoutREST(t *testing.T) {
	c := start(t, Options{})
	c.enter("")
	c.want("projects", c.rest("projects").texts("projects.project.#.id"), "p-1")
	c.want("users", c.rest("users").texts("users.user.#.name"), "admin")
	c.want("views", c.rest("views").texts("views.view.#.contentUrl"), "Onlyone/sheets/One")
	c.want("views of", c.rest("views").texts("views.view.#.workbook.id"), "wl-1")
	c.want("tags", c.rest("workbooks").get("workbooks.workbook.0.tags").Raw, "{}")
}

func TestPagingAndNumbersAsText(t *testing.T) {
	c := enter(t, Options{})
	got := c.rest("workbooks?pageSize=2&pageNumber=2")
	c.want("page", got.texts("workbooks.workbook.#.name"), "Alpha")
	c.want("pagination", got.get("pagination").Raw, `{"pageNumber":"2","pageSize":"2","totalAvailable":"3"}`)
	c.want("behind the end", c.rest("workbooks?pageSize=2&pageNumber=3").code(), "400006")
	c.want("far behind", c.rest("workbooks?pageNumber=999999999&pageSize=1000").code(), "400006")
	c.want("first page of nothing", c.rest("workbooks?filter=name:eq:x").get("workbooks").Raw, "{}")
	c.want("capped", c.rest("workbooks?pageSize=5000").text("pagination.pageSize"), "1000")
	c.want("default", c.rest("workbooks").text("pagination.pageSize"), "100")
}

func TestListShapes(t *testing.T) {
	for _, tc := range []struct {
		shape            ListShape
		none, one, three string
	}{
		{WrappedLists, `{}`, `{"workbook":[{`, `{"workbook":[{`},
		{SingleObjects, `{}`, `{"workbook":{"`, `{"workbook":[{`},
		{BareLists, `{}`, `[{`, `[{`},
	} {
		c := enter(t, Options{Switches: Switches{Lists: tc.shape}})
		c.want("none", c.rest("workbooks?filter=name:eq:x").get("workbooks").Raw, tc.none)
		for _, part := range []struct{ filter, want string }{{"name:eq:Alpha", tc.one}, {"", tc.three}} {
			if raw := c.rest("workbooks?filter=" + part.filter).get("workbooks").Raw; !strings.HasPrefix(raw, part.want) {
				t.Errorf("shape %d, filter %q: %.60s", tc.shape, part.filter, raw)
			}
		}
	}
	c := enter(t, Options{Switches: Switches{BooleansAsText: true}})
	c.want("boolean", c.rest("datasources/pl-gov").get("datasource.isCertified").Raw, `"true"`)
	c.s.Set(func(sw *Switches) { sw.BooleansAsText = false })
	c.want("boolean", c.rest("datasources/pl-gov").get("datasource.isCertified").Raw, `true`)
}

func TestFilterAndSort(t *testing.T) {
	c := enter(t, Options{})
	for _, tc := range []struct{ query, want string }{
		{"filter=projectName:eq:Old", "wl-old"},
		{"filter=name:in:[Alpha,Beta]", "wl-mine"},
		{"filter=name:cieq:alpha", "wl-mine"},
		{"filter=name:has:al,ownerName:eq:bo@example.com", "wl-old"},
		{"filter=updatedAt:gt:2025-01-01T00:00:00Z", "wl-sales"},
		{"filter=updatedAt:lte:2024-01-02T00:00:00Z&sort=name:asc", "wl-mine wl-old"},
		{"sort=createdAt:desc", "wl-sales wl-old wl-mine"},
		{"sort=name:desc,createdAt:asc", "wl-old wl-sales wl-mine"},
		{"filter=tags:eq:gold", "wl-sales"},
		{"filter=tags:in:[lead,gold],name:eq:Sales", "wl-sales"},
		{"filter=nonsense", "wl-sales wl-old wl-mine"},
	} {
		c.want(tc.query, c.rest("workbooks?"+tc.query).texts("workbooks.workbook.#.id"), tc.want)
	}
}

func TestUsage(t *testing.T) {
	c := enter(t, Options{})
	c.want("not asked for", c.rest("views").texts("views.view.#.usage.totalViewCount"), "")
	with := c.rest("views?includeUsageStatistics=true")
	c.want("all", with.texts("views.view.#.usage.totalViewCount"), "7 120")
	c.want("as text", with.get("views.view.0.usage.totalViewCount").Raw, `"7"`)
	c.want("one", c.rest("views/v-over?includeUsageStatistics=True").text("view.usage.totalViewCount"), "7")
	c.want("of a workbook", c.rest("workbooks/wl-sales/views?includeUsageStatistics=true").texts("views.view.#.usage.totalViewCount"), "7 120")
}

// A request for usage gets that of every view, whatever the snapshot has.
func TestUsageOfEveryView(t *testing.T) {
	site := strings.Replace(string(testdata(t, "site.json")[0]), `, "usage": {"totalViewCount": "7"}`, "", 1)
	c := enter(t, Options{Snapshots: [][]byte{[]byte(site)}})
	c.want("usage", c.rest("views?includeUsageStatistics=true").texts("views.view.#.usage.totalViewCount"), "0 120")
}

func TestListsInXML(t *testing.T) {
	c := enter(t, Options{})
	got := c.get("/api/3.22/sites/"+c.site+"/workbooks", "Accept", "application/xml")
	var doc struct {
		Pagination struct {
			Total int `xml:"totalAvailable,attr"`
		} `xml:"pagination"`
		Workbooks []struct {
			Name    string `xml:"name,attr"`
			Project struct {
				Name string `xml:"name,attr"`
			} `xml:"project"`
		} `xml:"workbooks>workbook"`
	}
	if err := xml.Unmarshal([]byte(got.body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Pagination.Total != 3 || len(doc.Workbooks) != 3 || doc.Workbooks[1].Project.Name != "Old" {
		t.Errorf("%+v", doc)
	}
}
