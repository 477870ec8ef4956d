package tableautest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// list answers with one page (sources/tableau/API.md#rest-lists). The number of a page that
// cannot be read counts as the default; a page behind the last is refused, which
// TSC's query sets rely on.
func (c *call) list(name string, all []elem) reply {
	query := c.req.URL.Query()
	all = sorted(filtered(all, query.Get("filter")), query.Get("sort"))
	size, page := atLeastOne(query.Get("pageSize"), 100), atLeastOne(query.Get("pageNumber"), 1)
	size = min(size, 1000)
	if page > max(1, (len(all)+size-1)/size) {
		return c.fail("400006")
	}
	from := size * (page - 1)
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

// views are those of a workbook, or all, with their usage if that was asked for:
// then every view has one (sources/tableau/API.md#view-counts), though the snapshot may not.
func (c *call) views(workbook string) []elem {
	usage := strings.EqualFold(c.req.URL.Query().Get("includeUsageStatistics"), "true") // tableau-api-lib writes "True"
	var out []elem
	for _, v := range c.site.views {
		if workbook != "" && v.get("workbook.id") != workbook {
			continue
		}
		if usage {
			u, ok := c.site.viewUsage[v.get("id")]
			if !ok {
				u = node("usage", "totalViewCount", 0)
			}
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

// connections are a workbook's or a data source's.
func (c *call) connections() reply {
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
			holds := func(value string) bool { return holds(value, parts[1], parts[2]) }
			if slices.ContainsFunc(e.values(parts[0]), holds) {
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

// values are those of a filter's field: a list only for tags.
func (e elem) values(field string) []string {
	if field != "tags" {
		return []string{e.get(dotted(field))}
	}
	var out []string
	for _, k := range e.kids {
		if k.name == "tags" {
			for _, tag := range k.kids {
				out = append(out, tag.get("label"))
			}
		}
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

// sorted orders by "field:asc,field:desc", the first field first.
func sorted(all []elem, order string) []elem {
	if order == "" {
		return all
	}
	out := slices.Clone(all)
	keys := strings.Split(order, ",")
	for _, key := range slices.Backward(keys) {
		field, direction, _ := strings.Cut(key, ":")
		slices.SortStableFunc(out, func(a, b elem) int {
			if direction == "desc" {
				a, b = b, a
			}
			return strings.Compare(a.get(dotted(field)), b.get(dotted(field)))
		})
	}
	return out
}
