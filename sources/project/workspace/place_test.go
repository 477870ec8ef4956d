package workspace

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
)

// A manifest of no dbt project, or of another than the one here, can be looked at;
// nothing is kept then, and nothing is left behind.
func TestNothingIsKeptForAnotherProject(t *testing.T) {
	project := example(t, "sites: [{snapshot: tableau/cloud.json.gz}]\n")
	artifacts, other, nowhere := t.TempDir(), t.TempDir(), t.TempDir()
	manifest := filepath.Join(artifacts, "manifest.json.gz")
	data, err := os.ReadFile(filepath.Join(project, "target", "manifest.json.gz"))
	disktest.Must(t, err)
	disktest.Must(t, os.WriteFile(manifest, data, 0o644))
	disktest.Write(t, other, "dbt_project.yml", "name: other\n")
	for dir, why := range map[string]string{
		other:   `the dbt project here is "other"`,
		nowhere: "there is no dbt project here",
		project: "",
	} {
		t.Chdir(dir)
		w, err := Open(context.Background(), Request{Manifests: []string{manifest}, Metadata: []string{filepath.Join(project, "tableau", "cloud.json.gz")}})
		disktest.Must(t, err)
		said, readOnly := w.Store.ReadOnly()
		if readOnly != (why != "") || !strings.Contains(said, why) || (w.Writable() == nil) != (why == "") {
			t.Errorf("in %s: %q, %v", dir, said, w.Writable())
		}
		disktest.Must(t, w.Close())
		if _, err := os.Stat(filepath.Join(dir, ".darkroom")); (err == nil) != (why == "") {
			t.Errorf("in %s: %v", dir, err)
		}
	}
}
