package explorer

import (
	"slices"
	"strings"

	"darkroom/ui/explorer/registry"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// footer shows the keys that do something here and now; those of a box are on its edge.
func (a *App) footer(width int) string {
	if a.overlays.Top() != nil && a.box.edged {
		return ""
	}
	return a.hintLine(width)
}

// hintLine is as many hints as a width has room for.
func (a *App) hintLine(width int) string {
	line := make([]byte, 0, 8*width)
	for _, h := range a.fitting(width) {
		line = a.host.Styles.Accent.Append(append(line, ' '), h.Key)
		line = append(a.host.Styles.Dim.Append(append(line, ' '), h.Word), ' ')
	}
	return string(line)
}

// fitting are the hints that a width has room for, each with its place on the line. Help is
// always among them.
func (a *App) fitting(width int) []registry.Hint {
	used, all := 0, a.hints()
	help := slices.IndexFunc(all, func(h registry.Hint) bool { return h.Act != nil && h.Act.Name == helpName })
	kept := 0 // cells that help has to get
	if help >= 0 {
		kept = hintWidth(&all[help])
	}
	fit := all[:0]
	for i, h := range all {
		if i == help {
			kept = 0
		}
		w := hintWidth(&h)
		if used+w > width-1-kept {
			h.Word, _, _ = strings.Cut(h.Word, ",") // what comes behind the comma only explains
			w = hintWidth(&h)
		}
		if used+w > width-1-kept {
			continue
		}
		h.From, h.To = used, used+w
		fit = append(fit, h)
		used += w
	}
	return fit
}

func hintWidth(h *registry.Hint) int { return text.Width(h.Key) + 1 + text.Width(h.Word) + 2 }

func (a *App) hints() []registry.Hint {
	if top := a.overlays.Top(); top != nil {
		return plain(top.Hints())
	}
	if a.filter.editing {
		return plain(a.filterHints())
	}
	return a.registry.Hinted(a.view, a.panes.InDetails)
}

func plain(hints []view.Hint) []registry.Hint {
	out := make([]registry.Hint, len(hints))
	for i, h := range hints {
		out[i].Hint = h
	}
	return out
}
