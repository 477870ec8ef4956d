//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"testing"

	"darkroom/ui/cli/app"
	"darkroom/ui/ptytest"
)

// onScreen starts darkroom on a terminal of the usual size.
func onScreen(t *testing.T, args ...string) *ptytest.Screen {
	t.Helper()
	return ptytest.Start(t, ptytest.Usual, nil, args...)
}

// quit ends the explorer by its key.
func quit(t *testing.T, s *ptytest.Screen) {
	t.Helper()
	s.Send("q")
	if code, out := s.Exit(); code != app.ExitOK {
		t.Errorf("exit code %d\n%q", code, out)
	}
}

// reportProject is a copy of a report's project.
func reportProject(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "reports", name))); err != nil {
		t.Fatal(err)
	}
	return dir
}
