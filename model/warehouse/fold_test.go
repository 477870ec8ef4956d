package warehouse

import "testing"

// FuzzFold: what a written name gives is its folded form.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "orders", "Orders_2024", "straße", "K\u212a", "éa", "a\xff", "ǆ"} {
		f.Add(s, s)
		f.Add(s, FoldUpper.Apply(s))
		f.Add(s, FoldLower.Apply(s)+"x")
	}
	f.Fuzz(func(t *testing.T, written, stored string) {
		for _, fold := range []Fold{FoldNone, FoldUpper, FoldLower} {
			want := fold.Apply(written) == stored
			if fold != FoldNone { // a byte that is no character is as any other such byte
				want = string([]rune(fold.Apply(written))) == string([]rune(stored))
			}
			if got := fold.Gives(written, stored); got != want {
				t.Errorf("fold %d: %q gives %q: %v", fold, written, stored, got)
			}
			if !fold.Gives(written, fold.Apply(written)) {
				t.Errorf("fold %d: %q does not give %q", fold, written, fold.Apply(written))
			}
		}
	})
}
