package cli

import (
	"errors"

	"github.com/spf13/pflag"

	"darkroom/sources/disk"
	"darkroom/sources/settings"
	"darkroom/sources/tableau/doctor"
	"darkroom/ui/explorer"
	"darkroom/ui/input"
	"darkroom/ui/theme"
)

// vocabulary is what config.yml can say.
func vocabulary() settings.Vocabulary {
	words := settings.Vocabulary{Key: input.KeyName, KeyNames: input.KeyNames(), Kept: explorer.KeptKeys()}
	for _, name := range theme.Names() {
		words.Themes = append(words.Themes, string(name))
	}
	for _, act := range explorer.Bindable() {
		words.Actions = append(words.Actions, settings.Action(act))
	}
	for _, v := range explorer.Arrangements() {
		words.Views = append(words.Views, settings.ViewWords(v))
	}
	return words
}

// arranged is how views begin.
func arranged(s settings.Settings) map[string]explorer.Arranged {
	all := map[string]explorer.Arranged{}
	for name, v := range s.Views {
		by, down := v.By()
		all[name] = explorer.Arranged{By: by, Down: down, Columns: v.Columns, Group: v.Group}
	}
	return all
}

// configure takes from config.yml what the command line leaves open.
func (f *explorerFlags) configure(flags *pflag.FlagSet, s settings.Settings) {
	if s.Theme != "" && !flags.Changed("theme") {
		f.theme = s.Theme
	}
	if !flags.Changed("ascii") {
		f.ascii = s.ASCII
	}
	if !flags.Changed("no-mouse") {
		f.noMouse = !s.Mouse
	}
	if !flags.Changed("no-links") {
		f.noLinks = !s.Links
	}
}

// problems are what is wrong with config.yml, as messages.
func problems(s settings.Settings) []string {
	out := make([]string, len(s.Problems))
	for i, p := range s.Problems {
		out[i] = p.Error()
	}
	return out
}

// settingsLines say whether your config.yml can be used as it is; none where there is no
// such file.
func settingsLines() []doctor.Line {
	own := settings.Load(vocabulary())
	if own.File == "" {
		return nil
	}
	if len(own.Problems) == 0 {
		return []doctor.Line{{Check: "settings", Status: doctor.OK, Text: own.File}}
	}
	var lines []doctor.Line
	for _, p := range own.Problems {
		l := doctor.Line{Check: "settings", Status: doctor.Fail, Text: p.Error()}
		if e, ok := errors.AsType[*disk.Error](p); ok {
			bare := *e
			bare.Fix, bare.Place.Source = "", ""
			l.Text, l.Fix = bare.Error(), e.Fix
		}
		lines = append(lines, l)
	}
	return lines
}
