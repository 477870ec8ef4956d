package crumbs

import (
	"fmt"
	"testing"

	"darkroom/ui/text"
)

// The middle is left out first, then all but the last names, and no room is exceeded.
func TestFit(t *testing.T) {
	names := []string{"acme", "Sales", "EMEA", "Orders", "売上 Overview"}
	for room, want := range map[int]string{
		99: "acme › Sales › EMEA › Orders › 売上 Overview",
		43: "acme › … › EMEA › Orders › 売上 Overview",
		33: "acme › … › Orders › 売上 Overview",
		25: "acme › … › 売上 Overview",
		21: "…ders › 売上 Overview",
		13: "売上 Overview",
		6:  "売上 …",
		0:  "",
	} {
		if got := Fit(names, " › ", room).String(); got != want {
			t.Errorf("in %d cells: %q, want %q", room, got, want)
		}
	}
	for room := range 60 {
		if w := Fit(names, " › ", room).Width(); w > room {
			t.Errorf("%d cells in a room of %d", w, room)
		}
	}
	if Fit(nil, " › ", 9) != nil {
		t.Error("a path of nothing")
	}
}

// Each cell of a name is that name; signs and what is left out are none.
func TestAt(t *testing.T) {
	for _, room := range []int{99, 33, 25, 21} {
		p := Fit([]string{"acme", "Sales", "EMEA", "Orders", "売上 Overview"}, " › ", room)
		got := ""
		for x := range text.Width(p.String()) + 2 {
			got += fmt.Sprint(p.At(x))
		}
		want := map[int]string{
			99: "4444" + "000" + "33333" + "000" + "2222" + "000" + "111111" + "000" + "0000000000000" + "00",
			33: "4444" + "0000000" + "111111" + "000" + "0000000000000" + "00",
			25: "4444" + "0000000" + "0000000000000" + "00",
			21: "11111" + "000" + "0000000000000" + "00",
		}[room]
		if got != want {
			t.Errorf("in %d cells %q: %s, want %s", room, p, got, want)
		}
	}
}
