package syncing

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Board shows the sync: lists with their counts while it runs, and then what came
// of each site. Closing it stops nothing.
type Board struct {
	overlay.Pager
	host  *view.Host
	state *State
	stop  func()
	start func(worse []string) tea.Cmd
}

// NewBoard shows a state. stop ends the sync, start begins another one, in which
// the answers of some sites may be worse than the last.
func NewBoard(h *view.Host, state *State, stop func(), start func(worse []string) tea.Cmd) *Board {
	return &Board{host: h, state: state, stop: stop, start: start}
}

func (v *Board) Key(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); {
	case key == "esc" || key == "q" || key == "R":
		v.host.Pop()
	case key == "x" && v.state.Active:
		v.stop()
	case key == "r" && !v.state.Active:
		return v.start(nil)
	case key == "s" && !v.state.Active && len(v.state.worse()) > 0:
		return v.start(v.state.worse())
	default:
		v.ScrollKey(key)
	}
	return nil
}

func (v *Board) Hints() []view.Hint {
	hints := []view.Hint{{Key: "esc", Word: "back"}}
	switch {
	case v.state.Active:
		hints = append(hints, view.Hint{Key: "x", Word: "stop"})
	case len(v.state.worse()) > 0:
		hints = append(hints, view.Hint{Key: "s", Word: "take the worse answer"}, view.Hint{Key: "r", Word: "sync again"})
	default:
		hints = append(hints, view.Hint{Key: "r", Word: "sync again"})
	}
	return append(hints, v.More()...)
}

func (v *Board) Draw(width, height int) []string {
	v.Lines = nil
	for i := range v.state.sites {
		if i > 0 {
			v.Lines = append(v.Lines, "")
		}
		v.site(&v.state.sites[i], width-3)
	}
	if err := v.state.Err; err != nil && !errors.Is(err, context.Canceled) {
		v.wrapped(v.host.Styles.Warn, err.Error(), "", width-3)
	}
	lines := []string{" " + v.host.Styles.Title.Render(v.state.title()), ""}
	for _, l := range v.Window(height - len(lines)) {
		lines = append(lines, " "+text.Clip(l, width-1))
	}
	return lines
}

const countWidth = 14 // "12000 of 60000"

// site writes what is known of one site.
func (v *Board) site(s *site, width int) {
	v.Lines = append(v.Lines, v.host.Styles.Accent.Render(text.Cut(text.Clean(s.name), width)))
	if r := s.result; r != nil {
		v.result(r, width)
		return
	}
	v.wrapped(v.host.Styles.Dim, s.line, "  ", width)
	name := max(min(32, width-countWidth-5), 8)
	for _, p := range s.stages {
		line := "  " + text.Pad(text.Cut(text.Clean(p.Stage), name), name) + text.PadLeft(text.Progress(p.Done, p.Total), countWidth)
		switch {
		case p.Ended && p.Total > p.Done: // the server did not give all
			line += "  " + v.host.Glyphs.Gap
		case p.Ended:
			line += "  " + v.host.Glyphs.Linked
		}
		v.Lines = append(v.Lines, text.Cut(line, width))
	}
}

func (v *Board) result(r *Result, width int) {
	if r.Err != nil {
		v.wrapped(v.host.Styles.Bad, r.Err.Error(), "  ", width)
	}
	v.wrapped(theme.Style{}, r.Summary, "  ", width)
	for _, w := range r.Worse {
		v.wrapped(v.host.Styles.Warn, "worse than last time: "+w, "  ", width)
	}
	if r.OldKept {
		v.wrapped(theme.Style{}, "The old snapshot was kept.", "  ", width)
	}
	for _, gap := range r.Incomplete {
		v.wrapped(v.host.Styles.Warn, "incomplete: "+gap, "  ", width)
	}
	for _, n := range r.Notes {
		v.wrapped(v.host.Styles.Dim, n, "  ", width)
	}
}

// wrapped adds a text in as many lines as it needs.
func (v *Board) wrapped(style theme.Style, s, indent string, width int) {
	if s == "" {
		return
	}
	for _, line := range text.CleanLines(s) {
		for _, part := range text.Wrap(line, max(width-len(indent), 10)) {
			v.Lines = append(v.Lines, indent+style.Render(part))
		}
	}
}
