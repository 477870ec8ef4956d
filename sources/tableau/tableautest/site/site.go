// Package site reads snapshots into sites as a server shows them: the objects that queries
// find, and the lists of REST. It knows no request and no switch.
package site

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"darkroom/sources/tableau/tableautest/element"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// maxSnapshot bounds an unpacked snapshot, in bytes.
const maxSnapshot = 1 << 30

// FormatPrefix is how "format" begins (sources/tableau/snapshot/format.go).
const FormatPrefix = "darkroom-tableau-snapshot/"

// Site is one Tableau site as read from snapshots; it does not change.
type Site struct {
	LUID, ContentURL, Name string
	Store                  *sitedata.Store
	Admin                  *sitedata.Object // a TableauUser: the first owner

	// What REST lists.
	Projects, Users, Views, Workbooks, Datasources []element.Element
	ViewUsage                                      map[string]element.Element   // by view LUID
	Connections                                    map[string][]element.Element // by LUID of workbook or data source
	Collections                                    []Collection                 // nil: the snapshot has none

	num    int              // as in "sites/1"
	home   string           // where the snapshot was taken, as in its web links
	self   *sitedata.Object // a TableauSite
	things map[string]map[string]*sitedata.Object
}

// Find is the "workbook", "datasource" or "flow" of a LUID, nil for none.
func (st *Site) Find(kind, luid string) *sitedata.Object { return st.things[kind][luid] }

type snapshotDoc struct {
	Format string
	Server string
	Site   struct {
		ContentURL string `json:"contentUrl"`
		Name       string
	}
	REST       map[string]any
	Columns    columnsDoc
	Incomplete map[string]map[string]string
	Metadata   map[string]any
}

// readSnapshot parses one document, plain or gzipped.
func readSnapshot(data []byte) (snapshotDoc, error) {
	var doc snapshotDoc
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		zr, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return doc, err
		}
		if data, err = io.ReadAll(io.LimitReader(zr, maxSnapshot)); err != nil {
			return doc, err
		}
	}
	in := json.NewDecoder(bytes.NewReader(data))
	in.UseNumber()
	if err := in.Decode(&doc); err != nil {
		return doc, err
	}
	if !strings.HasPrefix(doc.Format, FormatPrefix) || doc.Metadata == nil {
		return doc, fmt.Errorf("not a snapshot: format %q, metadata present: %t", doc.Format, doc.Metadata != nil)
	}
	return doc, nil
}

// Read makes one site of all documents with the same content URL.
func Read(snapshots [][]byte, schema *ast.Schema) ([]*Site, error) {
	var sites []*Site
	byURL := map[string]*Site{}
	rest := map[string]map[string]any{}
	for i, data := range snapshots {
		doc, err := readSnapshot(data)
		if err != nil {
			return nil, fmt.Errorf("snapshot %d: %w", i, err)
		}
		url := doc.Site.ContentURL
		st := byURL[url]
		if st == nil {
			st = &Site{
				LUID: sitedata.StableID("site", url), ContentURL: url, Name: doc.Site.Name, num: len(sites) + 1,
				home: strings.TrimSuffix(doc.Server, "/"), Store: sitedata.NewStore(schema),
			}
			byURL[url], rest[url] = st, map[string]any{}
			sites = append(sites, st)
		}
		maps.Copy(rest[url], doc.REST)
		doc.addColumns()
		st.Store.Load(doc.Metadata)
	}
	for _, st := range sites {
		st.complete()
		st.buildREST(rest[st.ContentURL])
	}
	return sites, nil
}

// complete adds what no snapshot has: the site itself, and an owner where there is
// none, since the API always gives one.
func (st *Site) complete() {
	types := st.Store.Schema.Types
	st.self = st.Store.Absorb(types["TableauSite"], map[string]any{
		"id": sitedata.StableID("TableauSite", st.ContentURL), "luid": st.LUID, "name": st.Name, "uri": fmt.Sprintf("sites/%d", st.num),
	}, "")
	if users := st.Store.All["TableauUser"]; len(users) > 0 {
		st.Admin = users[0]
		return
	}
	st.Admin = st.Store.Absorb(types["TableauUser"], map[string]any{
		"luid": sitedata.StableID("admin", st.ContentURL), "username": "admin", "name": "Site administrator",
	}, "")
}

// Number is as in "sites/1".
func (st *Site) Number() int { return st.num }

// One is the object under a field that is not a list, nil for none.
func (st *Site) One(o *sitedata.Object, field string) *sitedata.Object {
	if found := st.Store.Links(o, field); len(found) > 0 {
		return found[0]
	}
	switch o.Def.Fields.ForName(field).Type.String() {
	case "TableauSite!":
		return st.self
	case "TableauUser!":
		return st.Admin
	}
	return nil
}
