package ask

// PageSize is how many objects to ask for at once: half after each answer that was
// too much for the server, slowly more again after good ones (sources/tableau/API.md#page-sizes).
type PageSize struct {
	Now, Most int
	good      int // complete answers since the last change
}

// Shrink reports false when there is nothing smaller to try.
func (p *PageSize) Shrink() bool {
	if p.Now <= 1 {
		return false
	}
	p.Now, p.good = p.Now/2, 0
	return true
}

// After notes what an answer was worth.
func (p *PageSize) After(v Verdict) {
	if v != Answered {
		return
	}
	if p.good++; p.good >= 3 && p.Now < p.Most {
		p.Now, p.good = min(p.Now*2, p.Most), 0
	}
}
