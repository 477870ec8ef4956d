package redact

import (
	"strings"
	"testing"

	"darkroom/model/growth"
)

// Hiding grows with the text, however much of it looks like an escape.
func TestHideGrowsWithTheText(t *testing.T) {
	v := NewVault("hush-hush-hush-1", "aaaa")
	for _, unit := range []string{"word ", `&#x26;`, `\u0026`, "%25", "0x61,", "97, ", "1", `\\\\`, "&amp;amp;", "aaaa", "H U S H - "} {
		growth.Check(t, 2000, func(n int) growth.Run {
			text := strings.Repeat(unit, n)
			return func() int { return len(v.Hide(text)) }
		})
	}
}
