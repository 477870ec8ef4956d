package theme

import "github.com/charmbracelet/lipgloss"

// palette has one colour for each meaning, as {true colour, 256, 16}. The sixteen are
// picked by hand, not by nearest match. Tests compute contrasts, and what is left of
// opposites for colour-blind eyes.
type palette struct {
	dim, faint, accent, link, hitFG, hitBG   lipgloss.CompleteColor
	cursor, cursorB, rangeBG                 lipgloss.CompleteColor // backgrounds of rows
	row                                      lipgloss.CompleteColor // plain text on them, whatever the terminal's own is
	included, mixed                          lipgloss.CompleteColor
	model, source, seed, snapshot, dashboard lipgloss.CompleteColor
	good, warn, bad                          lipgloss.CompleteColor
}

func hue(trueColor, ansi256, ansi string) lipgloss.CompleteColor {
	return lipgloss.CompleteColor{TrueColor: trueColor, ANSI256: ansi256, ANSI: ansi}
}

// paletteOf is the palette of a theme; None and Auto have none.
func paletteOf(n Name) (p palette, ok bool) {
	switch n {
	case Dark, Sixteen:
		return darkPalette(), true
	case Light, SixteenLight:
		return lightPalette(), true
	case ColorblindDark:
		return safe(darkPalette(), safeHues{
			good: hue("#8fc7ff", "117", "14"), warn: hue("#ffe873", "228", "11"), bad: hue("#ff8b2b", "208", "9"),
			mark: hue("#ffe873", "228", "11"),
		}), true
	case ColorblindLight:
		return safe(lightPalette(), safeHues{
			good: hue("#002f85", "19", "4"), warn: hue("#665200", "58", "3"), bad: hue("#b0006d", "125", "5"),
			mark: hue("#6b5200", "58", "5"),
		}), true
	}
	return palette{}, false
}

func darkPalette() palette {
	return palette{
		dim: hue("#a6aabd", "249", "7"), faint: hue("#4d5164", "240", "8"), accent: hue("#f0ad70", "215", "3"), link: hue("#8db3ff", "111", "12"),
		hitFG: hue("#1b1b1b", "234", "0"), hitBG: hue("#ffd479", "222", "11"),
		cursor: hue("#343a5e", "17", ""), cursorB: hue("#23263a", "235", ""), rangeBG: hue("#312c38", "237", ""), row: hue("#e8e8f0", "255", ""),
		included: hue("#7fd6a2", "115", "10"), mixed: hue("#e6cf73", "186", "11"),
		model: hue("#8db3ff", "111", "12"), source: hue("#7fd6a2", "115", "10"), seed: hue("#e6cf73", "186", "11"), snapshot: hue("#74d0d9", "116", "14"), dashboard: hue("#c9aff7", "183", "13"),
		good: hue("#7fd6a2", "115", "10"), warn: hue("#f2d06b", "221", "11"), bad: hue("#ff8f8f", "217", "9"),
	}
}

func lightPalette() palette {
	return palette{
		dim: hue("#5e6274", "240", "8"), faint: hue("#b4b8c8", "250", "7"), accent: hue("#8f4708", "94", "5"), link: hue("#1f4fb8", "25", "4"),
		hitFG: hue("#1b1b1b", "234", "0"), hitBG: hue("#ffd479", "222", "3"),
		cursor: hue("#dfe6fb", "195", ""), cursorB: hue("#eef0f7", "255", ""), rangeBG: hue("#f1e6d2", "254", ""), row: hue("#1b1b24", "234", ""),
		included: hue("#0b5e34", "22", "2"), mixed: hue("#6b5000", "58", "5"),
		model: hue("#1f4fb8", "25", "4"), source: hue("#0b5e34", "22", "2"), seed: hue("#6b5000", "58", "5"), snapshot: hue("#085a65", "23", "6"), dashboard: hue("#6434b0", "55", "5"),
		good: hue("#0b5e34", "22", "2"), warn: hue("#6b5000", "58", "5"), bad: hue("#a61b26", "124", "1"),
	}
}

// safeHues are the colours of a palette that every kind of eye tells apart: blue, yellow
// and orange, each of another brightness.
type safeHues struct{ good, warn, bad, mark lipgloss.CompleteColor }

func safe(p palette, h safeHues) palette {
	p.good, p.warn, p.bad = h.good, h.warn, h.bad
	p.included, p.mixed, p.accent, p.link, p.source, p.seed = h.good, h.mark, h.warn, h.good, h.good, h.mark
	return p
}
