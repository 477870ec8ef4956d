package theme

import (
	"strconv"
	"strings"
)

// DarkByVariable reads the background from COLORFGBG ("15;0": the last number is the
// background). known is false when it says nothing.
func DarkByVariable(value string) (dark, known bool) {
	parts := strings.Split(value, ";")
	bg, err := strconv.Atoi(parts[len(parts)-1])
	if err != nil || bg < 0 || bg > 15 {
		return false, false
	}
	return bg != 7 && bg < 9, true
}

// darkByAnswer reads a terminal's answer about its background: "rgb:1e1e/1e1e/1e1e" with
// one to four digits each, also with "rgba:".
func darkByAnswer(answer string) (dark, known bool) {
	kind, colour, ok := strings.Cut(answer, ":")
	parts := strings.Split(colour, "/")
	if !ok || kind == "rgb" && len(parts) != 3 || kind == "rgba" && len(parts) != 4 || kind != "rgb" && kind != "rgba" {
		return false, false
	}
	var rgb [3]float64
	for i := range rgb {
		n, err := strconv.ParseUint(parts[i], 16, 16)
		if err != nil || len(parts[i]) > 4 {
			return false, false
		}
		rgb[i] = float64(n) / float64(uint64(1)<<(4*len(parts[i]))-1)
	}
	return 0.299*rgb[0]+0.587*rgb[1]+0.114*rgb[2] < 0.5, true
}
