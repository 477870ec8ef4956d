// Package history keeps where one was before each jump, so that one can go back, and
// forward again. Places are texts that outlive another graph.
//
// Not here: how the explorer goes to a place.
package history

import "darkroom/ui/explorer/view"

// most is how many places are kept.
const most = 200

// Place is where one is: a row of a view, behind a filter.
type Place struct {
	View   view.View
	Row    string // see view.Placer; empty where the view has none
	Filter string
}

// Of is the place of the cursor in a view.
func Of(v view.View, filter string) Place {
	p := Place{View: v, Filter: filter}
	if placer, ok := view.As[view.Placer](v); ok {
		p.Row = placer.Place()
	}
	return p
}

// isAt reports the same row, whatever the filter.
func (p Place) isAt(other Place) bool { return p.View == other.View && p.Row == other.Row }

// History is what was left by jumps, and what was left by going back.
type History struct{ back, forward []Place }

// Jumped keeps a place that a jump left, if it led elsewhere. What was ahead is forgotten.
func (h *History) Jumped(from, to Place) {
	if from.isAt(to) {
		return
	}
	h.back, h.forward = append(h.back, from), nil
	if len(h.back) > most {
		h.back = h.back[1:]
	}
}

// Back gives the place before here. Forward then leads here.
func (h *History) Back(here Place) (Place, bool) { return step(&h.back, &h.forward, here) }

// Forward gives the place that Back left.
func (h *History) Forward(here Place) (Place, bool) { return step(&h.forward, &h.back, here) }

// CanGoBack and CanGoForward report that there is such a place.
func (h *History) CanGoBack() bool { return len(h.back) > 0 }

// CanGoForward reports a place that Back left.
func (h *History) CanGoForward() bool { return len(h.forward) > 0 }

// step takes the last place off a list and puts here on the other. Places where one is
// already are passed.
func step(from, to *[]Place, here Place) (Place, bool) {
	left := false
	for len(*from) > 0 {
		n := len(*from) - 1
		p := (*from)[n]
		*from = (*from)[:n]
		if !left {
			*to, left = append(*to, here), true
		}
		if !p.isAt(here) {
			return p, true
		}
	}
	return Place{}, false
}
