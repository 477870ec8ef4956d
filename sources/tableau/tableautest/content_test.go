package tableautest

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest/bigsite"
)

func TestImages(t *testing.T) {
	c := enter(t, Options{})
	for _, path := range []string{
		"workbooks/wl-sales/views/v-over/previewImage", "workbooks/wl-sales/previewImage", "views/v-over/image?resolution=high",
	} {
		got := c.rest(path)
		c.want(path, got.header.Get("Content-Type"), "image/png")
		if _, err := png.Decode(bytes.NewReader([]byte(got.body))); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{
		"workbooks/wl-old/views/v-over/previewImage", "workbooks/none/previewImage", "views/none/image",
	} {
		c.want(path, c.rest(path).code(), "404006")
	}
}

func TestDownloads(t *testing.T) {
	c := enter(t, Options{Files: map[string]File{"wl-old": {Name: "old ☕.twbx", Data: []byte("PK\x03\x04")}}})
	old := c.rest("workbooks/wl-old/content?includeExtract=False")
	c.want("given", old.body, "PK\x03\x04")
	if d := old.header.Get("Content-Disposition"); !strings.Contains(d, "filename*=utf-8''old") {
		t.Error(d)
	}
	stub := c.rest("workbooks/wl-sales/content")
	if !strings.Contains(stub.body, "<workbook ") || !strings.Contains(stub.header.Get("Content-Disposition"), "Sales.twb") {
		t.Errorf("%v %s", stub.header, stub.body)
	}
	if ds := c.rest("datasources/pl-gov/content"); !strings.Contains(ds.body, "<datasource ") {
		t.Error(ds.body)
	}
	c.want("unknown", c.rest("datasources/none/content").code(), "404006")
}

func TestCollections(t *testing.T) {
	c := enter(t, Options{RESTVersion: "3.28"})
	list := c.get("/api/-/collections")
	c.want("list", list.texts("items.#.name"), "Favourites")
	luid := list.text("items.0.luid")
	c.want("one", c.get("/api/-/collections/"+luid).text("ownerAlias"), "ann@example.com")
	items := c.get("/api/-/collections/" + luid + "/items")
	c.want("items", items.texts("items.#.content.luid"), "wl-sales wl-old")
	c.want("type", items.text("items.0.contentType"), "workbook")
	c.want("unknown", c.get("/api/-/collections/none").code(), "404003")
	c.want("items of unknown", c.get("/api/-/collections/none/items").code(), "404003")

	older := enter(t, Options{RESTVersion: "3.27"})
	for _, path := range []string{"/api/-/collections", "/api/-/collections/" + luid, "/api/-/collections/" + luid + "/items"} {
		older.want("before 3.28", older.get(path).code(), "404003")
	}
}

// Each shape has names and a way to the next page of its own.
func TestCollectionShapes(t *testing.T) {
	shop := Collection{LUID: "c-1", Name: "Shop"}
	for _, item := range [][2]string{{"workbook", "wl-sales"}, {"view", "v-over"}, {"view", "none"}, {"datasource", "pl-gov"}, {"flow", "f"}} {
		shop.Items = append(shop.Items, CollectionItem{Type: item[0], LUID: item[1]})
	}
	c := enter(t, Options{RESTVersion: "3.28", Collections: []Collection{shop, {LUID: "c-2", Name: "Empty"}}, Switches: Switches{CollectionPage: 1}})
	for shape, want := range []struct{ names, next, second, last, items string }{
		{"items.#.name", "next_page_token", "?page_token=1", "", "items.#.content.luid"},
		{"collections.#.name", "nextPageToken", "?pageToken=1", "", "items.#.id"},
		{"hits.items.#.content.title", "hits.next", "?page=1", "", "hits.items.#.content.luid"},
	} {
		c.s.Set(func(sw *Switches) { sw.Collections, sw.CollectionPage = CollectionShape(shape), 1 })
		first, second := c.get("/api/-/collections"), c.get("/api/-/collections"+want.second)
		c.want("pages", first.texts(want.names)+" "+second.texts(want.names), "Shop Empty")
		if next := first.text(want.next); next == "" || !strings.HasSuffix(want.second, next[strings.IndexByte(next, '=')+1:]) {
			t.Errorf("next: %q", next)
		}
		c.want("the end", second.text(want.next), "")
		c.s.Set(func(sw *Switches) { sw.CollectionPage = 0 })
		c.want("items", c.get("/api/-/collections/c-1/items").texts(want.items), "wl-sales v-over pl-gov f")
	}
	c.s.Set(func(sw *Switches) { sw.CollectionPage, sw.StuckCursor = 1, true })
	c.want("stuck", c.get("/api/-/collections").text("hits.next"), "/api/-/collections?page=0")
}

// The collections of a snapshot are offered again.
func TestCollectionsOfSnapshot(t *testing.T) {
	rest := `"rest": {"collections":[{"luid":"c-9","name":"Told","items":[{"contentType":"workbook","content":{"luid":"wl-old"}}]}],`
	c := enter(t, Options{RESTVersion: "3.28", Snapshots: [][]byte{[]byte(strings.Replace(string(testdata(t, "site.json")[0]), `"rest": {`, rest, 1))}})
	c.want("names", c.get("/api/-/collections").texts("items.#.name"), "Told")
	c.want("items", c.get("/api/-/collections/c-9/items").texts("items.#.content.luid"), "wl-old")
}

func TestSearch(t *testing.T) {
	c := enter(t, Options{})
	find := func(query string) answered { return c.get("/api/-/search?" + query) }
	c.want("collections", find("filter=type:eq:collection").texts("hits.items.#.content.title"), "Favourites")
	page := find("filter=type:eq:workbook&limit=2&page=1")
	c.want("second page", page.texts("hits.items.#.content.luid"), "wl-mine")
	c.want("place", page.text("hits.pageIndex")+" "+page.text("hits.startIndex")+" "+page.text("hits.total"), "1 2 3")
	if next := find("filter=type:eq:workbook&limit=2").get("hits.next"); !next.Exists() {
		t.Error("no next page")
	}
	c.want("terms", find("terms=overv").texts("hits.items.#.content.luid"), "v-over")
	c.want("by hits", find("filter=type:eq:view&order_by=hitsTotal:desc").texts("hits.items.#.content.hitsTotal"), "120 7")
	c.want("behind the end", find("page=99999999").get("hits.items").Raw, "[]")
	c.want("before the start", find("page=-5&filter=type:eq:collection").texts("hits.items.#.content.title"), "Favourites")
}

// The connections of a workbook that REST was never asked about.
func TestGuessedConnections(t *testing.T) {
	c := start(t, Options{Snapshots: [][]byte{bigsite.Snapshot(1, 1, 1, 1)}})
	c.enter("big")
	luid := c.query(`{workbooks{luid}}`).text("data.workbooks.0.luid")
	got := c.rest("workbooks/" + luid + "/connections").get("connections.connection")
	c.want("kind and place", got.Get("0.type").String()+" "+got.Get("0.serverAddress").String(), "postgres db.example.com")
	c.want("joined by name", got.Get("0.datasource.name").String(), "Data source 000000")

	shop := enter(t, Options{Snapshots: [][]byte{[]byte(strings.Replace(string(testdata(t, "site.json")[0]), "workbookConnections", "unused", 1))}})
	shop.want("through a published one", shop.rest("workbooks/wl-sales/connections").texts("connections.connection.#.type"), "snowflake sqlproxy")
}
