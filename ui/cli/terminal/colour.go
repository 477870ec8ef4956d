package terminal

import (
	"os"
	"slices"
	"strings"

	"github.com/muesli/termenv"
)

// Profile is what a terminal can colour. CLICOLOR_FORCE gives sixteen colours to one that
// is not known to have any.
func Profile(out *os.File) termenv.Profile {
	// out is a terminal, which the library would not believe where the variable CI is set.
	profile := termenv.NewOutput(out, termenv.WithTTY(true)).ColorProfile()
	if force := os.Getenv("CLICOLOR_FORCE"); profile == termenv.Ascii && force != "" && force != "0" {
		return termenv.ANSI
	}
	return profile
}

// NoColour reports that the environment wants no colours: NO_COLOR or CLICOLOR=0.
func NoColour() bool { return termenv.EnvNoColor() }

// SaysBackground reports that a terminal can be asked for its background. Screen and tmux
// keep the question or the answer to themselves, and others print it.
func SaysBackground() bool {
	if os.Getenv("TMUX") != "" || os.Getenv("STY") != "" {
		return false
	}
	term := os.Getenv("TERM")
	return slices.ContainsFunc(asked(), func(prefix string) bool { return strings.HasPrefix(term, prefix) })
}

// asked are the names with which those terminals begin that read OSC strings.
func asked() []string {
	return []string{"xterm", "rxvt", "alacritty", "contour", "foot", "ghostty", "gnome", "iterm", "kitty", "konsole", "mintty", "rio", "st-", "vte", "wezterm"}
}
