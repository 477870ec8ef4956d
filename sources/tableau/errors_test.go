package tableau

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/sources/disk"
	"darkroom/sources/disk/disktest"
)

func loadText(text []byte) (int, error) {
	sites, err := Load(context.Background(), []string{"in.json"}, Options{FS: fstest.MapFS{"in.json": {Data: text}}})
	return len(sites), err
}

// A file that is not what it should be is an error that says what it looks like,
// where, and what to do; it never gives a site.
func TestErrors(t *testing.T) {
	const snap = `{"format":"darkroom-tableau-snapshot/1","metadata":`
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "the file is empty"},
		{"blank", " \r\n\t", "the file is empty"},
		{"sign-in page", "\n<!DOCTYPE html><html><body>Sign in</body></html>", "HTML page"},
		{"XML", `<?xml version="1.0"?><tsResponse/>`, "looks like XML"},
		{"zip", "PK\x03\x04rest", "zip archive"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "UTF-16"},
		{"broken gzip", "\x1f\x8bnonsense", "gzip data"},
		{"text", "hello", "at byte 1: not valid JSON"},
		{"list of nothing", `[{"data":{}}]`, "none of the lists workbooks,"},
		{"empty list", `[]`, "an empty list of answers"},
		{"empty pages", `{"pages":[]}`, "an empty list of answers"},
		{"list of texts", `{"pages":["x"]}`, "at pages[0] (byte 10): expected an object, found a text"},
		{"list with a fault", `[{"data":{"workbooks":[]}},{"data":{"workbooks":7}}]`, "at [1].data.workbooks (byte 48): expected a list"},
		{"more text", `{"data":{"workbooks":[]}} hello`, "at byte 27: more text after the end"},
		{"line with a fault", "{\"data\":{\"workbooks\":[]}}\n{\"data\":{\"workbooks\":7}}", "at data.workbooks (byte 47): expected a list"},
		{"line cut off", "{\"data\":{\"workbooks\":[]}}\n{\"data\":{", "at byte 35: the JSON ends in the middle"},
		{"two snapshots", snap + `{}}` + "\n" + snap + `{}}`, "more text after the end of the snapshot"},
		{"cut", `{"data":{"workbooks":[`, "at byte 22: the JSON ends in the middle"},
		{"deep", `{"data":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, "at byte 71: nested more than 64 levels"},
		{"deep in a text", `{"x":"` + strings.Repeat("[\\\"", 100) + `"}`, "no Tableau metadata"},
		{"empty object", ` {} `, "an empty JSON object"},
		{"no roots", `{"data":{"projects":[]}}`, "none of the lists workbooks,"},
		{"aliases", `{"data":{"w":[{"id":"1"}]}}`, "none of the lists workbooks,"},
		{"manifest", `{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/manifest/v12.json"},"nodes":{}}`, "dbt artifact (manifest v12)"},
		{"schema", `{"data":{"__schema":{}}}`, "introspection"},
		{"query", `{"query":"{workbooks{id}}"}`, "GraphQL query"},
		{"REST", `{"pagination":{"pageNumber":"1"},"workbooks":{"workbook":[]}}`, "REST API"},
		{"REST error", `{"error":{"summary":"Signin Error","detail":"bad","code":"401001"}}`, `"Signin Error: bad" (code 401001)`},
		{"refused", `{"timestamp":"x","status":401,"error":"Unauthorized","path":"/relationship-service-war/graphql"}`, `status 401 "Unauthorized"`},
		{"error only", `{"errors":[{"message":"Execution canceled because timeout","locations":[]}],"data":null}`, "an error and no data: Execution canceled because timeout"},
		{"error, no data", `{"errors":[{"message":"Field 'x' is undefined","extensions":{"classification":"ValidationError"}}]}`, "Field 'x' is undefined"},
		{"error, null lists", `{"data":{"workbooks":null},"errors":[{"message":"m","extensions":{"code":"ACCESS_DENIED"}}]}`, "m (ACCESS_DENIED)"},
		{"null data", `{"data":null}`, "an answer without data"},
		{"data is a list", `{"data":[]}`, "at data (byte 8): expected an object, found a list"},
		{"root is a text", `{"data":{"workbooks":"x"}}`, "at data.workbooks (byte 21): expected a list of objects, found a text"},
		{"root is an object", `{"data":{"workbooks":{"workbook":[]}}}`, "at data.workbooks (byte 21): expected a list"},
		{"entry", `{"workbooks":[{"id":"1"},7]}`, "at workbooks[1] (byte 25): expected an object, found a number"},
		{"nested", "\ufeff{\"data\":{\"dashboards\":[null,{\"id\":\"1\",\"sheets\":[{\"workbook\":true}]}]}}", "at data.dashboards[1].sheets[0].workbook (byte 63): expected an object or a list of them, found true"},
		{"connection", `{"workbooksConnection":[]}`, "expected a connection"},
		{"connection without nodes", `{"workbooksConnection":{"totalCount":1}}`, `expected "nodes"`},
		{"newer snapshot", `{"format":"darkroom-tableau-snapshot/2","metadata":{}}`, `reads "darkroom-tableau-snapshot/1"; update darkroom`},
		{"snapshot without metadata", `{"format":"darkroom-tableau-snapshot/1"}`, "at metadata: expected an object, found nothing"},
		{"empty snapshot", snap + `{}}`, "at metadata: an empty snapshot"},
		{"snapshot of nulls", snap + `{"workbooks":null,"dashboards":null}}`, "at metadata: an empty snapshot"},
		{"snapshot list", snap + `{"tables":{}}}`, "at metadata.tables (byte 61): expected a list"},
		{"rest", snap + `{},"rest":[]}`, "at rest (byte 61): expected an object, found a list"},
		{"collections", snap + `{},"rest":{"collections":[7]}}`, "at rest.collections[0] (byte 77): expected an object, found a number"},
		{"views", snap + `{},"rest":{"views":"x"}}`, "at rest.views (byte 70): expected a list"},
		{"connections", snap + `{},"rest":{"workbookConnections":{"a":[3]}}}`, `at rest.workbookConnections."a"[0] (byte 90): expected an object`},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := loadText([]byte(c.text))
			var e *disk.Error
			if n != 0 || !errors.As(err, &e) {
				t.Fatalf("%d sites, error %v", n, err)
			}
			if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "in.json: ") || e.Fix == "" {
				t.Errorf("got  %v\nwant %s and a fix", err, c.want)
			}
		})
	}
}

func TestPaths(t *testing.T) {
	files := fstest.MapFS{"empty/notes.txt": {}, "big.json": {Data: []byte(`{"workbooks":[]}` + strings.Repeat(" ", 100))}}
	for path, want := range map[string]string{
		"missing.json": "cannot be opened",
		"empty":        "no .json or .json.gz file",
		"big.json":     "more than 0 MB",
	} {
		sites, err := Load(context.Background(), []string{path}, Options{FS: files, MaxBytes: 50})
		if len(sites) != 0 || err == nil || !strings.Contains(err.Error(), path+": "+want) {
			t.Errorf("%s: %d sites, error %v", path, len(sites), err)
		}
	}
	sites, err := Load(context.Background(), []string{"missing.json", "big.json"}, Options{FS: files})
	if len(sites) != 1 || err == nil {
		t.Errorf("one of two: %d sites, error %v", len(sites), err)
	}
}

// A file cut off anywhere never half-loads, plain or packed.
func TestTruncation(t *testing.T) {
	for _, name := range []string{"snapshot.json", "nested.json", "pages/sheets.json"} {
		plain, err := os.ReadFile("testdata/sites/" + name)
		if err != nil {
			t.Fatal(err)
		}
		plain = bytes.TrimSpace(plain)
		for _, text := range [][]byte{plain, disktest.Gzip(t, plain)} {
			if n, err := loadText(text); n != 1 || err != nil {
				t.Fatalf("%s: %d sites, error %v", name, n, err)
			}
			for i := range text {
				if n, err := loadText(text[:i]); n != 0 || err == nil {
					t.Fatalf("%s cut at byte %d of %d: %d sites, error %v", name, i, len(text), n, err)
				}
			}
		}
	}
}

func TestTextThatIsNotAText(t *testing.T) {
	for _, doc := range []string{
		`{"data":{"workbooks":[{"id":1,"name":[]}]}}`,
		`{"data":{"workbooks":[{"id":"w","name":{"a":"b"}}]}}`,
	} {
		sites, err := loadText([]byte(doc))
		if err == nil || sites > 0 || !strings.Contains(err.Error(), "workbooks[0]") || !strings.Contains(err.Error(), "expected a text") {
			t.Errorf("%s: %v, %d sites", doc, err, sites)
		}
	}
}
