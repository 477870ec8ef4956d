package input

import (
	"slices"
	"testing"
)

func TestKeyName(t *testing.T) {
	for written, want := range map[string]string{
		"q": "q", "G": "G", "?": "?", "+": "+", "-": "-", "ж": "ж", " ": " ", "space": " ", "Space": " ",
		"ctrl+q": "ctrl+q", "ctrl-q": "ctrl+q", "Ctrl-Q": "ctrl+q", "shift+tab": "shift+tab", "shift-a": "A",
		"PgDn": "pgdown", "pageup": "pgup", "↓": "down", "Enter": "enter", "return": "enter", "escape": "esc", "f5": "f5", "F12": "f12",
		"alt+x": "alt+x", "alt-enter": "alt+enter", "ctrl+left": "ctrl+left", "home": "home", "delete": "delete",
		"": "", "ctrl+": "", "super+q": "", "ctrl+ä": "", "qq": "", "\x1b": "", "\u0301": "", "alt+alt+x": "", "alt+": "", "f99": "",
	} {
		got, ok := KeyName(written)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q %v, want %q", written, got, ok, want)
		}
	}
	for _, name := range KeyNames() {
		if key, ok := KeyName(name); !ok || key != name && name != "space" {
			t.Errorf("%q is %q %v", name, key, ok)
		}
	}
	if !slices.Contains(KeyNames(), "enter") || slices.Contains(KeyNames(), "runes") {
		t.Error(KeyNames())
	}
}
