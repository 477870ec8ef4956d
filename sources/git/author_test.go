package git

import (
	"path/filepath"
	"testing"

	"darkroom/sources/disk/disktest"
)

func TestAuthor(t *testing.T) {
	root := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(root, "gitconfig"))
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	disktest.Write(t, root, "gitconfig", "[user]\n\tname = From Git\n")
	t.Setenv("GIT_AUTHOR_NAME", " A \x1b[31m\n B ")
	if got := Author(t.Context(), root); got != "A [31m B" {
		t.Errorf("%q", got)
	}
	t.Setenv("GIT_AUTHOR_NAME", "")
	if name := gitUser(t.Context(), root); name != "" { // there is a git
		if got := Author(t.Context(), root); got != "From Git" {
			t.Errorf("%q", got)
		}
	}
	t.Setenv("PATH", "")
	if got := Author(t.Context(), root); got == "From Git" || got != cleanName(got) {
		t.Errorf("without git: %q", got)
	}
}
