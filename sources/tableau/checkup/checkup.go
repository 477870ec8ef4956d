// Package checkup looks whether a site of Tableau can be synced: what works, what
// does not, and what to do about it. It asks little and changes nothing.
package checkup

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/api"
)

// Status of a line.
type Status string

// The states of a line.
const (
	OK   Status = "ok"
	Warn Status = "warn" // works, with less than could be
	Fail Status = "fail" // has to be cured before sync works
)

// Line is one thing looked at.
type Line struct {
	Site   string `json:"site"`
	Check  string `json:"check"` // "server", "sign-in" …
	Status Status `json:"status"`
	Text   string `json:"text"`
	Cure   string `json:"cure,omitempty"`
}

// Target is a site to look at.
type Target struct {
	Name     string
	Server   bool // has one; else only the snapshot is looked at
	API      api.Config
	From     string // where the secrets are from
	Missing  error  // why there are none
	Snapshot string // file or folder
	Now      time.Time
}

type visit struct {
	Target
	lines []Line
}

func (v *visit) say(check string, status Status, cure, format string, args ...any) {
	v.lines = append(v.lines, Line{v.Name, check, status, fmt.Sprintf(format, args...), cure})
}

// broken notes an error, with its cure apart from its text.
func (v *visit) broken(check string, status Status, err error) {
	text, cure := err.Error(), ""
	var e *api.Error
	if errors.As(err, &e) {
		cure = e.Cure
		text = strings.TrimSuffix(text, "; "+cure)
	}
	v.say(check, status, cure, "%s", text)
}

// Run looks at one site. What depends on something that failed is left out.
func Run(ctx context.Context, t Target) []Line {
	v := &visit{Target: t}
	if t.Server {
		v.connection(ctx)
	}
	v.snapshot(ctx)
	return v.lines
}

func (v *visit) connection(ctx context.Context) {
	cfg := v.API
	if v.Missing != nil { // the server can be looked at without
		cfg.Credentials = api.Credentials{TokenName: "none", TokenSecret: "none"}
	}
	c, err := api.New(cfg)
	if err != nil {
		v.broken("configuration", Fail, err)
		return
	}
	defer func() { _ = c.Close(ctx) }()
	hello, err := c.Hello(ctx)
	if err != nil {
		v.broken("server", Fail, err)
		return
	}
	v.say("server", OK, "", "%s answers: Tableau %s, REST API %s", hello.Server, hello.Product, hello.REST)
	for _, w := range c.Warnings() {
		text, cure, _ := strings.Cut(w, "; ")
		v.say("encryption", Warn, cure, "%s", text)
	}
	if v.Missing != nil {
		v.say("secrets", Fail, "", "%s", v.Missing)
		return
	}
	v.secrets()
	info, err := c.Info(ctx)
	if err != nil {
		v.broken("sign-in", Fail, err)
		return
	}
	v.role(ctx, c, info)
	v.metadata(ctx, c)
	v.extras(info)
}

func (v *visit) secrets() {
	switch v.API.Credentials.Method() {
	case "pat":
		v.say("secrets", OK, "", "personal access token %q from the %s; it has one session, and dies after 15 unused days or when its term ends",
			v.API.Credentials.TokenName, v.From)
	case "jwt":
		v.say("secrets", OK, "", "connected app from the %s, as %s", v.From, v.API.Credentials.App.Username)
	default:
		v.say("secrets", Warn, "a personal access token can be revoked alone, and works with MFA", "user name and password from the %s", v.From)
	}
}

// role says whose eyes we see with.
func (v *visit) role(ctx context.Context, c *api.Client, info api.Info) {
	u, err := c.Get(ctx, "users/"+info.UserID, nil)
	role, name := u.Get("user.siteRole").String(), u.Get("user.name").String()
	switch {
	case err != nil || role == "":
		v.say("sign-in", OK, "", "signed in; the account may not see its own role")
	case strings.Contains(role, "Administrator"):
		v.say("sign-in", OK, "", "signed in as %s, %s: sees everything on the site", name, role)
	case role == "Unlicensed":
		v.say("sign-in", Fail, "give the account a licence", "signed in as %s, who has no licence", name)
	default:
		v.say("sign-in", Warn, "to see all, use a site administrator's account", "signed in as %s, %s: sees only what was shared with it", name, role)
	}
}

// metadata asks for counts, and for the names of some tables.
func (v *visit) metadata(ctx context.Context, c *api.Client) {
	const query = `{w:workbooksConnection(first:1){totalCount} d:dashboardsConnection(first:1){totalCount}` +
		` t:databaseTablesConnection(first:200){totalCount nodes{id name}}}`
	a, err := c.Query(ctx, query, nil)
	if err != nil {
		v.broken("metadata", Fail, err)
		return
	}
	for _, p := range a.Problems {
		switch p.Code {
		case "FEATURE_DISABLED", "SITE_DISABLED":
			v.say("metadata", Fail, "an administrator has to turn the Metadata API on: tsm maintenance metadata-services enable", "%s (%s)", p.Message, p.Code)
			return
		default:
			v.say("metadata", Warn, "sync waits, or asks for less at a time", "%s (%s)", p.Message, p.Code)
		}
	}
	count := func(at string) int64 { return a.Data.Get(at + ".totalCount").Int() }
	switch {
	case !a.Data.IsObject():
		v.say("metadata", Fail, "try again later", "the Metadata API gives no data")
		return
	case count("w") == 0:
		v.say("metadata", Warn, "share projects with the account, or use an administrator's", "the Metadata API answers and shows no workbook")
	default:
		v.say("metadata", OK, "", "the Metadata API answers: %d workbooks, %d dashboards, %d tables", count("w"), count("d"), count("t"))
	}
	v.index(ctx, c)
	v.names(a.Data.Get("t.nodes").Array())
}

func (v *visit) index(ctx context.Context, c *api.Client) {
	state, err := c.Backfill(ctx)
	switch {
	case err != nil:
		v.say("index", OK, "", "the server does not tell the state of its index")
	case strings.Contains(strings.ToUpper(state), "RUN"):
		v.say("index", Warn, "sync again when it is done; until then snapshots are marked partial", "Tableau is still indexing this site (%s)", state)
	default:
		v.say("index", OK, "", "the index is %s", strings.ToLower(state))
	}
}

// names tells redaction: rows with an id and no name (facts/tableau.md §2.7).
func (v *visit) names(tables []gjson.Result) {
	hidden := 0
	for _, t := range tables {
		if t.Get("name").Type == gjson.Null {
			hidden++
		}
	}
	switch {
	case len(tables) == 0:
	case hidden == 0:
		v.say("names", OK, "", "the names of tables can be seen")
	default:
		v.say("names", Warn, "ask for View on databases and tables in Tableau Catalog, or for Data Management with derived permissions off",
			"%d of %d tables looked at hide their names: their dashboards cannot be linked", hidden, len(tables))
	}
}

func (v *visit) extras(info api.Info) {
	if info.REST.AtLeast(3, 28) {
		v.say("collections", OK, "", "collections are offered")
	}
}

// stale is when a snapshot is worth a warning.
const stale = 7 * 24 * time.Hour

func (v *visit) snapshot(ctx context.Context) {
	cure := ""
	if v.Server {
		cure = "run darkroom sync"
	}
	sites, err := tableau.Load(ctx, []string{v.Snapshot}, tableau.Options{})
	if err != nil || len(sites) == 0 {
		v.say("snapshot", Warn, cure, "none that can be read: %v", err)
		return
	}
	for _, s := range sites {
		v.judge(s, cure)
	}
}

func (v *visit) judge(s *model.Site, cure string) {
	age := v.Now.Sub(s.FetchedAt)
	when := fmt.Sprintf("%s old", days(age))
	if s.FetchedAt.IsZero() {
		when, age = "of unknown age", 0
	}
	switch {
	case len(s.Partial) > 0:
		v.say("snapshot", Warn, cure, "%d dashboards, %s, not whole: %s", len(s.Dashboards), when, s.Partial[0])
	case age > stale:
		v.say("snapshot", Warn, cure, "%d dashboards, %s", len(s.Dashboards), when)
	default:
		v.say("snapshot", OK, "", "%d dashboards, %s, whole", len(s.Dashboards), when)
	}
}

func days(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case hours < 1:
		return "less than an hour"
	case hours < 48:
		return fmt.Sprintf("%d hours", hours)
	default:
		return fmt.Sprintf("%d days", hours/24)
	}
}
