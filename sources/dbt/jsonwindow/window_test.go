package jsonwindow

import (
	"context"
	"strings"
	"testing"
)

// TestLimit: no single entry claims all memory.
func TestLimit(t *testing.T) {
	text := `{"nodes": {"model.s.a": {"name": "` + strings.Repeat("x", 5000) + `"}}}`
	w := New(context.Background(), strings.NewReader(text), "m.json", "write it again", 64)
	w.limit = 1024
	err := w.Document(func(string) error {
		return w.Members(func(l *Lexer, _ []byte) { l.Skip() })
	})
	if err == nil || !strings.Contains(err.Error(), "m.json: nodes: want an entry of at most 1024 bytes, got a larger one at byte 11") {
		t.Errorf("got %v", err)
	}
}
