//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/ui/ptytest"
)

// editable is a project with the file of its model.
func editable(t *testing.T) string {
	t.Helper()
	dir := reportProject(t, "frame-wraps")
	if err := os.MkdirAll(filepath.Join(dir, "models", "marts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "models", "marts", "fct_orders.sql"), []byte("select 1"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// E gives the terminal to the editor of the environment and takes it back: what is typed
// meanwhile, ctrl-c too, is for the editor. Neither a shell nor a file of the project has
// a part in it.
func TestEditorOnATerminal(t *testing.T) {
	bin, dir, bins := binary(t), editable(t), t.TempDir()
	fake := filepath.Join(bins, "my editor")
	script := "#!/bin/sh\nprintf 'editing<%s>' \"$@\"\nstty -a | grep -q ' -icanon' && echo raw\nread -r line\nprintf '%s' \"$line\" > \"$SEEN\"\n"
	if err := os.WriteFile(fake, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".env", ".editorconfig", ".vimrc", ".exrc"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("VISUAL=/bin/false\nEDITOR=/bin/false\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	seen := filepath.Join(bins, "seen")
	s := ptytest.Start(t, ptytest.Usual, []string{"VISUAL='" + fake + "' '$(touch x)'", "EDITOR=/bin/false", "SEEN=" + seen}, bin, dir)
	s.WaitFor("undecided of")
	s.Send("/kind:model\r")
	s.WaitFor("kind:model")

	s.Send("E")
	before := s.WaitFor("editing<$(touch x)>editing<")
	for _, code := range []string{"\x1b[?1049l", "\x1b[?1002l", "\x1b[?2004l", "\x1b[?7h"} {
		if !strings.Contains(before, code) {
			t.Errorf("%q is missing when the editor starts:\n%q", code, before)
		}
	}
	if file := s.WaitFor(">"); !strings.HasPrefix(file, "/") || !strings.HasSuffix(file, ".sql") {
		t.Errorf("opened %q", file)
	}
	s.Send("\x03") // the editor ends, and the screen does not
	if back := s.WaitFor("signal: interrupt"); strings.Contains(back, "raw") || !strings.Contains(back, "\x1b[?1049h\x1b[?7l") {
		t.Errorf("%q", back)
	}

	s.Send("E")
	s.WaitFor("editing<")
	s.WaitFor(".sql>")
	s.Send("q for the editor\n")
	if back := s.WaitFor("mdarkroom\x1b"); !strings.Contains(back, "\x1b[?1049h") {
		t.Errorf("%q", back)
	}
	if text, err := os.ReadFile(seen); err != nil || string(text) != "q for the editor" {
		t.Errorf("%q, %v", text, err)
	}
	quit(t, s)
}

// Without an editor the place is named.
func TestNoEditorOnATerminal(t *testing.T) {
	bin, dir := binary(t), editable(t)
	s := ptytest.Start(t, ptytest.Size{Columns: 160, Lines: 30}, []string{"VISUAL=", "EDITOR="}, bin, dir)
	s.WaitFor("undecided of")
	s.Send("/kind:model\r")
	s.WaitFor("kind:model")
	s.Send("E")
	s.WaitFor("no editor is set: export VISUAL or EDITOR")
	quit(t, s)
}
