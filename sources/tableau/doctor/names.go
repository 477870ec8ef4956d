package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
)

// contentNames reports redaction of workbooks and dashboards: without their names nothing
// new can be exported (sources/tableau/API.md#redacted-names).
func (v *visit) contentNames(pages []fetch.FirstPage, admin bool) {
	var hidden, seen []string
	all := 0 // that are hidden
	for _, words := range []string{"workbooks", "dashboards"} {
		nodes, without := nodesOf(pages, words), 0
		for _, n := range nodes {
			if n.Get("name").Type == gjson.Null {
				without++
			}
		}
		all += without
		switch {
		case without > 0:
			hidden = append(hidden, fmt.Sprintf("%d of %d %s", without, len(nodes), words))
		case len(nodes) > 0:
			seen = append(seen, fmt.Sprintf("%d %s", len(nodes), words))
		}
	}
	why := "this account may not see them"
	if admin {
		why = "even to an administrator: Tableau does not say why"
	}
	switch {
	case len(hidden) > 0:
		v.say("names", Warn, "ask for View on the projects and workbooks, or use an administrator's account",
			"%s looked at %s: %s; exposures keep their previous values, new ones are refused",
			strings.Join(hidden, " and "), model.Agreeing(all, "hides its name", "hide their names"), why)
	case len(seen) > 0:
		v.say("names", OK, "", "seen of all %s looked at", strings.Join(seen, " and "))
	}
}

// names reports redaction, rows with an id and no name
// (sources/tableau/API.md#redacted-names), and
// reports whether there are names.
func (v *visit) names(tables []gjson.Result, admin bool) bool {
	hidden, databases, without := 0, 0, 0
	for _, t := range tables {
		if t.Get("name").Type == gjson.Null {
			hidden++
		}
		if d := t.Get("database"); d.IsObject() {
			if databases++; d.Get("name").Type == gjson.Null {
				without++
			}
		}
	}
	const ask = "use an administrator's account, or ask for View on the databases and tables"
	what := fmt.Sprintf("%d of %d tables looked at %s", hidden, len(tables), model.Agreeing(hidden, "hides its name", "hide their names"))
	if hidden == 0 {
		what = fmt.Sprintf("%d of %d tables looked at %s", without, databases, model.Agreeing(without, "hides the name of its database", "hide the name of their database"))
	}
	switch {
	case len(tables) == 0:
	case hidden == 0 && without == 0:
		v.say("names", OK, "", "seen of all %d tables looked at", len(tables))
	case hidden > 0 && hidden < len(tables) || hidden == 0 && without < databases:
		v.say("names", Warn, ask, "%s, others do not: no permission on these", what)
	case admin:
		v.say("names", Warn, ask, "%s, even to an administrator: Tableau does not say why", what)
	default:
		v.say("names", Warn, ask, "%s: no permission, no Data Management, or derived permissions off; Tableau does not say which", what)
	}
	return hidden < len(tables)
}

// licence looks for traces of Data Management: virtual connections, data quality
// warnings and certified tables are parts of it, and Tableau does not report licences.
// Without it only administrators see the names of tables, and with derived
// permissions the owners of what reads them.
func (v *visit) licence(ctx context.Context, c *api.Client, pages []fetch.FirstPage, seenByAnyone bool) {
	found := func(query, at string) int {
		a, err := c.Query(ctx, query, nil) // a release that lacks the field has no trace
		if err != nil {
			return 0
		}
		return int(a.Data.Get(at).Int())
	}
	warned := 0
	for _, source := range nodesOf(pages, "published data sources") {
		if source.Get("hasActiveWarning").Bool() {
			warned++
		}
	}
	virtual := found(`{v:virtualConnectionsConnection(first:1){totalCount}}`, "v.totalCount")
	certified := found(`{t:databaseTablesConnection(first:200){nodes{isCertified}}}`, "t.nodes.#(isCertified==true)#|#")
	switch {
	case virtual > 0:
		v.say("licence", OK, "", "Data Management: in use, by %s", model.Count(virtual, "virtual connection"))
	case warned > 0:
		v.say("licence", OK, "", "Data Management: in use, by %s", model.Count(warned, "data quality warning"))
	case certified > 0:
		v.say("licence", OK, "", "Data Management: in use, by %s", model.Count(certified, "certified table"))
	case seenByAnyone:
		v.say("licence", OK, "", "Data Management or derived permissions: names show to you")
	default:
		v.say("licence", OK, "", "Data Management: unknown; Tableau does not report it and nothing shows it")
	}
}
