package dbt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What dbt 1.4 to 1.12 were seen to read, by version.
func TestUnread(t *testing.T) {
	root := lay(t, map[string]string{
		"dbt_project.yml": "model-paths: ['../shared', transform, /etc]\nseed-paths: [" + `"transform/seeds/"` + "]\nmacro-paths: [m]\n",
		"elsewhere/x.yml": "", "transform/x.sql": "",
	})
	for link, to := range map[string]string{"transform/linked": "../elsewhere", "m": "elsewhere"} {
		if err := os.Symlink(to, filepath.Join(root, filepath.FromSlash(link))); err != nil {
			t.Skip(err)
		}
	}
	l, err := LayoutIn(root)
	if err != nil {
		t.Fatal(err)
	}
	if folder, why := l.ModelFolder(); folder != "transform" || why != "" {
		t.Errorf("models in %q, %s", folder, why)
	}
	for _, tt := range []struct {
		file    string
		version int
		why     string // a part of it
	}{
		{"transform/a/b.yml", 1004, ""},
		{"transform/seeds/x.yml", 1004, ""},
		{"m/x.yml", 1012, ""},
		{"snapshots/x.yaml", 1012, ""},
		{"tests/x.yml", 1009, ""},
		{"functions/x.yml", 1011, ""},
		{"tests/x.yml", 1008, "dbt reads YAML files only in transform, transform/seeds, snapshots, analyses, m"},
		{"functions/x.yml", 1010, "only in"},
		{"models/x.yml", 1012, "only in"},
		{"Transform/x.yml", 1012, "only in"},
		{"transformed/x.yml", 1012, "only in"},
		{"x.yml", 1012, "only in"},
		{"transform/.x.yml", 1012, "begins with ."},
		{"transform/~x.yml", 1012, "begins with ~"},
		{"transform/linked/x.yml", 1012, "transform/linked, because it is a link"},
		{"transform/linked/a/x.yml", 1012, "transform/linked, because it is a link"},
		{"transform/linked/x.yml", 2000, ""},
	} {
		if why := l.Unread(tt.file, tt.version); (why == "") != (tt.why == "") || !strings.Contains(why, tt.why) {
			t.Errorf("%s in %d: %q, want %q", tt.file, tt.version, why, tt.why)
		}
	}

	l.Folders = []Folder{{Path: "../shared", Setting: "model-paths"}}
	if folder, why := l.ModelFolder(); folder != "" || !strings.Contains(why, "from ../shared (model-paths of dbt_project.yml)") {
		t.Errorf("models in %q, %s", folder, why)
	}
	l.Folders = []Folder{{Path: l.Root, Setting: "model-paths"}}
	if why := l.Unread("x.yml", 1012); why != "" {
		t.Errorf("in the project itself: %s", why)
	}
}
