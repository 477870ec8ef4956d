// Package dark prevents a question at start-up. When bubbletea is imported, it asks
// the terminal for its background colour and waits up to five seconds for an answer,
// even for "darkroom --version" (ui/TERMINAL.md#the-start-up-question). Setting the
// answer in lipgloss first avoids that: Go initialises ready packages in the order of
// their import paths, and "darkroom/ui/dark" sorts before
// "github.com/charmbracelet/bubbletea". A test on a silent terminal checks it.
// ui/theme chooses dark or light itself.
package dark

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
