package text

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"darkroom/model/visible"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"Sales":                     "Sales",
		"a\nb\tc\r":                 "a b c ",
		"\x1b[31mred\x1b[0m":        "\ufffd[31mred\ufffd[0m",
		"\u009b31m":                 "\ufffd31m",
		"bad\xff":                   "bad\ufffd",
		"rtl \u202egnp.exe":         "rtl \ufffdgnp.exe",
		"café ☕ 売上 مبيعات":          "café ☕ 売上 مبيعات",
		"family 👨‍👩‍👧":              "family 👨‍👩‍👧",
		"\u2066iso\u2069 \ufeffbom": "\ufffdiso\ufffd \ufffdbom",
		"Sales\U000e0069\U000e0067": "Sales\ufffd", // a run of hidden text is one mark
		"🏴\U000e0067\U000e007f win": "🏴 win",       // a flag loses its tags
		"pass\u200dword":            "pass\ufffdword",
		"x\u3164y\u0601":            "x\ufffdy\ufffd",
		"👩🏽\u200d🚀 ❤️ 1️⃣ می\u200cخواهم": "👩🏽\u200d🚀 ❤️ 1️⃣ می\u200cخواهم",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x1b]0;title\x07b")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("invalid UTF-8: %q", got)
		}
		if strings.ContainsFunc(got, unicode.IsControl) || visible.Strip(got) != got {
			t.Fatalf("control or hidden character left in %q", got)
		}
		for _, w := range []int{0, 1, 2, 7, 40} {
			if n := Width(Pad(got, w)); n != w {
				t.Fatalf("Pad(%q, %d) is %d wide", got, w, n)
			}
			if n := Width(CutLeft(got, w)); n > w {
				t.Fatalf("CutLeft(%q, %d) is %d wide", got, w, n)
			}
		}
	})
}

func TestSafeJSON(t *testing.T) {
	value := []string{"a\u009b2J", "\u202egnp.exe", "\x7f", "売上 ☕", "\U000e0001", "x\ufe0fy\u3164", "❤️ 👩🏽‍🚀", "line\nend\x1b"}
	plain, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	safe := SafeJSON(plain)
	visible.Each(string(safe), func(r rune, hidden bool) {
		if hidden || unicode.IsControl(r) {
			t.Errorf("left in: %q in %s", r, safe)
		}
	})
	if !strings.Contains(string(safe), "❤️ 👩🏽‍🚀") {
		t.Errorf("%s", safe)
	}
	var back []string
	if err := json.Unmarshal(safe, &back); err != nil || !slices.Equal(back, value) {
		t.Errorf("%q, %v", back, err)
	}
}

func TestShort(t *testing.T) {
	for n, want := range map[int]string{-1: "", 0: "0", 999: "999", 1234: "1.2k", 9949: "9.9k", 34_499: "34k", 999_499: "999k", 1_200_000: "1.2M"} {
		if got := Short(n); got != want {
			t.Errorf("Short(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestProgress(t *testing.T) {
	for want, n := range map[string][2]int{"12 of 40": {12, 40}, "40": {40, 40}, "7": {7, -1}, "41": {41, 40}} {
		if got := Progress(n[0], n[1]); got != want {
			t.Errorf("%v: %q, want %q", n, got, want)
		}
	}
}
