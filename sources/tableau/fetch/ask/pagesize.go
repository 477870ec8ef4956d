package ask

// PageSize is how many objects to ask for at once (sources/tableau/API.md#page-sizes): twice
// as many after each good answer, until one is too much for the server. From then on half
// after each such answer, and more again only after several good ones.
type PageSize struct {
	Now, Most int
	good      int  // complete answers since the last change
	limited   bool // something was too much
}

// bearable is the page that is tried again and again after it was too much, because it may
// have been some of the objects. A larger one is tried once.
const bearable = 500

// Shrink reports false when there is nothing smaller to try.
func (p *PageSize) Shrink() bool {
	if p.Now <= 1 {
		return false
	}
	if p.Now > bearable {
		p.Most = bearable
	}
	p.Now, p.good, p.limited = p.Now/2, 0, true
	return true
}

// After notes what an answer was worth.
func (p *PageSize) After(v Verdict) {
	if v != Answered {
		return
	}
	p.good++
	if enough := p.good >= 3 || !p.limited; enough && p.Now < p.Most {
		p.Now, p.good = min(p.Now*2, p.Most), 0
	}
}
