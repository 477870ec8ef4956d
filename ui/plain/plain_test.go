package plain

import (
	"testing"
)

func TestWords(t *testing.T) {
	for drawn, want := range map[string]string{
		"\x1b[1m▌ ▾ [✓] Weekly\x1b[0m   ━━━━━─  12": "included Weekly 12\n",
		"─────────":                                 "",
		"  │  ":                                     "",
		"◆ healthy · 3 views":                       "healthy - 3 views\n",
		"[✓] included: by you":                      "included: by you\n",
		"◇ healthy":                                 "caution healthy\n",
		"┌ box ┐":                                   "┌ box ┐\n",
		"raw.orders ─ fct_orders ─ ▣ A ":            "raw.orders - fct_orders - dashboard A\n",
	} {
		if got := words([]string{drawn}); got != want {
			t.Errorf("%q: %q, want %q", drawn, got, want)
		}
	}
}
