package tableautest

import (
	"net/http"
	"sort"
	"strconv"
	"strings"
)

// list answers with one page (facts/tableau.md §1.7). The number of a page that
// cannot be read counts as the default.
func (c *call) list(name string, all []elem) reply {
	query := c.req.URL.Query()
	all = sorted(filtered(all, query.Get("filter")), query.Get("sort"))
	size, page := atLeastOne(query.Get("pageSize"), 100), atLeastOne(query.Get("pageNumber"), 1)
	size = min(size, 1000)
	from := min(len(all), size*(min(page, len(all)+1)-1))
	part := all[from:min(len(all), from+size)]
	paging := node("pagination", "pageNumber", page, "pageSize", size, "totalAvailable", len(all))
	return c.rest(http.StatusOK, paging, listOf(name, part))
}

func atLeastOne(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1<<30 {
		return otherwise
	}
	return n
}

// find answers with the entry whose id is in the path.
func (c *call) find(all []elem, code string) reply {
	for _, e := range all {
		if e.get("id") == c.req.PathValue("id") {
			return c.rest(http.StatusOK, e)
		}
	}
	return c.fail(code)
}

// views are those of a workbook, or all, with their usage if that was asked for.
func (c *call) views(workbook string) []elem {
	usage := c.req.URL.Query().Get("includeUsageStatistics") == "true"
	var out []elem
	for _, v := range c.site.views {
		if workbook != "" && v.get("workbook.id") != workbook {
			continue
		}
		if u, ok := c.site.viewUsage[v.get("id")]; ok && usage {
			v = v.with(u)
		}
		out = append(out, v)
	}
	return out
}

func (c *call) workbookViews() reply {
	if c.site.workbook[c.req.PathValue("id")] == nil {
		return c.fail("404006")
	}
	return c.rest(http.StatusOK, listOf("views", c.views(c.req.PathValue("id"))))
}

func (c *call) workbookConnections() reply {
	list, ok := c.site.connections[c.req.PathValue("id")]
	if !ok {
		return c.fail("404006")
	}
	return c.rest(http.StatusOK, listOf("connections", list))
}

// filtered applies "field:op:value,…"; a condition that cannot be read keeps
// everything.
func filtered(all []elem, conditions string) []elem {
	for _, condition := range splitOutside(conditions) {
		parts := strings.SplitN(condition, ":", 3)
		if len(parts) < 3 {
			continue
		}
		var kept []elem
		for _, e := range all {
			if holds(e.get(dotted(parts[0])), parts[1], parts[2]) {
				kept = append(kept, e)
			}
		}
		all = kept
	}
	return all
}

// splitOutside splits at commas that are not inside [a,b].
func splitOutside(s string) []string {
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
		for _, one := range strings.Split(strings.Trim(wanted, "[]"), ",") {
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

func sorted(all []elem, order string) []elem {
	field, direction, _ := strings.Cut(order, ":")
	if field == "" {
		return all
	}
	out := append([]elem(nil), all...)
	sort.SliceStable(out, func(i, j int) bool {
		if direction == "desc" {
			i, j = j, i
		}
		return out[i].get(dotted(field)) < out[j].get(dotted(field))
	})
	return out
}
