package element

import (
	"slices"
	"strings"
)

// Filter applies "field:op:value,…"; a condition that cannot be read keeps
// everything.
func Filter(all []Element, conditions string) []Element {
	for _, condition := range Split(conditions) {
		parts := strings.SplitN(condition, ":", 3)
		if len(parts) < 3 {
			continue
		}
		var kept []Element
		for _, e := range all {
			holds := func(value string) bool { return holds(value, parts[1], parts[2]) }
			if slices.ContainsFunc(e.values(parts[0]), holds) {
				kept = append(kept, e)
			}
		}
		all = kept
	}
	return all
}

// Split splits at commas that are not inside [a,b].
func Split(s string) []string {
	depth := 0
	return strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		return r == ',' && depth == 0
	})
}

// values are those of a filter's field: a list only for tags.
func (e Element) values(field string) []string {
	if field != "tags" {
		return []string{e.Get(dotted(field))}
	}
	var out []string
	for _, tag := range e.Kid("tags").Kids {
		out = append(out, tag.Get("label"))
	}
	return out
}

// dotted turns REST's names for a kid's attribute into a path.
func dotted(field string) string {
	for _, kid := range []string{"project", "owner", "workbook"} {
		if rest, ok := strings.CutPrefix(field, kid); ok && rest != "" {
			return kid + "." + strings.ToLower(rest[:1]) + rest[1:]
		}
	}
	return field
}

func holds(value, op, wanted string) bool {
	switch op {
	case "eq":
		return value == wanted
	case "cieq":
		return strings.EqualFold(value, wanted)
	case "has":
		return strings.Contains(value, wanted)
	case "in":
		for one := range strings.SplitSeq(strings.Trim(wanted, "[]"), ",") {
			if value == strings.TrimSpace(one) {
				return true
			}
		}
		return false
	case "gt":
		return value > wanted
	case "gte":
		return value >= wanted
	case "lt":
		return value < wanted
	case "lte":
		return value <= wanted
	}
	return true
}

// Sort orders by "field:asc,field:desc", the first field first.
func Sort(all []Element, order string) []Element {
	if order == "" {
		return all
	}
	out := slices.Clone(all)
	keys := strings.Split(order, ",")
	for _, key := range slices.Backward(keys) {
		field, direction, _ := strings.Cut(key, ":")
		slices.SortStableFunc(out, func(a, b Element) int {
			if direction == "desc" {
				a, b = b, a
			}
			return strings.Compare(a.Get(dotted(field)), b.Get(dotted(field)))
		})
	}
	return out
}
