package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/disk"
	"darkroom/sources/disk/disktest"
)

// words are those of a small screen: three keys, one action of a view.
func words() Vocabulary {
	keys := map[string]string{"q": "q", "x": "x", "enter": "enter", "ctrl+q": "ctrl+q", "ctrl-q": "ctrl+q", "esc": "esc", "ctrl+c": "ctrl+c", "o": "o"}
	return Vocabulary{
		Themes: []string{"auto", "dark", "light"},
		Views:  []ViewWords{{Name: "models", Orders: []string{"name", "views"}, Columns: []string{"name", "views", "owner"}, Groups: []string{"folder", "layer"}}, {Name: "lineage"}},
		Actions: []Action{
			{Name: "quit"},
			{Name: "filter.clear"},
			{Name: "decide.exclude"},
			{Name: "browse"},
			{Name: "tree.open", Views: []string{"models"}},
			{Name: "inbox.review", Views: []string{"inbox"}},
		},
		Key:      func(name string) (string, bool) { key, ok := keys[name]; return key, ok },
		KeyNames: []string{"enter", "ctrl+q", "esc", "ctrl+c"},
		Kept:     map[string]string{"esc": "filter.clear", "ctrl+c": "quit"},
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, yml string
		problems  []string // each a part of a message; none is a file without mistakes
		theme     string
		mouse     bool
		keys      map[string][]string
	}{
		{name: "empty", mouse: true},
		{name: "all", yml: "theme: light\nmouse: false\nascii: true\nkeys:\n  quit: ctrl-q\n  tree.open: [enter, o]\n  browse: none\n", theme: "light", keys: map[string][]string{"quit": {"ctrl+q"}, "tree.open": {"enter", "o"}, "browse": nil}},
		{name: "a kept key with its own action", yml: "keys: {quit: [q, ctrl+c]}", mouse: true, keys: map[string][]string{"quit": {"q", "ctrl+c"}}},
		{name: "the same key in two views", yml: "keys: {tree.open: o, inbox.review: o}", mouse: true, keys: map[string][]string{"tree.open": {"o"}, "inbox.review": {"o"}}},
		{name: "views", yml: "views: {models: {sort: 'views:desc', columns: [owner, views], group: layer}}", mouse: true},
		{name: "an unknown view", yml: "views: {model: {sort: views}}", problems: []string{`unknown view "model"; did you mean "models"?`}, mouse: true},
		{name: "an unknown column", yml: "views: {models: {columns: [owner, vews]}}", problems: []string{`models has no column "vews"; did you mean "views"?`}, mouse: true},
		{name: "not to sort by", yml: "views: {models: {sort: owner}}", problems: []string{`models cannot be sorted by "owner"; there are name, views`}, mouse: true},
		{name: "no direction", yml: "views: {models: {sort: 'views:up'}}", problems: []string{`unknown direction "up"; write asc or desc`}, mouse: true},
		{name: "nothing to sort", yml: "views: {lineage: {sort: views}}", problems: []string{`lineage cannot be sorted by "views"; this view has none`}, mouse: true},
		{name: "an unknown grouping", yml: "views: {models: {group: layr}}", problems: []string{`config.yml:1:18: models cannot be grouped by "layr"; did you mean "layer"?`}, mouse: true},
		{name: "nothing to group", yml: "views: {lineage: {group: layer}}", problems: []string{`lineage cannot be grouped by "layer"; this view has none`}, mouse: true},
		{name: "not YAML", yml: "theme: [", problems: []string{"config.yml:1:"}, mouse: true},
		{name: "an unknown key", yml: "mouse: false\nthemes: dark", problems: []string{`config.yml:2:1: unknown key "themes"; did you mean "theme"?`}},
		{name: "an unknown theme", yml: "theme: lihgt", problems: []string{`config.yml:1:1: unknown theme "lihgt"; did you mean "light"?`}, mouse: true},
		{name: "a switch that is none", yml: "mouse: sometimes", problems: []string{"config.yml:1:8: true or false is expected here"}, mouse: true},
		{name: "an unknown action", yml: "keys:\n  tree.opn: o\n  quit: x", problems: []string{`config.yml:2:3: unknown action "tree.opn"; did you mean "tree.open"?`}, mouse: true, keys: map[string][]string{"quit": {"x"}}},
		{name: "an action like none", yml: "keys: {make.coffee: o}", problems: []string{`unknown action "make.coffee"; README.md lists the actions`}, mouse: true},
		{name: "an unknown key name", yml: "keys:\n  quit: [x, entre]", problems: []string{`config.yml:2:13: unknown key "entre"; did you mean "enter"?`}, mouse: true},
		{name: "bound twice", yml: "keys:\n  browse: x\n  quit: x", problems: []string{`config.yml:3:3: "x" is bound to browse, too`}, mouse: true, keys: map[string][]string{"browse": {"x"}}},
		{name: "bound in a view and everywhere", yml: "keys: {browse: o, tree.open: o}", problems: []string{`"o" is bound to browse, too`}, mouse: true, keys: map[string][]string{"browse": {"o"}}},
		{name: "twice the same", yml: "keys: {quit: [x, x]}", problems: []string{`"x" is here twice`}, mouse: true},
		{name: "esc", yml: "keys: {quit: esc}", problems: []string{"esc stays with filter.clear; choose another key"}, mouse: true},
		{name: "ctrl+c", yml: "keys: {browse: ctrl+c}", problems: []string{"ctrl+c stays with quit"}, mouse: true},
		{name: "no key", yml: "keys: {quit: []}", problems: []string{"quit has no key here; name one, or write none"}, mouse: true},
		{name: "nothing", yml: "keys: {quit: }", problems: []string{"quit has no key here"}, mouse: true},
		{name: "not a key", yml: "keys: {quit: {a: b}}", problems: []string{"a list is expected here"}, mouse: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Parse("config.yml", []byte(c.yml), words())
			if len(s.Problems) != len(c.problems) {
				t.Fatal(s.Problems)
			}
			for i, want := range c.problems {
				if _, isPlaced := errors.AsType[*disk.Error](s.Problems[i]); !strings.Contains(s.Problems[i].Error(), want) || !isPlaced {
					t.Errorf("%v\nlacks %s", s.Problems[i], want)
				}
			}
			if c.keys == nil {
				c.keys = map[string][]string{}
			}
			if diff := cmp.Diff(c.keys, s.Bindings); diff != "" || s.Theme != c.theme || s.Mouse != c.mouse {
				t.Errorf("theme %q mouse %v %s", s.Theme, s.Mouse, diff)
			}
		})
	}
}

// Only your own folder is read: never a relative one, which would be the project's.
func TestLoad(t *testing.T) {
	home, project := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("APPDATA", "")
	disktest.Write(t, project, "settings/darkroom/config.yml", "theme: light")
	disktest.Write(t, project, "config.yml", "theme: light")
	t.Chdir(project)
	if s := Load(words()); s.Theme != "" || s.File != "" || len(s.Problems) > 0 || !s.Mouse {
		t.Errorf("%+v", s)
	}
	t.Setenv("XDG_CONFIG_HOME", "settings")
	if s := Load(words()); s.Theme != "" {
		t.Error("a relative folder is the project's")
	}
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(project, "settings"))
	if s := Load(words()); s.Theme != "light" || s.File == "" {
		t.Errorf("%+v", s)
	}
	t.Setenv("XDG_CONFIG_HOME", "")
	disktest.Write(t, home, ".config/darkroom/config.yml", "theme: dark")
	if s := Load(words()); s.Theme != "dark" {
		t.Errorf("%+v", s)
	}
	disktest.Must(t, os.Remove(filepath.Join(home, ".config/darkroom/config.yml")))
	disktest.Must(t, os.Mkdir(filepath.Join(home, ".config/darkroom/config.yml"), 0o755))
	if s := Load(words()); len(s.Problems) != 1 || !s.Mouse {
		t.Errorf("%+v", s)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("theme: light\nkeys:\n  quit: [q, x]\n")
	f.Add("keys: {browse: ctrl+c, quit: x, tree.open: none}")
	f.Fuzz(func(t *testing.T, yml string) {
		s := Parse("config.yml", []byte(yml), words())
		for name, keys := range s.Bindings {
			for _, key := range keys {
				if kept := words().Kept[key]; kept != "" && kept != name {
					t.Errorf("%s has %s", name, key)
				}
			}
		}
	})
}
