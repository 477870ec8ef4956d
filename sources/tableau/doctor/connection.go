package doctor

import (
	"context"
	"strconv"
	"strings"
	"time"

	"darkroom/sources/tableau/api"
)

// reach says whether there is a Tableau server, how safe the way to it is, and
// whether it is recent enough; false when the other checks cannot run.
func (v *visit) reach(ctx context.Context, c *api.Client) bool {
	hello, err := c.Hello(ctx)
	switch {
	case api.TLSTrouble(err):
		v.broken("tls", Fail, err)
		return false
	case err != nil && hello.REST == (api.Version{}):
		v.broken("server", Fail, err)
		return false
	case hello.Server != v.API.Server.Address():
		v.say("server", OK, "", "%s sends us to %s, which answers", v.API.Server.Address(), hello.Server)
	default:
		v.say("server", OK, "", "%s answers", hello.Server)
	}
	v.tls(c)
	if err != nil {
		v.broken("version", Fail, err)
		return false
	}
	if hello.Product == "" { // it says so after sign-in
		return v.version(ctx, c, v.Missing == nil)
	}
	return v.judgeVersion(hello)
}

// expiring is when a certificate is worth a warning.
const expiring = 30 * 24 * time.Hour

func (v *visit) tls(c *api.Client) {
	warnings := c.Warnings()
	for _, w := range warnings {
		text, fix, _ := strings.Cut(w, "; ")
		v.say("tls", Warn, fix, "%s", text)
	}
	e := c.Encryption()
	if e.Protocol == "" {
		if len(warnings) == 0 {
			v.say("tls", OK, "", "http, which stays on this computer")
		}
		return
	}
	by := "certificate checked"
	switch {
	case !e.Checked:
		by = "certificate not checked"
	case e.OwnCA:
		by = "certificate checked with ca_file"
	}
	left, ends := e.Ends.Sub(v.Now), e.Ends.UTC().Format(time.DateOnly)
	switch {
	case left < 0: // only unchecked ones get here
		v.say("tls", Warn, "renew the server's certificate", "%s, %s; it ended on %s", e.Protocol, by, ends)
	case left < expiring:
		v.say("tls", Warn, "renew the server's certificate", "%s, %s; it ends on %s, in %s", e.Protocol, by, ends, days(left))
	default:
		v.say("tls", OK, "", "%s, %s, good until %s", e.Protocol, by, ends)
	}
}

// version is for servers that report theirs only after sign-in.
func (v *visit) version(ctx context.Context, c *api.Client, can bool) bool {
	if !can {
		return true
	}
	info, err := c.Info(ctx)
	if hello, _ := c.Hello(ctx); err != nil && hello.Product != "" && !hello.REST.AtLeast(3, 5) {
		v.broken("version", Fail, err)
		return false
	}
	switch {
	case err != nil: // the sign-in line says it
		return true
	case info.Product == "":
		v.say("version", Warn, "let accounts read /api/2.4/serverinfo", "the server does not report its version; REST API %s is assumed", info.REST)
		return true
	}
	return v.judgeVersion(info)
}

// judgeVersion compares with what a connected app needs (sources/tableau/API.md#connected-apps);
// that the Metadata API is there is known by now.
func (v *visit) judgeVersion(info api.Info) bool {
	const fix = "sign in with a personal access token, or update Tableau"
	text := "Tableau " + info.Product + ", REST API " + info.REST.String()
	jwt := v.Missing == nil && v.API.Credentials.Method() == "jwt"
	year, quarter, known := release(info.Product)
	switch {
	case !jwt:
		v.say("version", OK, "", "%s", text)
	case known && before(year, quarter, 2022, 3) || !known && !info.REST.AtLeast(3, 17):
		v.say("version", Fail, fix, "%s: connected apps can sign in since 2022.3", text)
		return false
	case known && before(year, quarter, 2023, 3):
		v.say("version", Fail, fix, "%s: the Metadata API takes connected apps since 2023.3", text)
		return false
	case !known:
		v.say("version", Warn, fix, "%s: the Metadata API takes connected apps since 2023.3, and this one's release cannot be read", text)
	default:
		v.say("version", OK, "", "%s", text)
	}
	return true
}

// release reads "2023.1.4".
func release(product string) (year, quarter int, ok bool) {
	parts := strings.SplitN(product, ".", 3)
	if len(parts) < 2 {
		return 0, 0, false
	}
	year, err1 := strconv.Atoi(parts[0])
	quarter, err2 := strconv.Atoi(parts[1])
	return year, quarter, err1 == nil && err2 == nil && year > 2000
}

func before(year, quarter, thanYear, thanQuarter int) bool {
	return year < thanYear || year == thanYear && quarter < thanQuarter
}

// secrets says what we sign in with and what ends it
// (sources/tableau/API.md#one-session-per-token).
func (v *visit) secrets() {
	switch v.API.Credentials.Method() {
	case "pat":
		v.say("secrets", OK, "", "personal access token %q from the %s", v.API.Credentials.TokenName, v.From)
		v.say("token", OK, "", "age unknown; expires after 15 unused days or the site's term")
	case "jwt":
		v.say("secrets", OK, "", "connected app from the %s, as %s", v.From, v.API.Credentials.App.Username)
	default:
		v.say("secrets", Warn, "a personal access token can be revoked alone, and works with MFA", "user name and password from the %s", v.From)
	}
}

// role is that of the account; "" when Tableau does not report it.
func (v *visit) role(ctx context.Context, c *api.Client, info api.Info) string {
	u, err := c.Get(ctx, "users/"+info.UserID, nil)
	role, name := u.Get("user.siteRole").String(), u.Get("user.name").String()
	switch {
	case err != nil || role == "":
		v.say("sign-in", OK, "", "signed in; the account may not see its own role")
		return ""
	case isAdmin(role):
		v.say("sign-in", OK, "", "signed in as %s, %s", name, role)
	case role == "Unlicensed":
		v.say("sign-in", Fail, "give the account a licence", "signed in as %s, who has no licence", name)
	default:
		v.say("sign-in", Warn, "to see all, use a site administrator's account", "signed in as %s, %s: sees only what was shared with it", name, role)
	}
	return role
}

// isAdmin knows SiteAdministratorExplorer, ServerAdministrator and their like.
func isAdmin(role string) bool { return strings.Contains(role, "Administrator") }

// session comes last: a personal access token has one session, so that a sign-in
// of another program with the same token ends ours (sources/tableau/API.md#one-session-per-token).
func (v *visit) session(ctx context.Context, c *api.Client) {
	alive, err := c.Alive(ctx)
	again := c.SignIns() - 1
	kept := "still the same after these checks"
	because, fix := "it does not last", "try again; if it stays so, ask an administrator how long sessions may last"
	if v.API.Credentials.Method() == "pat" {
		because = "another program may use the same token, which has one session"
		fix, kept = "give each program a token of its own", "one per token, "+kept
	}
	switch {
	case err != nil:
		text, _ := apart(err)
		v.say("session", OK, "", "could not be checked: %s", text)
	case !alive:
		v.say("session", Warn, fix, "it ended during these checks: %s", because)
	case again > 0:
		v.say("session", Warn, fix, "expired and was renewed during these checks (%d×): %s", again, because)
	default:
		v.say("session", OK, "", "%s", kept)
	}
}
