package keyword

import (
	"strings"
	"testing"
)

func TestKeywords(t *testing.T) {
	k := NewIndex()
	for _, s := range spellings {
		if k.Of(s.word) != s.kw || k.Of(strings.ToUpper(s.word)) != s.kw || k.Of(s.word+"x") == s.kw {
			t.Errorf("%q: %d, want %d (is the list sorted?)", s.word, k.Of(s.word), s.kw)
		}
	}
}
