package fuzzy

import "testing"

// Letters left out, at beginnings of words first; not just any letters in their order.
func TestScore(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		like          bool
	}{
		{"fctord", "fct_orders", true},
		{"fo", "fct_orders", true},
		{"ordrs", "Orders", true},
		{"weknum", "Weekly Numbers", true},
		{"FCT_ORDERS", "fct_orders", true},
		{"cafe", "Café", true},
		{"売", "日次売上", true},
		{"fct_orders", "fct_order", false},
		{"xyz", "fct_orders", false},
		{"ardesq", "fct_orders", false},
		{"", "fct_orders", false},
		{"rse", "models for something else", false},
	} {
		if got := New(c.pattern).Score(c.name); got > 0 != c.like {
			t.Errorf("%q of %q: %d", c.pattern, c.name, got)
		}
	}
	m := New("ordrev")
	if a, b := m.Score("order_revenue"), m.Score("border_prevention"); a <= b {
		t.Errorf("beginnings of words score %d, others %d", a, b)
	}
}
