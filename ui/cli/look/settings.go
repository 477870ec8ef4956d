package look

import (
	"darkroom/sources/settings"
	"darkroom/ui/explorer"
	"darkroom/ui/input"
)

// Vocabulary is what config.yml can say.
func Vocabulary() settings.Vocabulary {
	words := settings.Vocabulary{Key: input.KeyName, KeyNames: input.KeyNames(), Kept: explorer.KeptKeys(), Themes: ThemeNames()}
	for _, act := range explorer.Bindable() {
		words.Actions = append(words.Actions, settings.Action(act))
	}
	for _, v := range explorer.Arrangements() {
		words.Views = append(words.Views, settings.ViewWords(v))
	}
	return words
}

// Arranged is how views begin.
func Arranged(s settings.Settings) map[string]explorer.Arranged {
	all := map[string]explorer.Arranged{}
	for name, v := range s.Views {
		by, down := v.By()
		all[name] = explorer.Arranged{By: by, Down: down, Columns: v.Columns, Group: v.Group}
	}
	return all
}

// Problems are what is wrong with config.yml, as messages.
func Problems(s settings.Settings) []string {
	out := make([]string, len(s.Problems))
	for i, p := range s.Problems {
		out[i] = p.Error()
	}
	return out
}
