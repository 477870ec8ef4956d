package manifest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/dbt/jsonwindow"
	"darkroom/sources/disk"
)

// TestErrors: what is not a complete manifest is refused, with the place and the fix.
func TestErrors(t *testing.T) {
	deep := strings.Repeat(`{"a":`, jsonwindow.MaxDepth+10)
	tests := []struct{ name, in, want string }{
		{"empty", "", `manifest.json: want a JSON object, got an empty file at byte 0; run ` + "`dbt parse`" + ` to regenerate it`},
		{"blank", " \n\t ", "want a JSON object, got an empty file at byte 4"},
		{"bom only", "\xef\xbb\xbf", "got an empty file at byte 3"},
		{"array", `[{"nodes": {}}]`, "want a JSON object, got an array at byte 0"},
		{"text", `"nodes"`, "want a JSON object, got a string at byte 0"},
		{"html", "<!DOCTYPE html>", "want a JSON object, got <, an HTML or XML file at byte 0"},
		{"zip", "PK\x03\x04....", "want a JSON object, got a zip file at byte 0"},
		{"utf-16", "\xff\xfe{\x00", "want UTF-8, got UTF-16 at byte 0"},
		{"nul", "\x00{}", "want a JSON object, got byte 0x00 at byte 0"},
		{"empty object", "{}", `want a manifest with "nodes", got an empty object`},
		{"catalog", `{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json"}, "nodes": {}}`, "manifest.json: metadata: want a manifest, got the artifact \"catalog\" at byte 13"},
		{"catalog without metadata", `{"nodes": {}, "sources": {}, "errors": null}`, `want a manifest with "nodes", got only the keys ["nodes" "sources" "errors"]`},
		{"run results", `{"results": [], "args": {}}`, `got only the keys ["results" "args"] at byte 0; name target/manifest.json, which ` + "`dbt parse`" + ` writes`},
		{"tableau", `{"data": {"workbooks": []}}`, `got only the keys ["data"]`},
		{"nodes as array", `{"nodes": []}`, "manifest.json: nodes: want an object, got an array at byte 10"},
		{"nodes as text", `{"nodes": "x"}`, "nodes: want an object, got a string at byte 10"},
		{"entry as text", `{"nodes": {"model.shop.x": 5}}`, `nodes["model.shop.x"]: want an object, got a number at byte 27`},
		{"config as text", `{"nodes": {"a": {}, "model.shop.x": {"name": "x", "config": "y"}}}`, `nodes["model.shop.x"].config: want an object, got a string at byte 60`},
		{"tag as object", `{"nodes": {"model.shop.x": {"config": {"tags": ["a", {}]}}}}`, `nodes["model.shop.x"].config.tags[1]: want a string, got an object at byte 53`},
		{"name as list", `{"nodes": {"model.shop.x": {"name": []}}}`, `nodes["model.shop.x"].name: want a string, got an array at byte 36`},
		{"bad escape", `{"nodes": {"model.shop.x": {"name": "a\x"}}}`, `nodes["model.shop.x"].name: want a string with valid escapes, got a string at byte 36`},
		{"broken column", `{"nodes": {"model.shop.x": {"columns": {"id": {"data_type" "int"}}}}}`, `nodes["model.shop.x"].columns.id.data_type: want a colon, got a string at byte 59`},
		{"bad escape in key", `{"nodes": {"model.shop.\ud": {}}}`, `nodes: want valid escapes in the key, got a string at byte 11`},
		{"bad literal", `{"nodes": {"model.shop.x": {"name": nul}}}`, `nodes["model.shop.x"].name: want a value, got 'n' at byte 36`},
		{"broken owner", `{"nodes": {}, "exposures": {"exposure.shop.e": {"owner": {"name" "x"}}}}`, `exposures["exposure.shop.e"].owner: want valid JSON, got an object`},
		{"missing comma", `{"nodes": {} "sources": {}}`, `want a comma or }, got a string at byte 13`},
		{"missing colon", `{"nodes" {}}`, `want a colon, got an object at byte 9`},
		{"trailing comma", `{"nodes": {},}`, `want a key in quotes, got '}' at byte 13`},
		{"trailing comma in list", `{"nodes": {"model.shop.x": {"tags": ["a",]}}}`, `nodes["model.shop.x"].tags[1]: want a value, got ']' at byte 41`},
		{"bare key", `{nodes: {}}`, `want a key in quotes, got 'n' at byte 1`},
		{"crossed brackets", `{"nodes": {"model.shop.x": {"columns": {"a": [}]}}}`, `nodes["model.shop.x"].columns.a[0]: want a matching bracket, got '}' at byte 46`},
		{"crossed brackets where nothing is read", `{"macros": {"a": [}]}, "nodes": {}}`, `macros: want a matching bracket, got '}' at byte 18`},
		{"depth", `{"macros": ` + deep, "macros: want less nesting, got an object at byte 5011"},
		{"depth in an entry", `{"nodes": {"model.shop.x": ` + deep, "want less nesting, got an object"},
		{"two documents", `{"nodes": {}} {"nodes": {}}`, `want the end of the file, got an object at byte 14`},
		{"garbage behind", `{"nodes": {}}]`, `want the end of the file, got ']' at byte 13`},
		{"nul behind", "{\"nodes\": {}}\x00", `want the end of the file, got byte 0x00 at byte 13`},
		{"cut in a key", `{"nodes": {"model.sh`, `manifest.json: nodes: want the rest of the JSON, got the end of the file at byte 20`},
		{"cut in macros", `{"nodes": {}, "macros": {"a": "b`, `macros: want the rest of the JSON, got the end of the file at byte 32`},
		{"cut in an entry", `{"nodes": {"model.shop.x": {"config": {"materialized": "tab`, `nodes["model.shop.x"].config.materialized: want the rest of the JSON, got the end of the file at byte 59`},
		{"disabled as text", `{"nodes": {}, "disabled": "x"}`, `disabled: want an object, got a string`},
		{"disabled node", `{"nodes": {}, "disabled": [{"config": {}}, 5]}`, `disabled[1]: want an object, got a number at byte 43`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, window := range []int{64, jsonwindow.DefaultSize} {
				p, err := read([]byte(tt.in), window)
				var e *disk.Error
				if p != nil || !errors.As(err, &e) {
					t.Fatalf("got %v, %v; want a *disk.Error and no project", p, err)
				}
				if !strings.Contains(err.Error(), tt.want) {
					t.Errorf("window %d: got\n  %s\nwant\n  %s", window, err, tt.want)
				}
				if e.File != "manifest.json" || e.Fix == "" {
					t.Errorf("error without file or fix: %#v", e)
				}
			}
		})
	}
}

// TestTruncation: wherever a manifest is cut, it is an error.
func TestTruncation(t *testing.T) {
	for _, name := range []string{"v7.json", "fusion_v20.json"} {
		data := bytes.TrimRight(manifests(t)[name], "\n")
		for n := range data {
			for _, window := range []int{64, 1 << 13} {
				if p, err := read(data[:n], window); err == nil || p != nil {
					t.Fatalf("%s cut at %d of %d loads", name, n, len(data))
				}
			}
		}
	}
	packed := dbttest.Gzipped(manifests(t)["v12.json"])
	for n := 0; n < len(packed); n += 7 {
		if _, err := read(packed[:n], jsonwindow.DefaultSize); err == nil {
			t.Fatalf("gzip cut at %d of %d loads", n, len(packed))
		}
	}
}

// failing ends with an error that is not the end of the file.
type failing struct{ r io.Reader }

var errDisk = errors.New("disk gone")

func (f failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if errors.Is(err, io.EOF) {
		err = errDisk
	}
	return n, err
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestReadErrors(t *testing.T) {
	ctx := context.Background()
	good := manifests(t)["v12.json"]
	_, _, err := Read(ctx, failing{bytes.NewReader(good[:500])}, 0, "m.json", nil, jsonwindow.DefaultSize)
	if !errors.Is(err, errDisk) || !strings.HasPrefix(err.Error(), "m.json: cannot read on at byte 500") {
		t.Errorf("got %v", err)
	}
	if _, _, err = Read(ctx, stuck{}, 0, "m.json", nil, jsonwindow.DefaultSize); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
	packed := dbttest.Gzipped(good)
	packed[len(packed)-6] ^= 1 // the sum
	if _, _, err = Read(ctx, bytes.NewReader(packed), 0, "m.json", nil, jsonwindow.DefaultSize); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("broken sum: got %v", err)
	}
	if _, _, err = Read(ctx, strings.NewReader("\x1f\x8bnonsense"), 0, "m.json", nil, jsonwindow.DefaultSize); err == nil || !strings.Contains(err.Error(), "a broken gzip file") {
		t.Errorf("broken gzip: got %v", err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err = Read(ended, bytes.NewReader(good), 0, "m.json", nil, jsonwindow.DefaultSize); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// TestLongNames: no name floods the message.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("k", 1<<20)
	for _, text := range []string{`{"` + long + `": 1}`, `{"nodes": {"` + long + `": 1}}`, `{"metadata": {"dbt_schema_version": "x/` + long + `/y"}}`} {
		if _, err := read([]byte(text), 64); err == nil || len(err.Error()) > 1000 {
			t.Errorf("got %.200v", err)
		}
	}
}
