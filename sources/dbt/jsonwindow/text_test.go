package jsonwindow

import (
	"encoding/json"
	"testing"

	"darkroom/sources/compact"
)

// FuzzUnescape compares with encoding/json.
func FuzzUnescape(f *testing.F) {
	f.Add(`a\n\u00e4\ud83d\ude00\ud83dx\\\"\/`)
	f.Fuzz(func(t *testing.T, inside string) {
		var want string
		if json.Unmarshal([]byte(`"`+inside+`"`), &want) != nil {
			return
		}
		got, valid := unescape(nil, []byte(inside))
		if !valid || compact.ValidText(string(got)) != want {
			t.Fatalf("%q: got %q %v, want %q", inside, got, valid, want)
		}
	})
}
