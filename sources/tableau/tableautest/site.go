package tableautest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// maxSnapshot bounds an unpacked snapshot, in bytes.
const maxSnapshot = 1 << 30

// snapshotPrefix is how "format" begins (sources/tableau/snapshot/format.go).
const snapshotPrefix = "darkroom-tableau-snapshot/"

// site is one Tableau site as read from snapshots; it does not change.
type site struct {
	luid, contentURL, name string
	num                    int    // as in "sites/1"
	home                   string // where the snapshot was taken, as in its web links
	store                  *sitedata.Store
	self, admin            *sitedata.Object // TableauSite and TableauUser

	projects, users, views, workbooks, datasources []elem
	viewUsage                                      map[string]elem   // by view LUID
	connections                                    map[string][]elem // by workbook LUID
	workbook, datasource, flow                     map[string]*sitedata.Object
	collections                                    []Collection
}

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
	if !strings.HasPrefix(doc.Format, snapshotPrefix) || doc.Metadata == nil {
		return doc, fmt.Errorf("not a snapshot: format %q, metadata present: %t", doc.Format, doc.Metadata != nil)
	}
	return doc, nil
}

// readSites makes one site of all documents with the same content URL.
func readSites(snapshots [][]byte, schema *ast.Schema) ([]*site, error) {
	var sites []*site
	byURL := map[string]*site{}
	rest := map[string]map[string]any{}
	for i, data := range snapshots {
		doc, err := readSnapshot(data)
		if err != nil {
			return nil, fmt.Errorf("snapshot %d: %w", i, err)
		}
		url := doc.Site.ContentURL
		st := byURL[url]
		if st == nil {
			st = &site{
				luid: sitedata.StableID("site", url), contentURL: url, name: doc.Site.Name, num: len(sites) + 1,
				home: strings.TrimSuffix(doc.Server, "/"), store: sitedata.NewStore(schema),
			}
			byURL[url], rest[url] = st, map[string]any{}
			sites = append(sites, st)
		}
		for key, value := range doc.REST {
			rest[url][key] = value
		}
		doc.addColumns()
		st.store.Load(doc.Metadata)
	}
	for _, st := range sites {
		st.complete()
		st.buildREST(rest[st.contentURL])
	}
	return sites, nil
}

// complete adds what no snapshot has: the site itself, and an owner where there is
// none, since the API always gives one.
func (st *site) complete() {
	types := st.store.Schema.Types
	st.self = st.store.Absorb(types["TableauSite"], map[string]any{
		"id": sitedata.StableID("TableauSite", st.contentURL), "luid": st.luid, "name": st.name, "uri": fmt.Sprintf("sites/%d", st.num),
	}, "")
	if users := st.store.All["TableauUser"]; len(users) > 0 {
		st.admin = users[0]
		return
	}
	st.admin = st.store.Absorb(types["TableauUser"], map[string]any{
		"luid": sitedata.StableID("admin", st.contentURL), "username": "admin", "name": "Site administrator",
	}, "")
}

// number is as in "sites/1".
func (st *site) Number() int { return st.num }

// one is the object under a field that is not a list, nil for none.
func (st *site) One(o *sitedata.Object, field string) *sitedata.Object {
	if found := st.store.Links(o, field); len(found) > 0 {
		return found[0]
	}
	switch o.Def.Fields.ForName(field).Type.String() {
	case "TableauSite!":
		return st.self
	case "TableauUser!":
		return st.admin
	}
	return nil
}
