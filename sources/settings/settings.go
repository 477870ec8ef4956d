// Package settings is config.yml, the file in which you set darkroom up for yourself:
// looks, tables, keys. It is read from your own folder of settings and never from a
// project, so that a cloned repository changes nothing on your screen.
//
// Not here: which actions, themes and keys there are (ui gives them as a [Vocabulary]),
// and darkroom.yml, which a project has (sources/project/config).
package settings

import (
	"slices"
	"strings"

	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// Name is the file, in the folder darkroom of $XDG_CONFIG_HOME.
const Name = "config.yml"

// Settings is config.yml. Every key is optional.
//
//	theme: light             # as --theme
//	mouse: false             # as --no-mouse
//	links: false             # as --no-links
//	ascii: true              # as --ascii
//	views:                   # by name: how a view begins
//	  dashboards: {sort: "views:desc", columns: [owner, views], group: owner}
//	keys:                    # by the name of the action; README.md has the names
//	  quit: ctrl+q
//	  tree.toggle: [enter, o]
//	  decide.exclude: none   # no key at all; the palette still has it
type Settings struct {
	File string // as read; empty when there is none

	Theme string                    `yaml:"theme"`
	Mouse bool                      `yaml:"mouse"`
	Links bool                      `yaml:"links"`
	ASCII bool                      `yaml:"ascii"`
	Views map[string]View           `yaml:"views"`
	Keys  map[string]yamlfile.Texts `yaml:"keys"`

	// Bindings are the keys of actions as the screen calls them, without what is wrong.
	Bindings map[string][]string
	// Problems are all that is wrong, each a [*disk.Error]. What they are about is as
	// if the file did not say it.
	Problems []error
}

// Load reads your config.yml. What is wrong with it is in Problems: a mistake in it
// never keeps darkroom from starting.
func Load(words Vocabulary) Settings {
	file, err := disk.ConfigFile(Name)
	if err != nil {
		return defaults() // without a home folder there are no settings
	}
	data, err := disk.ReadFile(file)
	switch {
	case err != nil:
		s := defaults()
		s.File, s.Problems = file, []error{disk.Failed("read", file, err)}
		return s
	case data == nil:
		return defaults()
	}
	return Parse(file, data, words)
}

func defaults() Settings { return Settings{Mouse: true, Links: true} }

// Parse is [Load] on bytes; file is only for messages.
func Parse(file string, data []byte, words Vocabulary) Settings {
	s := defaults()
	s.File = file
	y := yamlfile.Parse(file, strings.TrimPrefix(string(data), "\ufeff"), 1)
	y.Decode(&s)
	if s.Theme != "" && !slices.Contains(words.Themes, s.Theme) {
		y.FailAt("$.theme", "unknown theme "+quote(s.Theme), nearest(s.Theme, words.Themes, "use "+strings.Join(words.Themes, ", ")))
		s.Theme = ""
	}
	s.checkViews(y, words.Views)
	s.bind(y, words)
	s.Problems = y.Problems
	return s
}

// quote is a word of the file in a message.
func quote(word string) string { return `"` + disk.Clip(word) + `"` }

// nearest names the known word that was probably meant, or says what to do otherwise.
func nearest(word string, known []string, otherwise string) string {
	if fix := yamlfile.DidYouMean(word, slices.Clone(known)); strings.HasPrefix(fix, "did you mean") {
		return fix
	}
	return otherwise
}
