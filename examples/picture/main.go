// Command picture draws the README's pictures with the real program: it runs the explorer
// on the example, does actions by their names and writes the frames as SVG. Run it at the
// top of the repository:
//
//	go run ./examples/picture
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"darkroom/ui/cli/explore"
	"darkroom/ui/explorer"
	"darkroom/ui/input"
	"darkroom/ui/screentest"
	"darkroom/ui/theme"
)

const (
	film   = "examples/explorer.svg" // what follows each other
	stills = "examples/pictures"     // one for each scene
)

// scene is a screen: what is done from the start. A word that is no action is typed.
type scene struct {
	name string
	do   []string
}

func scenes() []scene {
	find := func(what string) []string { return []string{"filter", what, "enter", "filter.clear"} }
	return []scene{
		{"models", append(find("fct_revenue"), "tree.open", "decide.tick", "move.down", "move.down", "decide.exclude")},
		{"dashboards", append([]string{"view.dashboards"}, find("sales overview")...)},
		{"flat", []string{"view.dashboards", "flat", "move.down", "move.down", "decide.tick", "decide.tick"}},
		{"exposures", []string{"view.exposures"}},
		{"lineage", append(find("fct_revenue"), "lineage")},
		{"impact", append(find("fct_revenue"), "impact")},
		{"gaps", []string{"view.gaps", "move.down", "move.down", "tree.open"}},
		{"inbox", []string{"view.inbox", "move.down"}},
		{"files", []string{"view.files"}},
		{"write", append([]string{"view.dashboards"}, append(find("sales overview"), "decide.tick", "write")...)},
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run() error {
	// The picture does not show the name of the user who draws it.
	if err := os.Setenv("GIT_AUTHOR_NAME", "analytics"); err != nil {
		return err
	}
	if err := os.MkdirAll(stills, 0o755); err != nil {
		return err
	}
	var frames []string
	for _, s := range scenes() {
		frame, err := play(s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		frames = append(frames, frame)
		if err := os.WriteFile(filepath.Join(stills, s.name+".svg"), []byte(picture(frame)), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(film, []byte(picture(frames...)), 0o644)
}

// play gives the frame of a scene, from the start of the example each time.
func play(s scene) (frame string, err error) {
	backend, clean, err := explore.DemoBackend()
	if err != nil {
		return "", err
	}
	defer clean()
	app := explorer.New(backend, explorer.Options{
		Styles: theme.New(theme.Dark, termenv.TrueColor),
		Now:    func() time.Time { return time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC) },
		After:  func(time.Duration, tea.Msg) tea.Cmd { return nil },
	})
	sc := screen{model: app}
	sc.send(tea.WindowSizeMsg{Width: width, Height: height})
	screentest.Each(app.Init(), sc.send)
	for _, word := range s.do {
		sc.press(word)
	}
	return folder.ReplaceAllStringFunc(sc.model.View(), func(line string) string {
		m := folder.FindStringSubmatch(line)
		return "darkroom-demo" + m[2] + strings.Repeat(" ", len(m[1])+1+len(m[3])) + m[4]
	}), nil
}

// folder is the demo's, which has another number each time, up to the end of its line in a
// box.
var folder = regexp.MustCompile("darkroom-demo-([0-9]+)([^│]*?)( *)((?:\x1b\\[[0-9;]*m)*│)")

// screen drives the explorer without a terminal.
type screen struct{ model tea.Model }

func (s *screen) send(msg tea.Msg) {
	m, cmd := s.model.Update(msg)
	s.model = m
	screentest.Each(cmd, s.send)
}

// press does an action by its name, or types a word.
func (s *screen) press(word string) {
	for _, act := range explorer.Actions() {
		if act.Name == word && len(act.Keys) > 0 {
			word = act.Keys[0]
		}
	}
	switch key, ok := input.Named(word); {
	case ok:
		s.send(key)
		return
	case word == "down":
		s.send(tea.KeyMsg{Type: tea.KeyDown})
		return
	case word == "right":
		s.send(tea.KeyMsg{Type: tea.KeyRight})
		return
	}
	for _, r := range word {
		s.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}
