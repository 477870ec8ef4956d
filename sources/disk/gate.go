package disk

import (
	"context"
	"sync"
)

// Gate lets the writes that have begun end before the process does, as a whole: a
// write may be several files that belong together.
type Gate struct {
	mu     sync.Mutex
	begun  int
	closed bool
	idle   chan struct{} // closed when the last write of a closed gate ends
}

// gateKey is the key of the gate in a context.
type gateKey struct{}

// NewGate is an open gate, and a context whose writes go through it.
func NewGate(ctx context.Context) (context.Context, *Gate) {
	g := &Gate{idle: make(chan struct{})}
	return context.WithValue(ctx, gateKey{}, g), g
}

// Close lets no further write begin and waits for those that have.
func (g *Gate) Close() {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		if g.begun == 0 {
			close(g.idle)
		}
	}
	g.mu.Unlock()
	<-g.idle
}

// Begin begins a write that ends as a whole: what is written goes by the context it
// returns, which does not end before done is called. Nothing may be written when ctx
// has ended already, which is the error. Writes can be nested.
func Begin(ctx context.Context) (whole context.Context, done func(), err error) {
	whole = context.WithoutCancel(ctx)
	g, _ := ctx.Value(gateKey{}).(*Gate)
	if g == nil {
		return whole, func() {}, ctx.Err()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case g.closed && g.begun == 0:
		return nil, nil, context.Canceled
	}
	g.begun++
	return whole, g.end, nil
}

func (g *Gate) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.begun--; g.begun == 0 && g.closed {
		close(g.idle)
	}
}
