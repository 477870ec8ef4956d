package visible

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func tags(s string) string {
	return strings.Map(func(r rune) rune { return r + 0xe0000 }, s)
}

func TestStrip(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"Sales\n\x1b[2J":                  "Sales\n\x1b[2J", // not of this room
		"Sales" + tags("ignore the rest"): "Sales",
		"\U000e0001Sales\U000e007f":       "Sales",
		"🏴" + tags("gbeng") + "\U000e007f win": "🏴 win", // that of England
		"a\u202eb\u2066c\u2069\u200e\u061c":    "abc",
		"pass\u200dword\u200c \u200bx\u2060":   "password x",
		"\u3164\uffa0\u115f\u034fx\u00ad":      "x",
		"x\ufe0f\ufe01\U000e0101\U000e0102y":   "xy",
		"😀\ufe0f\ufe0e\U000e0101":              "😀\ufe0f",
		"\ufe0f \ufe0f\n\ufe0f":                " \n",
		"\ufeffbom":                            "bom",
		// What belongs there stays.
		"family 👨‍👩‍👧, ❤️ and 👩‍❤️‍👨, 👩🏽‍🚀":           "family 👨‍👩‍👧, ❤️ and 👩‍❤️‍👨, 👩🏽‍🚀",
		"1️⃣ #️⃣ ©️ ☎︎ 🇩🇪 🏳️‍🌈":                       "1️⃣ #️⃣ ©️ ☎︎ 🇩🇪 🏳️‍🌈",
		"می\u200cخواهم क्\u200dष 葛\U000e0100飾 مبيعات": "می\u200cخواهم क्\u200dष 葛\U000e0100飾 مبيعات",
		"\u0600١٢": "\u0600١٢", // seen around the number
	} {
		got := Strip(in)
		if got != want {
			t.Errorf("%+q: %+q, want %+q", in, got, want)
		}
		if Strip(got) != got {
			t.Errorf("%+q: not the same when stripped again", in)
		}
	}
}

func FuzzStrip(f *testing.F) {
	f.Add("👨‍👩‍👧\u200d\u200dx\ufe0f\U000e0041")
	f.Add("\u200d😀\u200d\u200d😀")
	f.Fuzz(func(t *testing.T, s string) {
		got := Strip(s)
		if again := Strip(got); again != got && utf8.ValidString(s) {
			t.Errorf("%+q: %+q, and then %+q", s, got, again)
		}
		for _, r := range got {
			if r >= 0xe0000 && r < 0xe0100 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Errorf("%+q: %U is left", s, r)
			}
		}
	})
}
