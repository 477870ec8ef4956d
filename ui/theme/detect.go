package theme

import (
	"os"
	"strconv"
	"strings"
)

// Detect chooses between dark and light from COLORFGBG ("15;0": the last number
// is the background), the only hint that is available at once. The terminal itself
// is not asked (OSC 11), because a late answer would look like typed keys.
// Without a hint the theme is dark, as most terminals are.
func Detect() Name {
	parts := strings.Split(os.Getenv("COLORFGBG"), ";")
	bg, err := strconv.Atoi(parts[len(parts)-1])
	if err == nil && (bg == 7 || bg >= 9 && bg <= 15) {
		return Light
	}
	return Dark
}
