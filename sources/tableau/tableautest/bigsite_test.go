package tableautest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/tableau/tableautest/graphql"
)

func TestBigSite(t *testing.T) {
	data := bigsite.Snapshot(7, 3, 2, 5)
	if !bytes.Equal(data, bigsite.Snapshot(7, 3, 2, 5)) {
		t.Fatal("not the same twice")
	}
	c := start(t, Options{Snapshots: [][]byte{data}})
	c.enter("big")
	got := c.query(`{workbooksConnection{totalCount} dashboardsConnection{totalCount} sheetsConnection{totalCount} databaseTablesConnection{totalCount}}`)
	c.want("counts", got.get("data.*.totalCount").String()+got.texts("data.@values.#.totalCount"), "77 21 42 5")
	got = c.query(`{workbooks{dashboards{workbook{id} sheets{workbook{id} containedInDashboards{id}} upstreamTables{id ... on DatabaseTable{fullName}}}
		embeddedDatasources{upstreamTables{id}} upstreamTables{id}}}`)
	c.want("dangling links", got.get("errors").Raw, "")
	c.want("dashboards", got.text("data.workbooks.6.dashboards.#"), "3")
	c.want("tables", got.text("data.workbooks.6.dashboards.2.upstreamTables.#"), "3")
	c.want("REST", c.rest("views?pageSize=1").text("pagination.totalAvailable"), "21")

	for _, size := range [][4]int{{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 1, 1, 1}, {1, 0, 5, 2}} {
		if err := New(Options{Snapshots: [][]byte{bigsite.Snapshot(size[0], size[1], size[2], size[3])}}).Err(); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
}

func TestGzippedSnapshot(t *testing.T) {
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	fmt.Fprintf(zw, "%s", testdata(t, "site.json")[0])
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	c := enter(t, Options{Snapshots: [][]byte{b.Bytes()}})
	c.want("workbooks", c.query(anyQuery).text("data.workbooks.#"), "3")
}

// The sites darkroom is shipped with, if they have been generated.
func TestExampleSites(t *testing.T) {
	paths, err := filepath.Glob("../../../examples/*/tableau/*.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("no snapshots in examples/*/tableau: run examples/rebuild.sh")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := New(Options{Snapshots: [][]byte{data}})
		if s.Err() != nil {
			t.Fatalf("%s: %v", path, s.Err())
		}
		c := &client{t: t, s: s, url: s.Serve(t), v: "3.22"}
		c.http = defaultClient()
		c.enter(s.sites[0].ContentURL)
		got := c.query(`{workbooksConnection(first:1000){nodes{id name owner{email} tags{name} dashboards{id name path workbook{id}
			sheets{id parentEmbeddedDatasources{id} upstreamDatasources{id ... on PublishedDatasource{luid}}} upstreamTables{id}}
			embeddedDatasources{id hasExtracts upstreamTables{id name database{name}} parentPublishedDatasources{luid}}}}}`)
		c.want(path, got.get("errors").Raw, "")
		if got.get("data.workbooksConnection.nodes.#").Int() == 0 || c.rest("views").get("views.view.#").Int() == 0 {
			t.Errorf("%s: empty", path)
		}
	}
}

// What a page costs on a large site: the first sorts, the others are looked up.
func BenchmarkPages(b *testing.B) {
	s := New(Options{Snapshots: [][]byte{bigsite.Snapshot(1000, 10, 10, 500)}})
	if s.Err() != nil {
		b.Fatal(s.Err())
	}
	c := &call{Server: s, site: s.sites[0]}
	for b.Loop() {
		in := graphqlRequest{Query: `{sheetsConnection(first:1000,offset:50000,orderBy:{field:NAME,direction:ASC}){nodes{id name workbook{id} upstreamTables{id}}}}`}
		op, doc, problems := c.prepare(in)
		if problems != nil {
			b.Fatal(problems)
		}
		x := graphql.NewExecutor(c.behaviour(), c.site, c.schema, c.site.Store, doc, nil, 0)
		if out := c.execute(x, op); len(out.body) < 1000 {
			b.Fatal(string(out.body))
		}
	}
}
