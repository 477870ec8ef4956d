package cli

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"darkroom/sources/disk"
	"darkroom/sources/disk/disktest"
)

// mostMemory is what a command may allocate in bytes, all in all, while it meets a
// hostile file: the example takes a third of it without one.
const mostMemory = 384 << 20

// zipBomb is an archive whose one member is a head and 128 MB of spaces.
func zipBomb(t *testing.T, member, head string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(member)
	if err == nil {
		_, err = io.WriteString(w, head)
	}
	spaces := bytes.Repeat([]byte(" "), 1<<20)
	for i := 0; i < 128 && err == nil; i++ {
		_, err = w.Write(spaces)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// aliasBomb is YAML of ten levels, each of which expands to nine of the one below.
func aliasBomb(last string) []byte {
	var b strings.Builder
	b.WriteString("a0: &a0 [" + strings.Repeat("'tag:x', ", 8) + "'tag:x']\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "a%d: &a%d\n%s", i, i, strings.Repeat(fmt.Sprintf("  - union: *a%d\n", i-1), 9))
	}
	return []byte(b.String() + last)
}

// allocated is what a command allocates, and what it says.
func allocated(args ...string) (bytes uint64, said string) {
	var before, after runtime.MemStats
	var out, errs strings.Builder
	runtime.ReadMemStats(&before)
	Main(args, strings.NewReader(""), &out, &errs)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, out.String() + errs.String()
}

// Every reader of files refuses what unpacks or expands to far more than it is, and
// says so.
func TestBoundsOfEveryReader(t *testing.T) {
	const packed = "packed more than 200 times"
	list := []string{"list", "models"}
	for _, c := range []struct {
		name string
		file string // in the project, or a file of its own for a flag
		data []byte
		args []string
		says string
	}{
		{"a snapshot", "tableau/cloud.json.gz", disktest.GzipBomb(t, `{"darkroom":1,`), list, packed},
		{"an answer", "saved.json.gz", disktest.GzipBomb(t, `{"data":{"workbooks":[`), []string{"list", "dashboards", "--tableau", "saved.json.gz"}, packed},
		{"an answer by another name", "saved.json", disktest.GzipBomb(t, `{"data":{"workbooks":[`), []string{"list", "dashboards", "--tableau", "saved.json"}, packed},
		{"what sync --diff compares", "saved.json.gz", disktest.GzipBomb(t, `{"data":{`), []string{"sync", "--diff", "saved.json.gz", "saved.json.gz"}, packed},
		{"what doctor looks at", "saved.json.gz", disktest.GzipBomb(t, `{"data":{`), []string{"doctor", "--tableau", "saved.json.gz"}, packed},
		{"a manifest", "target/manifest.json.gz", disktest.GzipBomb(t, `{"metadata":`), list, packed},
		{"the manifest of --manifest", "m.json.gz", disktest.GzipBomb(t, `{"nodes":{"a":`), []string{"list", "models", "--manifest", "m.json.gz"}, packed},
		{"the manifest of --state", "before/manifest.json", disktest.GzipBomb(t, `{"nodes":{"a":`), []string{"list", "models", "--select", "state:new", "--state", "before"}, packed},
		{"a catalog", "target/catalog.json.gz", disktest.GzipBomb(t, `{"nodes":{"a":`), list, packed},
		{"run results", "target/run_results.json.gz", disktest.GzipBomb(t, `{"results":[`), list, packed},
		{"freshness", "target/sources.json.gz", disktest.GzipBomb(t, `{"results":[`), list, packed},
		{"a packed workbook", "book.twbx", zipBomb(t, "a.twb", "<?xml version='1.0'?><workbook>"), []string{"list", "dashboards", "--tableau", "book.twbx"}, packed},
		{"a packed data source", "books/source.tdsx", zipBomb(t, "Data/a.tds", "<datasource>"), []string{"list", "dashboards", "--tableau", "books"}, packed},
		{"darkroom.yml", "darkroom.yml", aliasBomb("scope:\n  projects: *a9\n"), list, "anchors and aliases"},
		{"decisions", ".darkroom/decisions.yml", aliasBomb("decisions: *a9\n"), list, "decisions.yml"},
		{"the last export", ".darkroom/last_export.yml", aliasBomb("files: *a9\n"), []string{"export", "--all"}, ""},
		{"exposures", "models/exposures/tableau.yml", aliasBomb("exposures: *a9\n"), []string{"export", "--all"}, "tableau.yml"},
		{"selectors.yml", "selectors.yml", aliasBomb("selectors:\n  - name: x\n    definition:\n      union: *a9\n"), []string{"list", "models", "--select", "selector:x"}, "aliases that expand to more than"},
		{"selectors.yml, nested", "selectors.yml", []byte("selectors: " + strings.Repeat("[", 200_000)), []string{"list", "models", "--select", "selector:x"}, "nested too deeply"},
		{"selectors.yml in itself", "selectors.yml", []byte("selectors: &a\n  - name: x\n    definition: {union: *a }\n"), []string{"list", "models", "--select", "selector:x"}, "alias within its own anchor"},
		{"dbt_project.yml", "dbt_project.yml", aliasBomb("name: roastery\nmodel-paths: *a9\n"), list, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := layOutExample("roastery", dir); err != nil {
				t.Fatal(err)
			}
			put(t, filepath.Join(dir, filepath.FromSlash(c.file)), c.data)
			t.Chdir(dir)
			got, said := allocated(c.args...)
			if got > mostMemory {
				t.Errorf("%d MB", got>>20)
			}
			if !strings.Contains(said, c.says) {
				t.Errorf("does not say %q:\n%.500s", c.says, said)
			}
		})
	}
}

// What is packed as tightly as any honest text may be is read, and a megabyte of it
// still does not take gigabytes.
func TestBoundsLetHonestTextThrough(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(`{"data":{"workbooks":[`)
	filler := strings.Repeat(" ", 1000)
	for i := 0; b.Len() < 32<<20; i++ {
		fmt.Fprintf(&b, `{"id":"%d","name":"x"},%s`, i, filler)
	}
	text := append(bytes.TrimRight(b.Bytes(), ", "), "]}}"...)
	packed := disktest.Gzip(t, text)
	if ratio := len(text) / len(packed); ratio < 60 || ratio > disk.MaxRatio {
		t.Fatalf("1:%d is another case", ratio)
	}
	file := filepath.Join(t.TempDir(), "saved.json.gz")
	put(t, file, packed)
	if got, said := allocated("doctor", "--tableau", file); got > mostMemory || strings.Contains(said, "bomb") {
		t.Errorf("%d MB: %s", got>>20, said)
	}
}
