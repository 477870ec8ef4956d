package fullscreen

import "time"

// interval is the least time between two frames: a screen that was quiet that long is drawn
// at once, and what changes meanwhile is drawn together at its end.
const interval = time.Second / 120

// drawNow is the message that makes View draw what it has put off.
type drawNow struct{}

// pace says when a frame is drawn.
type pace struct {
	now   func() time.Time
	later func(time.Duration) // sends a drawNow
	quiet time.Time           // from then on
	put   bool                // off: a drawNow will come
}

// due reports that a frame may be drawn now; otherwise one is asked for later.
func (p *pace) due() bool {
	wait := p.quiet.Sub(p.now())
	if wait <= 0 {
		return true
	}
	if !p.put {
		p.put = true
		p.later(wait)
	}
	return false
}

// drawn notes that a frame has been written.
func (p *pace) drawn() { p.quiet = p.now().Add(interval) }
