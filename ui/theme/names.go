package theme

import "slices"

// Name is a theme as --theme takes it.
type Name string

// The themes. None has no colours, only bold, underline and reverse.
const (
	Auto            Name = "auto"
	Dark            Name = "dark"
	Light           Name = "light"
	ColorblindDark  Name = "colorblind-dark"
	ColorblindLight Name = "colorblind-light"
	Sixteen         Name = "16"
	SixteenLight    Name = "16-light"
	None            Name = "none"
)

// Names are the themes that --theme and config.yml take; behind Auto in the order in which
// they are gone through.
func Names() []Name {
	return []Name{Auto, Dark, Light, ColorblindDark, ColorblindLight, Sixteen, SixteenLight, None}
}

// Known finds a theme by the name that was typed. "plain" is what None was called first.
func Known(typed string) (Name, bool) {
	switch name := Name(typed); {
	case name == "plain":
		return None, true
	case slices.Contains(Names(), name):
		return name, true
	}
	return "", false
}

// Next is the theme after one.
func Next(n Name) Name {
	all := Names()[1:]
	return all[(slices.Index(all, n)+1)%len(all)]
}

// On chooses for a background: the light variant of a theme, or the dark one.
func (n Name) On(dark bool) Name {
	switch {
	case n == Auto && dark:
		return Dark
	case n == Auto:
		return Light
	case n == Sixteen && !dark:
		return SixteenLight
	}
	return n
}
