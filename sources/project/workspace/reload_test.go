package workspace

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/intent"
)

// example is a copy of the example with a darkroom.yml of its own.
func example(t *testing.T, yml string) string {
	t.Helper()
	root := t.TempDir()
	disktest.Must(t, os.CopyFS(root, os.DirFS(filepath.Join("..", "..", "..", "examples", "roastery"))))
	disktest.Must(t, os.WriteFile(filepath.Join(root, "darkroom.yml"), []byte(yml), 0o644))
	return root
}

// An export that was interrupted, here or in another darkroom, is recovered by opening and by
// a reload; a command that only reads reports it and leaves it.
func TestInterruptedExportIsRecovered(t *testing.T) {
	root := example(t, "sites: [{snapshot: tableau/cloud.json.gz}]\n")
	const file, record = "models/exposures/tableau.yml", `{"version":1,"changes":[{"name":"models/exposures/tableau.yml","old":"b2xk","new":"bmV3"},{"name":".darkroom/last_export.yml","old":null,"new":"eA=="}]}`
	interrupted := func() {
		disktest.Write(t, root, file, "new")
		disktest.Write(t, root, intent.Name, record)
	}
	said := func(w *Workspace, want string) {
		t.Helper()
		if !strings.Contains(strings.Join(w.Warnings, "\n"), want) {
			t.Errorf("%q", w.Warnings)
		}
	}
	interrupted()
	reads, err := Open(t.Context(), Request{Dir: root, ReadOnly: true})
	disktest.Must(t, err)
	said(reads, "was interrupted or is still running")
	if disktest.Read(t, root, file) != "new" {
		t.Error("a command that only reads has written")
	}
	w, err := Open(t.Context(), Request{Dir: root})
	disktest.Must(t, err)
	defer w.Close()
	said(w, ": restored: "+file)
	interrupted()
	next, err := w.Reload(t.Context(), Request{Dir: root})
	disktest.Must(t, err)
	said(next, ": restored: "+file)
	if disktest.Read(t, root, file) != "old" || disktest.Read(t, root, intent.Name) != "" {
		t.Errorf("%q, %q", disktest.Read(t, root, file), disktest.Read(t, root, intent.Name))
	}
}

// After a reload the same decisions apply to the files as they are now, with all the
// notes that opening would give.
func TestReload(t *testing.T) {
	root := example(t, "sites: [{snapshot: tableau/cloud.json.gz}]\nscope: {collections: [Missing]}\n")
	w, err := Open(context.Background(), Request{Dir: root})
	disktest.Must(t, err)
	defer w.Close()
	same, err := w.Reload(context.Background(), Request{Dir: root})
	disktest.Must(t, err)
	if !slices.Equal(w.Warnings, same.Warnings) || !strings.Contains(strings.Join(w.Warnings, "\n"), "no loaded site has a collection") {
		t.Errorf("open says %q\nreload %q", w.Warnings, same.Warnings)
	}
	disktest.Must(t, os.WriteFile(filepath.Join(root, "darkroom.yml"), []byte("sites: [{snapshot: tableau/cloud.json.gz}, {snapshot: tableau/server.json.gz}]\n"), 0o644))
	next, err := w.Reload(context.Background(), Request{Dir: root})
	disktest.Must(t, err)
	if len(w.Graph.Sites) != 1 || len(next.Graph.Sites) != 2 || next.Store != w.Store || next.Book != w.Book {
		t.Errorf("%d sites, then %d", len(w.Graph.Sites), len(next.Graph.Sites))
	}
	if n := next.Outlook().Apply(w.Book, time.Now()); n == 0 {
		t.Error("the new site has no baseline")
	}
	disktest.Must(t, os.WriteFile(filepath.Join(root, "darkroom.yml"), []byte("sites: 7\n"), 0o644))
	if _, err := next.Reload(context.Background(), Request{Dir: root}); err == nil || !strings.Contains(err.Error(), "darkroom.yml") {
		t.Errorf("a broken darkroom.yml: %v", err)
	}
}
