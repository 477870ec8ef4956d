package model

import (
	"darkroom/model/amount"
	"darkroom/model/usage"
)

// ViewsWithin is how often a dashboard of the site was viewed in the window that ends with
// the last count (model/usage/RULES.md); ok is false where that is not known.
func (s *Site) ViewsWithin(d *Dashboard, window amount.Age) (views int, ok bool) {
	_, last, _ := s.Usage.Span()
	return s.Usage.Within(usage.Dashboard{LUID: d.LUID, Total: d.Views, Created: d.CreatedAt}, window.Before(last))
}

// CountsViewsFor reports that the counts of views begin early enough for a window.
func (s *Site) CountsViewsFor(window amount.Age) bool {
	first, last, ok := s.Usage.Span()
	return ok && !window.Before(last).Before(first)
}
