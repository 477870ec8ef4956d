// Package overlay is what can be on top of the panes: a line to type, the list of
// actions as help and as palette, a proof, the choice of a fix, and an address to copy. What they lead
// to is given to them as functions; they know no view and not the explorer. The
// overlays of writing and of syncing have packages of their own.
package overlay

import "darkroom/ui/explorer/view"

// Stack holds the overlays that are open. The last one is seen and has the keys.
type Stack struct{ open []view.Overlay }

// Push puts an overlay on top.
func (s *Stack) Push(o view.Overlay) { s.open = append(s.open, o) }

// Pop takes the top one away.
func (s *Stack) Pop() {
	if n := len(s.open); n > 0 {
		s.open = s.open[:n-1]
	}
}

// Top is the overlay that is seen; nil when none is open.
func (s *Stack) Top() view.Overlay {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}
