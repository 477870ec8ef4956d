package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/tableau/tableautest"
	"darkroom/ui/cli/app"
)

// A repository may hold links, and darkroom.yml comes with it: no command writes outside
// of the project, into git's folder, or over a file that is not darkroom's. Each row is a
// file or folder that darkroom writes.
func TestLinksDoNotLeadOut(t *testing.T) {
	syncProject(t) // the environment
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	server := "sites:\n  - {name: cloud, server: \"" + s.url + "\", site: " + cloudURL + "}\n"
	export := []string{"export", "--all"}
	for _, tt := range []struct {
		link   string
		folder bool
		run    []string
		files  map[string]string // what else the project has
	}{
		{link: "models/exposures/tableau.yml", run: export},
		{link: "models/exposures", folder: true, run: export},
		{link: ".darkroom", folder: true, run: export},
		{link: ".darkroom/last_export.yml", run: export},
		{link: ".darkroom/journal.export", run: export},
		{link: ".darkroom/decisions.yml", run: export},
		{link: ".darkroom/seen.yml", run: export},
		{link: ".darkroom/journal", run: export},
		{link: ".darkroom/journal.bad", run: export, files: map[string]string{".darkroom/journal": "not a line of ours\n"}},
		{link: ".darkroom/lock", run: export},
		{link: ".darkroom/.gitignore", run: export},
		{link: ".darkroom/.gitattributes", run: export},
		{link: ".darkroom", folder: true, run: []string{"sync"}},
		{link: ".darkroom/snapshots", folder: true, run: []string{"sync"}},
		{link: ".darkroom/snapshots/cloud.json.gz", run: []string{"sync"}},
		{link: ".darkroom/snapshots/cloud.json.gz.partial", run: []string{"sync"}},
		{link: ".darkroom/snapshots/cloud.json.gz.partial.lock", run: []string{"sync"}},
		{link: ".darkroom/.gitignore", run: []string{"sync"}},
		{link: "darkroom.yml", run: []string{"init", "--url", pageOf(s.url, cloudURL)}},
	} {
		for _, dangling := range []bool{false, true} {
			name := strings.Join(tt.run[:1], " ") + " " + tt.link
			if dangling {
				name += " dangling"
			}
			t.Run(name, func(t *testing.T) {
				dir, outside := t.TempDir(), t.TempDir()
				disktest.Must(t, layOutExample("roastery", dir))
				disktest.Must(t, os.Remove(filepath.Join(dir, "darkroom.yml")))
				if tt.run[0] == "sync" {
					disktest.Write(t, dir, "darkroom.yml", server)
					trustConfig(t, dir)
				}
				for file, text := range tt.files {
					disktest.Write(t, dir, file, text)
				}
				to := filepath.Join(outside, "mine")
				switch {
				case !dangling && tt.folder:
					disktest.Write(t, to, "kept", "mine")
				case !dangling:
					disktest.Write(t, outside, "mine", "")
				}
				disktest.Must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, tt.link)), 0o755))
				disktest.Must(t, os.Symlink(to, filepath.Join(dir, tt.link)))
				before := treeOf(t, outside)
				args := append(append([]string{}, tt.run...), dir)
				if tt.run[0] == "export" {
					args = append(args, "--tableau", filepath.Join(dir, "tableau", "cloud.json.gz"))
				}
				var out bytes.Buffer
				if code := Main(args, strings.NewReader(""), &out, &out); code == app.ExitOK {
					t.Errorf("%v ends well: %s", args, out.String())
				}
				if after := treeOf(t, outside); after != before {
					t.Errorf("outside was %q, is %q\n%s", before, after, out.String())
				}
			})
		}
	}
}

// treeOf is every file below a folder with its content.
func treeOf(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	disktest.Must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		b.WriteString(strings.TrimPrefix(path, dir))
		if d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			b.WriteString("=" + string(data))
			return err
		}
		return nil
	}))
	return b.String()
}

// A sync writes snapshots inside of the project, and replaces nothing else; where the
// command line says so, it writes outside, too.
func TestSyncReplacesOnlySnapshots(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	outside := t.TempDir()
	for _, tt := range []struct{ snapshot, said string }{
		{"../x.json.gz", "the path has to be relative and inside the project; name a file of the project, or give this one to the command: darkroom sync --snapshot FILE SITE"},
		{filepath.Join(outside, "x.json.gz"), "inside the project"},
		{".git/x.json.gz", "this is git's own folder"},
		{"dbt_project.yml", "it is not a snapshot that darkroom sync wrote; name another file as the snapshot, or move this one away"},
		{"answers.json", "it is not a snapshot"},
		{"own.json.gz", ""},
		{"cut.json", ""},
		{"empty.json", ""},
		{".darkroom/snapshots/broken.json.gz", ""},
	} {
		dir := syncProject(t)
		files := map[string]string{
			"dbt_project.yml": "name: shop\n", "answers.json": `{"data": {"workbooks": []}}`, "own.json.gz": string(exampleSite(t, "cloud")),
			"cut.json": `{"format":"darkroom-tableau-snapshot/1","fetched_at`, "empty.json": "", ".darkroom/snapshots/broken.json.gz": "\x1f\x8bxx", ".git/config": "[core]\n",
			"darkroom.yml": "sites:\n  - {name: cloud, server: \"" + s.url + "\", site: " + cloudURL + ", snapshot: \"" + filepath.ToSlash(tt.snapshot) + "\"}\n",
		}
		for name, text := range files {
			disktest.Write(t, dir, name, text)
		}
		trustConfig(t, dir)
		before := treeOf(t, outside)
		if tt.said == "" {
			runSync(t, app.ExitOK, "--accept-smaller", dir)
			continue
		}
		_, errs := runSync(t, app.ExitUsage, dir)
		wantParts(t, errs, tt.said)
		for name, text := range files {
			if got := disktest.Read(t, dir, name); got != text {
				t.Errorf("snapshot: %s: %s is now %.40q", tt.snapshot, name, got)
			}
		}
		if after := treeOf(t, outside); after != before || strings.Contains(treeOf(t, dir), ".partial") {
			t.Errorf("snapshot: %s: outside was %q, is %q", tt.snapshot, before, after)
		}
	}

	dir := syncProject(t, "cloud "+s.url+" "+cloudURL)
	given := filepath.Join(outside, "given.json.gz")
	runSync(t, app.ExitOK, "--snapshot", given, dir)
	runSync(t, app.ExitOK, "--snapshot", given, dir)
	if text := disktest.Read(t, outside, "given.json.gz"); len(text) == 0 {
		t.Error("the file of the command line was not written")
	}
	if _, err := os.Stat(filepath.Join(dir, ".darkroom")); err == nil {
		t.Error("a folder for nothing")
	}
	disktest.Write(t, outside, "given.json.gz", "mine")
	runSync(t, app.ExitUsage, "--snapshot", given, dir)
	if text := disktest.Read(t, outside, "given.json.gz"); text != "mine" {
		t.Error("a file that is not a snapshot was replaced")
	}
}
