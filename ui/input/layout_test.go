package input

import (
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

func TestLayoutsHaveAllPlaces(t *testing.T) {
	for _, l := range layouts {
		if n, m := utf8.RuneCountInString(l.keys), utf8.RuneCountInString(l.shifted); n != len(places) || m != len(placesShifted) {
			t.Errorf("%s has %d and %d keys, want %d", l.name, n, m, len(places))
		}
	}
}

// What is typed for the keys j k q G : / and ] on keyboards of several countries.
func TestKeysByPlace(t *testing.T) {
	layout := NewLayout()
	for _, test := range []struct{ name, typed, keys string }{
		{"Latin", "jkqG:/] öéñ€", "jkqG:/] öéñ€"},
		{"Russian", "олйПЖфЪё", "jkqG:a}`"},
		{"Ukrainian", "олйіїє", "jkqs]'"},
		{"Greek", "ξκΓασ", "jkGas"},
		{"Arabic", "تنضشو؟", "jkqa,?"},
		{"Persian", "تنضیپ", "jkqdm"},
		{"Hebrew", "חלשד", "jkas"},
		{"Thai", "่าๆฟ๐", "jkqaQ"},
		{"Korean", "ㅓㅏㅂㅃ", "jkqQ"},
		{"Georgian", "ჯკქშ", "jkqS"},
		{"full width", "ｊｋＧ１\u3000", "jkG1 "},
		{"digits", "١٢۹९", "1299"},
		{"at two places", "ظطزذد", "ظطزذد"},
		{"nowhere", "漢字♥", "漢字♥"},
	} {
		got := ""
		for _, r := range test.typed {
			got += layout.Key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}).String()
		}
		if got != test.keys {
			t.Errorf("%s: %q gives %q, want %q", test.name, test.typed, got, test.keys)
		}
	}
}
