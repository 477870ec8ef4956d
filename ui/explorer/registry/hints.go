package registry

import (
	"slices"
	"strings"

	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Hint is one entry of the footer; overlays' hints have no action.
type Hint struct {
	view.Hint
	Act      *view.Action
	From, To int // cells on its line
}

// Hints are the entries of a line.
type Hints []Hint

// Hinted are the actions that can be done now in a view and are worth a hint. While the
// details have the keys, theirs come first and folds are left out.
func (r *Registry) Hinted(v view.View, inDetails bool) Hints {
	hints := make(Hints, 0, 24) // of which a line has room for some
	for _, act := range r.Actions {
		if act.Hint != "" && len(act.Keys) > 0 && act.in(v) && act.Refusal() == "" && (!inDetails || act.Group != view.GroupFold) {
			hints = append(hints, Hint{Hint: view.Hint{Key: view.KeyLabel(act.Keys[0]), Word: act.Hint}, Act: &act.Action})
		}
	}
	slices.SortStableFunc(hints, func(x, y Hint) int {
		switch {
		case x.Act.InDetails == y.Act.InDetails:
			return 0
		case x.Act.InDetails:
			return -1
		}
		return 1
	})
	return hints
}

// Plain are hints without actions.
func Plain(hints []view.Hint) Hints {
	out := make(Hints, len(hints))
	for i, h := range hints {
		out[i].Hint = h
	}
	return out
}

// Fit are those that a width has room for, each with its place on the line. That of the
// action always is among them.
func (all Hints) Fit(width int, always string) Hints {
	used, kept := 0, 0 // kept: cells that always has to get
	at := slices.IndexFunc(all, func(h Hint) bool { return h.Act != nil && h.Act.Name == always })
	if at >= 0 {
		kept = all[at].width()
	}
	fit := all[:0]
	for i, h := range all {
		if i == at {
			kept = 0
		}
		room := width - 1 - kept - used
		if h.width() > room {
			h.Word, _, _ = strings.Cut(h.Word, ",") // what comes behind the comma only explains
		}
		if h.width() > room {
			continue
		}
		h.From, h.To = used, used+h.width()
		fit, used = append(fit, h), h.To
	}
	return fit
}

func (h *Hint) width() int { return text.Width(h.Key) + 1 + text.Width(h.Word) + 2 }

func (all Hints) Draw(st *theme.Styles) string {
	line := make([]byte, 0, 1024) // enough for a wide screen, and not on the heap
	for _, h := range all {
		line = st.Accent.Append(append(line, ' '), h.Key)
		line = append(st.Dim.Append(append(line, ' '), h.Word), ' ')
	}
	return string(line)
}

// At is the hint at a cell of the line; nil where there is none.
func (all Hints) At(x int) *Hint {
	for i := range all {
		if x >= all[i].From && x < all[i].To {
			return &all[i]
		}
	}
	return nil
}
