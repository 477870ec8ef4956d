package theme

import "github.com/muesli/termenv"

// Chooser is the theme of a screen, which can change while it is shown. All that is drawn
// has the same Styles.
type Chooser struct {
	Styles  *Styles
	name    Name
	profile termenv.Profile
	auto    bool // the terminal's answer may still change it
}

// Choose begins with a theme on a background that is dark, or is not, as far as is known.
// With auto the terminal may say otherwise.
func Choose(name Name, profile termenv.Profile, dark bool) *Chooser {
	c := &Chooser{Styles: &Styles{}, profile: profile, auto: name == Auto || name == Sixteen}
	c.set(name.On(dark))
	return c
}

func (c *Chooser) set(name Name) {
	c.name = name
	*c.Styles = *New(name, c.profile)
}

// Asks reports that the theme depends on the background.
func (c *Chooser) Asks() bool { return c.auto && c.profile != termenv.Ascii }

// Answer takes the terminal's answer about its background in, unless a theme was chosen
// by hand meanwhile.
func (c *Chooser) Answer(answer string) {
	dark, known := darkByAnswer(answer)
	switch {
	case !c.auto || !known:
	case c.name == Sixteen || c.name == SixteenLight:
		c.set(Sixteen.On(dark))
	default:
		c.set(Auto.On(dark))
	}
}

// Next goes to the next theme and gives its name. Without colours there is only one:
// then it is empty.
func (c *Chooser) Next() Name {
	if c.profile == termenv.Ascii {
		return ""
	}
	c.auto = false
	c.set(Next(c.name))
	return c.name
}

// Fixed is a theme that does not change.
func Fixed(st *Styles) *Chooser { return &Chooser{Styles: st, profile: termenv.Ascii} }
