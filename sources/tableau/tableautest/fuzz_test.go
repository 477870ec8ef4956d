package tableautest

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest/graphql"
	"darkroom/sources/tableau/tableautest/site"
)

// ask runs a request without a network and returns status and body.
func ask(s *Server, method, path, token, body string) (int, string) {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("X-Tableau-Auth", token)
	req.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, req)
	return w.Code, w.Body.String()
}

// session opens one on the first site behind the door.
func (s *Server) session() string {
	made := session{username: "ann@example.com", site: s.sites[0]}
	(&call{Server: s}).open(&made)
	return made.token
}

// Whatever is asked: an answer that is JSON, and no panic.
func FuzzQuery(f *testing.F) {
	s := New(Options{Snapshots: testdata(f, "site.json"), Switches: Switches{EmptyPages: true, SensitiveFilters: true, NodeLimit: 200}})
	if s.Err() != nil {
		f.Fatal(s.Err())
	}
	token := s.session()
	f.Add(`{workbooks{id name owner{name}}}`, `{}`)
	f.Add(pages, `{"first":2,"after":"bm8="}`)
	f.Add(`query($f:Workbook_Filter){workbooks(filter:$f,permissionMode:FILTER_RESULTS){...F}} fragment F on Workbook{dashboards{workbook{id}}}`,
		`{"f":{"idWithin":[1,null,true,{"a":[]}],"projectName":"x"}}`)
	f.Add(`{workbooksConnection(first:99999999999999999999){nodes{id}}}`, `null`)
	f.Add(`{__schema{types{fields{args{defaultValue} type{ofType{name}}}}}}`, `{"x":1}`)
	f.Fuzz(func(t *testing.T, query, variables string) {
		if !json.Valid([]byte(variables)) {
			variables = "{}"
		}
		body := `{"query":` + marshal(t, query) + `,"variables":` + variables + `}`
		status, got := ask(s, "POST", "/api/metadata/graphql", token, body)
		if status != 200 && status != 400 || !json.Valid([]byte(got)) {
			t.Errorf("%d %q for %s", status, got, body)
		}
	})
}

// Whatever a snapshot holds: an error, or a site that can be read.
func FuzzSnapshot(f *testing.F) {
	for _, data := range testdata(f, "site.json", "default.json") {
		f.Add(data)
	}
	f.Add([]byte(`{"format":"darkroom-tableau-snapshot/1","rest":{"views":{"view":{"id":7}},"users":{},"projects":[1]},"metadata":{"workbooks":[null,1,{},
		{"id":"a","owner":[],"dashboards":{"id":"d","workbook":{"id":"b"}},"tags":[{}],"embeddedDatasources":[{"fields":[{"remoteField":{}}]}]}]}}`))
	schema, err := graphql.LoadSchema(graphql.AnyRelease) // once: it costs more than all the rest
	if err != nil {
		f.Fatal(err)
	}
	s := New(Options{})
	f.Fuzz(func(t *testing.T, data []byte) {
		sites, err := site.Read([][]byte{data}, schema)
		if err != nil {
			return
		}
		s.sites = sites
		token := s.session()
		const query = `{"query":"{workbooks{id name owner{name} upstreamTables{id database{id}} dashboards{id sheets{id} upstreamDatasources{id}}} ` +
			`customSQLTables{downstreamDashboards{id}} fields{datasource{id}}}"}`
		if status, got := ask(s, "POST", "/api/metadata/graphql", token, query); status != 200 || strings.Contains(got, "NullValueInNonNullableField") {
			t.Errorf("%d %s", status, got)
		}
		for _, list := range []string{"projects", "workbooks", "views", "datasources", "users", "tasks/extractRefreshes"} {
			if status, got := ask(s, "GET", "/api/3.22/sites/"+s.sites[0].LUID+"/"+list, token, ""); status != 200 || !json.Valid([]byte(got)) {
				t.Errorf("%s: %d %s", list, status, got)
			}
		}
	})
}
