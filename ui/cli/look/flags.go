// Package look is how full screens look: themes, signs and the mouse, by flags and by your
// own settings.
//
// Not here: reading config.yml (sources/settings), running a screen (ui/cli/fullscreen),
// colours (ui/theme).
package look

import (
	"os"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"darkroom/sources/settings"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/fullscreen"
	"darkroom/ui/cli/terminal"
	"darkroom/ui/theme"
)

// Flags are the choices for a screen.
type Flags struct {
	Theme   string
	ASCII   bool
	NoMouse bool
	NoLinks bool // of the explorer alone
}

// Register adds the flags, but the explorer's own.
func (f *Flags) Register(flags *pflag.FlagSet) {
	flags.StringVar(&f.Theme, "theme", string(theme.Auto), "colours, `NAME`: "+strings.Join(ThemeNames(), ", "))
	flags.BoolVar(&f.ASCII, "ascii", false, "draw with signs of ASCII; titles stay as they are where the locale is UTF-8")
	flags.BoolVar(&f.NoMouse, "no-mouse", false, "leave the mouse to the terminal")
}

// Mouse are the options of a screen that listens to the mouse.
func (f Flags) Mouse() []tea.ProgramOption {
	if f.NoMouse {
		return nil
	}
	return []tea.ProgramOption{tea.WithMouseCellMotion()}
}

// ThemeName is the theme that is chosen.
func (f Flags) ThemeName() (theme.Name, error) {
	if name, ok := theme.Known(f.Theme); ok {
		return name, nil
	}
	return "", app.Usage("--theme %q is not known; use %s", f.Theme, strings.Join(ThemeNames(), ", "))
}

func ThemeNames() []string {
	var names []string
	for _, n := range theme.Names() {
		names = append(names, string(n))
	}
	return names
}

// Colours are those of a full screen, which asks the terminal for its background where
// that matters and an answer can be expected.
func (f Flags) Colours(screen *fullscreen.Screen, out *os.File) (*theme.Chooser, error) {
	name, err := f.ThemeName()
	if err != nil {
		return nil, err
	}
	if name == theme.Auto && terminal.NoColour() {
		name = theme.None
	}
	dark, known := theme.DarkByVariable(os.Getenv("COLORFGBG"))
	c := theme.Choose(name, terminal.Profile(out), dark || !known)
	if c.Asks() && terminal.SaysBackground() {
		screen.AskBackground(backgroundTime)
	}
	return c, nil
}

// backgroundTime is how long a terminal may take to name its background.
const backgroundTime = 100 * time.Millisecond

// Configure takes from config.yml what the command line leaves open.
func (f *Flags) Configure(flags *pflag.FlagSet, s settings.Settings) {
	if s.Theme != "" && !flags.Changed("theme") {
		f.Theme = s.Theme
	}
	if !flags.Changed("ascii") {
		f.ASCII = s.ASCII
	}
	if !flags.Changed("no-mouse") {
		f.NoMouse = !s.Mouse
	}
	if !flags.Changed("no-links") {
		f.NoLinks = !s.Links
	}
}
