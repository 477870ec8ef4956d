package setup

import (
	"errors"

	"darkroom/sources/disk"
	"darkroom/sources/settings"
	"darkroom/sources/tableau/doctor"
	"darkroom/ui/cli/look"
)

// settingsLines say whether your config.yml can be used as it is; none where there is no
// such file.
func settingsLines() []doctor.Line {
	own := settings.Load(look.Vocabulary())
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
