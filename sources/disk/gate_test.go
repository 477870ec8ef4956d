package disk

import (
	"context"
	"errors"
	"testing"
)

func TestGate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ctx, gate := NewGate(ctx)
	whole, done, err := Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if whole.Err() != nil {
		t.Error("a write that has begun ends with its context")
	}
	if _, _, err := Begin(ctx); !errors.Is(err, context.Canceled) {
		t.Error("a write begins after the end of its context", err)
	}
	closed := make(chan struct{})
	go func() {
		gate.Close()
		close(closed)
	}()
	_, inner, err := Begin(whole)
	if err != nil {
		t.Fatal("a part of a write that has begun", err)
	}
	inner()
	select {
	case <-closed:
		t.Error("closed while a write is under way")
	default:
	}
	done()
	<-closed
	if _, _, err := Begin(whole); !errors.Is(err, context.Canceled) {
		t.Error("a write begins after the gate is closed", err)
	}
	gate.Close() // once more
}

func TestBeginWithoutGate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if _, done, err := Begin(ctx); err != nil || done == nil {
		t.Error(err)
	}
	cancel()
	if _, _, err := Begin(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
