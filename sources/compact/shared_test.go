package compact

import "testing"

func TestShared(t *testing.T) {
	type pair struct{ a, b string }
	var s Shared[pair]
	one, two := s.Of(pair{"a", "b"}), s.Of(pair{"a", "c"})
	if again := s.Of(pair{"a", "b"}); again != one || two == one || *one != (pair{"a", "b"}) || *two != (pair{"a", "c"}) {
		t.Errorf("kept %v and %v, then %v", one, two, again)
	}
	if s.Of(pair{}) != nil {
		t.Error("nothing takes a place")
	}
	if n := testing.AllocsPerRun(10, func() { s.Of(pair{"a", "b"}); s.Of(pair{"a", "c"}) }); n > 0 {
		t.Errorf("%v allocations for what is kept", n)
	}
}
