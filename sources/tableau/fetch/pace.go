package fetch

// pace is how many objects to ask for at once: half after each answer that was
// too much for the server, slowly more again after good ones (facts/tableau.md
// §2.8).
type pace struct {
	size, most int
	good       int // whole answers since the last change
}

// shrink reports false when there is nothing smaller to try.
func (p *pace) shrink() bool {
	if p.size <= 1 {
		return false
	}
	p.size, p.good = p.size/2, 0
	return true
}

func (p *pace) answered(v verdict) {
	if v != whole {
		return
	}
	if p.good++; p.good >= 3 && p.size < p.most {
		p.size, p.good = min(p.size*2, p.most), 0
	}
}
