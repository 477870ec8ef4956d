package explorer

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// syncView shows the sync: lists with their counts while it runs, and then what
// came of each site. Closing it stops nothing.
type syncView struct {
	pager
	state *syncState
}

func (a *App) showSync() tea.Cmd {
	a.push(&syncView{state: &a.sync})
	return nil
}

func (v *syncView) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); {
	case key == "esc" || key == "q" || key == "R":
		a.pop()
	case key == "x" && a.sync.active:
		a.sync.cancel()
	case key == "r" && !a.sync.active:
		return a.syncWith(SyncOptions{})
	case key == "s" && !a.sync.active && len(a.sync.worse()) > 0:
		return a.syncWith(SyncOptions{Smaller: a.sync.worse()})
	default:
		v.scrollKey(key)
	}
	return nil
}

func (v *syncView) hints() []hint {
	switch {
	case v.state.active:
		return []hint{{"esc", "back", nil}, {"x", "stop", nil}, {"↑↓", "scroll", nil}}
	case len(v.state.worse()) > 0:
		return []hint{{"esc", "back", nil}, {"s", "take the worse answer", nil}, {"r", "sync again", nil}, {"↑↓", "scroll", nil}}
	}
	return []hint{{"esc", "back", nil}, {"r", "sync again", nil}, {"↑↓", "scroll", nil}}
}

func (v *syncView) click(*App, int) tea.Cmd { return nil }

func (v *syncView) draw(a *App, width, height int) []string {
	v.lines = nil
	for i := range a.sync.sites {
		if i > 0 {
			v.lines = append(v.lines, "")
		}
		v.site(a, &a.sync.sites[i], width-3)
	}
	if a.sync.err != nil && !errors.Is(a.sync.err, context.Canceled) {
		v.wrapped(a.st.Warn, a.sync.err.Error(), "", width-3)
	}
	lines := []string{" " + a.st.Title.Render(a.sync.title()), ""}
	for _, l := range v.window(height - len(lines)) {
		lines = append(lines, " "+text.Clip(l, width-1))
	}
	return lines
}

const countWidth = 14 // "12000 of 60000"

// site writes what is known of one site.
func (v *syncView) site(a *App, s *siteSync, width int) {
	v.lines = append(v.lines, a.st.Accent.Render(text.Cut(text.Clean(s.name), width)))
	if r := s.result; r != nil {
		v.result(a, r, width)
		return
	}
	v.wrapped(a.st.Dim, s.line, "  ", width)
	name := max(min(32, width-countWidth-5), 8)
	for _, p := range s.stages {
		line := "  " + text.Pad(text.Cut(text.Clean(p.Stage), name), name) + text.PadLeft(p.count(), countWidth)
		switch {
		case p.Ended && p.Total > p.Done: // the server did not give all
			line += "  " + a.gl.gap
		case p.Ended:
			line += "  " + a.gl.linked
		}
		v.lines = append(v.lines, text.Cut(line, width))
	}
}

func (v *syncView) result(a *App, r *SyncResult, width int) {
	if r.Err != nil {
		v.wrapped(a.st.Bad, r.Err.Error(), "  ", width)
	}
	v.wrapped(theme.Style{}, r.Summary, "  ", width)
	for _, w := range r.Worse {
		v.wrapped(a.st.Warn, "worse than last time: "+w, "  ", width)
	}
	if len(r.Worse) > 0 {
		v.wrapped(theme.Style{}, "The old snapshot was kept.", "  ", width)
	}
	for i, h := range r.Holes {
		if i == 20 {
			v.wrapped(a.st.Warn, "not whole: and "+text.Short(len(r.Holes)-i)+" more", "  ", width)
			break
		}
		v.wrapped(a.st.Warn, "not whole: "+h, "  ", width)
	}
	for _, n := range r.Notes {
		v.wrapped(a.st.Dim, n, "  ", width)
	}
}

// wrapped adds a text in as many lines as it needs.
func (v *syncView) wrapped(style theme.Style, s, indent string, width int) {
	if s == "" {
		return
	}
	for _, line := range text.CleanLines(s) {
		for _, part := range text.Wrap(line, max(width-len(indent), 10)) {
			v.lines = append(v.lines, indent+style.Render(part))
		}
	}
}
