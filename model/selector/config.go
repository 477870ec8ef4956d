package selector

import "strings"

// hasConfig compares a value of the configuration as Python does in dbt: a list is
// searched, true and false are words for booleans, no number is equal to a text.
func hasConfig(_ *Universe, w *Word) (func(*Node) bool, error) {
	anyCase := len(w.Arguments) == 1 && w.Arguments[0] == "severity"
	return func(n *Node) bool {
		if n.Config == nil || len(w.Arguments) == 0 {
			return false
		}
		switch value := n.Config.At(w.Arguments).(type) {
		case nil:
			return false
		case []any:
			for _, item := range value {
				if isEqual(w.Value, item, anyCase) {
					return true
				}
			}
			return false
		default:
			return isEqual(w.Value, value, anyCase)
		}
	}, nil
}

func isEqual(want, have any, anyCase bool) bool {
	if have, ok := have.(bool); ok {
		switch want := want.(type) {
		case bool:
			return want == have
		case string:
			return have && strings.EqualFold(want, "true") || !have && strings.EqualFold(want, "false")
		}
	}
	if a, ok := numberOf(want); ok {
		b, ok := numberOf(have)
		return ok && a == b
	}
	a, isText := want.(string)
	b, alsoText := have.(string)
	return isText && alsoText && (a == b || anyCase && strings.EqualFold(a, b))
}

func numberOf(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}
