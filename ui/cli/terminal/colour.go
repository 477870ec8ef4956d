package terminal

import (
	"os"
	"slices"
	"strconv"
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

// Links reports that a terminal is known to show links (OSC 8); FORCE_HYPERLINK says it
// for others, or that there are none.
func Links() bool {
	if force, ok := os.LookupEnv("FORCE_HYPERLINK"); ok && force != "" {
		return force != "0"
	}
	if os.Getenv("TMUX") != "" || os.Getenv("STY") != "" {
		return false
	}
	if vte, err := strconv.Atoi(os.Getenv("VTE_VERSION")); err == nil {
		return vte >= 5000
	}
	if konsole, err := strconv.Atoi(os.Getenv("KONSOLE_VERSION")); err == nil {
		return konsole >= 201200
	}
	term := os.Getenv("TERM")
	known := func(prefix string) bool { return strings.HasPrefix(term, prefix) }
	return os.Getenv("WT_SESSION") != "" || slices.Contains(linkPrograms(), os.Getenv("TERM_PROGRAM")) || slices.ContainsFunc(linkTerms(), known)
}

// linkPrograms are the names of terminals that know links, in TERM_PROGRAM; linkTerms are
// how their TERM begins.
func linkPrograms() []string {
	return []string{"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal", "mintty"}
}

func linkTerms() []string {
	return []string{"alacritty", "contour", "foot", "xterm-ghostty", "ghostty", "xterm-kitty", "rio", "wezterm"}
}
