package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/model/pattern"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
)

// metadata asks for first pages as sync does, and reports whether the Metadata API
// is there.
func (v *visit) metadata(ctx context.Context, c *api.Client, role string) bool {
	pages, err := fetch.FirstPages(ctx, c)
	if err != nil {
		v.broken("metadata", Fail, err)
		return false
	}
	books := total(pages, "workbooks")
	var counts []string
	for _, words := range []string{"workbooks", "dashboards", "tables"} {
		if n := total(pages, words); n >= 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, words))
		}
	}
	if books == 0 {
		v.say("metadata", Warn, "share projects with the account, or use an administrator's", "on, and shows no workbook")
	} else {
		v.say("metadata", OK, "", "on: %s", cmp.Or(strings.Join(counts, ", "), "first pages give no counts"))
	}
	v.limits(pages)
	v.index(ctx, c, has(pages, "BACKFILL_RUNNING"))
	v.contentNames(pages, isAdmin(role))
	named := v.names(nodesOf(pages, "tables"), isAdmin(role))
	v.licence(ctx, c, pages, named && role != "" && !isAdmin(role))
	v.hidden(pages)
	v.content(ctx, c, books)
	v.personal(nodesOf(pages, "workbooks"))
	return true
}

// total is how many there are of a list; -1 when that is unknown.
func total(pages []fetch.FirstPage, words string) int {
	for _, p := range pages {
		if p.Words == words {
			return p.Total
		}
	}
	return -1
}

func has(pages []fetch.FirstPage, code string) bool {
	return slices.ContainsFunc(pages, func(p fetch.FirstPage) bool { return api.Answer{Problems: p.Problems}.Has(code) })
}

func nodesOf(pages []fetch.FirstPage, words string) []gjson.Result {
	var out []gjson.Result
	for _, p := range pages {
		if p.Words == words {
			for _, n := range p.Nodes {
				out = append(out, gjson.Parse(n))
			}
		}
	}
	return out
}

// limits says what the first pages met, with Tableau's own numbers.
func (v *visit) limits(pages []fetch.FirstPage) {
	var limits []string
	lists := map[string][]string{} // by limit
	for _, p := range pages {
		limit := ""
		if p.Err != nil {
			limit, _ = apart(p.Err)
		}
		for _, prob := range p.Problems {
			limit = cmp.Or(limit, limitOf(prob))
		}
		if limit == "" {
			continue
		}
		if lists[limit] == nil {
			limits = append(limits, limit)
		}
		lists[limit] = append(lists[limit], fmt.Sprintf("%s after %s", p.Words, took(p)))
	}
	var met []string
	for _, limit := range limits {
		met = append(met, fmt.Sprintf("%s, met by first pages of %d: %s", limit, pages[0].Asked, strings.Join(lists[limit], ", ")))
	}
	if len(v.waits) > 0 {
		met = append(met, fmt.Sprintf("had to wait %s, %s in all (%s)", model.Count(len(v.waits), "time"), v.waited.Round(time.Millisecond), v.waits[0]))
	}
	if len(met) > 0 {
		v.say("limits", Warn, "sync asks for less at a time and waits; on Tableau Server an administrator can raise "+
			"metadata.query.limits.count and .time, and metadata.query.throttling", "%s", strings.Join(met, "; "))
		return
	}
	if len(pages) == 0 {
		return
	}
	slowest := slices.MaxFunc(pages, func(a, b fetch.FirstPage) int { return cmp.Compare(a.Took, b.Took) })
	v.say("limits", OK, "", "none met by first pages of %d; slowest: %s, %s", slowest.Asked, slowest.Words, took(slowest))
}

// took is a duration to read; nothing takes no time.
func took(p fetch.FirstPage) time.Duration {
	return max(p.Took.Round(time.Millisecond), time.Millisecond)
}

var (
	nodeLimit = pattern.Of(`(\d+) node limit`)
	timeLimit = pattern.Of(`time limit of (\S+)|timeout of (\d+ millis)`)
)

// limitOf names the limit of a problem, with its number when the message has one
// (sources/tableau/API.md#limits); "" when it is of another kind.
func limitOf(p api.Problem) string {
	name, number := "", ""
	switch p.Code {
	case "NODE_LIMIT_EXCEEDED":
		name = "node limit"
		if m := nodeLimit().FindStringSubmatch(p.Message); m != nil {
			number = m[1]
		}
	case "TIME_LIMIT_EXCEEDED":
		name = "time limit"
		if m := timeLimit().FindStringSubmatch(p.Message); m != nil {
			number = m[1] + m[2]
		}
	case "RATE_EXCEEDED":
		return "rate limit"
	default:
		return ""
	}
	return name + " of " + cmp.Or(number, "an unknown number")
}

// index reports on Tableau's own; running is that answers say so.
func (v *visit) index(ctx context.Context, c *api.Client, running bool) {
	state, err := c.Backfill(ctx)
	switch {
	case running || strings.Contains(strings.ToUpper(state), "RUN"):
		v.say("index", Warn, "sync again when it is done; until then snapshots are marked partial", "Tableau is still indexing this site")
	case err != nil:
		v.say("index", OK, "", "the server does not report the state of its index")
	default:
		v.say("index", OK, "", "%s", strings.ToLower(state))
	}
}

// causes are the codes that mean hidden content, with what hides it.
var causes = []struct{ code, text, fix string }{
	{
		"PERMISSIONS_MODE_SWITCHED", "left out by permissions: what the account may not see",
		"ask for View on the projects, or use a site administrator's account",
	},
	{
		"USER_VISIBILITY_IS_LIMITED", "left out by the site's user visibility: other users, so owners are missing",
		"use an administrator's account, or have user visibility set to full",
	},
	{
		"LINKED_RESULTS_INCOMPLETE", "links are left out, by permissions or a limit: Tableau does not say which",
		"sync again later; if it stays so, use a site administrator's account",
	},
	{
		"INHERITANCE_INCOMPLETE", "inherited descriptions are left out: Tableau does not say why",
		"nothing to do: darkroom does not need them",
	},
}

// hidden is what answers say was left out, and by what.
func (v *visit) hidden(pages []fetch.FirstPage) {
	reported := map[string]bool{"BACKFILL_RUNNING": true, "MAX_PAGE_SIZE_EXCEEDED": true, "NullValueInNonNullableField": true}
	for _, cause := range causes {
		reported[cause.code] = true
		if has(pages, cause.code) {
			v.say("content", Warn, cause.fix, "%s (%s)", cause.text, cause.code)
		}
	}
	for _, p := range pages {
		for _, problem := range p.Problems {
			if reported[problem.Code] || limitOf(problem) != "" {
				continue
			}
			reported[problem.Code] = true
			v.say("content", Warn, "sync tries again, and marks the snapshot if it stays so", "%s: %s (%s)", p.Words, problem.Message, problem.Code)
		}
	}
}

// content compares what the two APIs count.
func (v *visit) content(ctx context.Context, c *api.Client, books int) {
	rest, err := c.Get(ctx, "workbooks", url.Values{"pageSize": {"1"}})
	n := int(rest.Get("pagination.totalAvailable").Int())
	switch {
	case err != nil || books < 0:
	case n != books:
		v.say("content", Warn, "sync again later; if it stays so, compare with an administrator's account",
			"REST lists %d workbooks, the Metadata API %d: permissions, or an index that is behind; Tableau does not say which", n, books)
	default:
		v.say("content", OK, "", "REST and the Metadata API list the same %s", model.Count(n, "workbook"))
	}
}

func (v *visit) personal(books []gjson.Result) {
	private := 0
	for _, b := range books {
		if strings.Contains(strings.ToLower(b.Get("containerType").String()), "personal") {
			private++
		}
	}
	if private > 0 {
		v.say("content", OK, "", "%d of %d workbooks looked at are in personal spaces", private, len(books))
	}
}

// lists are REST's: what is refused here is missing in snapshots.
func (v *visit) lists(ctx context.Context, c *api.Client) {
	refused := false
	for _, l := range []struct{ list, loss, fix string }{
		{"projects", "paths have only their last part, and nested projects are missing", "ask for View on the projects"},
		{"users", "owners are known only as far as the Metadata API reports them", "only an administrator's account may list them"},
		{"views", "how often dashboards are viewed is missing", "ask for View on the workbooks"},
	} {
		_, err := c.Get(ctx, l.list, url.Values{"pageSize": {"1"}})
		if err == nil {
			continue
		}
		refused = true
		text, fix := apart(err)
		if api.Hidden(err) {
			text, fix = l.list+" "+hiddenFrom(err), l.fix
		}
		v.say("lists", Warn, cmp.Or(fix, "try again later"), "%s: %s", text, l.loss)
	}
	if !refused {
		v.say("lists", OK, "", "projects, users and views can be listed")
	}
}

// hiddenFrom says what hides a list: 401002 is a token without the scope
// (sources/tableau/API.md#connected-apps).
func hiddenFrom(err error) string {
	var e *api.Error
	if !errors.As(err, &e) {
		return ""
	}
	code := cmp.Or(e.Code, fmt.Sprint(e.Status))
	if code == "401002" {
		return "are outside the token's scope (" + code + ")"
	}
	return "are hidden from this account (" + code + ")"
}
