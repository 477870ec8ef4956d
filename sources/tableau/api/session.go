package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

// session is a signed-in state; gen grows by one with each sign-in.
type session struct {
	gen               int
	base, product     string
	version           Version
	token, site, user string
}

func (s session) classic(path string) string { return "/api/" + s.version.String() + "/" + path }

func (s session) request(method, path string, body []byte) request {
	return request{method: method, url: s.base + path, body: body, token: s.token}
}

// session is the present one if it is later than stale, otherwise a new one. However
// many goroutines ask at once, one signs in and the others get what it got.
func (c *Client) session(ctx context.Context, stale int) (s session, signedIn bool, err error) {
	select {
	case c.gate <- struct{}{}:
	case <-ctx.Done():
		return session{}, false, ctx.Err()
	}
	defer func() { <-c.gate }()
	switch {
	case c.sess.gen > stale && c.sess.token != "":
		return c.sess, false, nil
	case c.refused != nil:
		return session{}, false, c.refused
	case c.sess.gen > c.cfg.Renewals:
		return session{}, false, &Error{
			Op: "stay signed in", Summary: "the session ended again and again",
			Fix: "a personal access token has one session: another program may use the same one; give each its own",
		}
	}
	if err := c.negotiate(ctx); err != nil {
		return session{}, false, err
	}
	err = c.signIn(ctx)
	if err == nil && c.product == "" {
		err = c.learnLate(ctx)
	}
	if err != nil {
		return session{}, false, err
	}
	return c.sess, true, nil
}

// learnLate asks again for the version when the server wanted a session first. The
// guess is good for signing in only: a later version has more to ask for.
func (c *Client) learnLate(ctx context.Context) error {
	out := reply{status: http.StatusUnauthorized}
	for try := 0; try <= replays && out.status == http.StatusUnauthorized; try++ { // stray ones, see replays
		var err error
		if out, err = c.send(ctx, c.brisk, c.sess.request(http.MethodGet, infoPath, nil)); err != nil {
			return err
		}
	}
	if out.status != http.StatusOK {
		return c.refusal("ask for the version", out)
	}
	if err := c.learn(out); err != nil {
		return err
	}
	c.sess.version, c.sess.product = c.version, c.product
	return nil
}

// signIn opens a session. A connected app's token is good for one request and some
// minutes, so each attempt has its own. The gate is held.
func (c *Client) signIn(ctx context.Context) error {
	body := func() ([]byte, error) {
		return c.cfg.Credentials.body(c.cfg.Site, c.scopes(), c.cfg.Now(), c.vault)
	}
	out, err := c.open(ctx, c.patient, http.MethodPost, "/api/"+c.version.String()+"/auth/signin", body)
	if err != nil {
		return err
	}
	if out.status != http.StatusOK {
		e := c.refusal(signingIn, out)
		e.Fix = c.signInFix(e)
		if SignInRefused(e) {
			c.refused = e // trying again could lock the account
		}
		return e
	}
	in := gjson.ParseBytes(out.body).Get("credentials")
	s := session{
		gen: c.sess.gen + 1, base: c.base, product: c.product, version: c.version,
		token: in.Get("token").String(), site: in.Get("site.id").String(), user: in.Get("user.id").String(),
	}
	c.vault.Add(s.token)
	if s.token == "" || s.site == "" || strings.ContainsAny(s.site, "/?#") {
		return c.refusal(signingIn, out)
	}
	c.sess = s
	return nil
}

// scopes are what a connected app's token asks for: no more than will be used
// (sources/tableau/API.md#connected-apps).
func (c *Client) scopes() []string {
	scopes := []string{"tableau:content:read"}
	if c.version.AtLeast(3, 28) {
		scopes = append(scopes, "tableau:collections:read")
	}
	if c.cfg.Downloads {
		scopes = append(scopes, "tableau:workbooks:download", "tableau:datasources:download")
	}
	if c.cfg.Refreshes {
		scopes = append(scopes, "tableau:tasks:run", "tableau:jobs:read")
	}
	return scopes
}

func (c *Client) signInFix(e *Error) string {
	if e.Status != http.StatusUnauthorized {
		return ""
	}
	site := "check site: it is what follows /site/ in the browser"
	if c.cfg.Site == "" {
		site = "and Tableau Cloud needs a site:"
	}
	switch c.cfg.Credentials.Method() {
	case "pat":
		return "check the token's name and secret (it dies after 15 unused days, or when its term ends), " + site
	case "jwt":
		return "check client id, secret id, secret, the exact user name and this computer's clock, " + site
	}
	return "check user name and password (with MFA only a personal access token works), " + site
}

// open sends a request that needs no session, and follows one redirect, never
// into the arms of a stranger (sources/tableau/API.md#signing-in). The gate is held.
func (c *Client) open(ctx context.Context, with doer, method, path string, body func() ([]byte, error)) (reply, error) {
	for hop := 0; ; hop++ {
		out, err := c.send(ctx, with, request{method: method, url: c.base + path, fresh: body})
		if err != nil || out.status < 300 || out.status > 399 {
			return out, err
		}
		if hop == 1 {
			return out, &Error{
				Op: "follow the server", Status: out.status, Summary: "it redirects twice",
				Fix: "use the address that the browser shows after signing in",
			}
		}
		if c.base, err = c.moveTo(out.header.Get("Location"), path); err != nil {
			return out, err
		}
	}
}

// moveTo is the new base for a redirect of path, if it may be trusted.
func (c *Client) moveTo(location, path string) (string, error) {
	from, _ := url.Parse(c.base) // has been a base
	to, err := from.Parse(location)
	e := &Error{Op: "follow the server to another address", Fix: "if that is right, use it as server:"}
	if err != nil || to.Host == "" || to.User != nil {
		e.Err = errors.New("the address cannot be read")
		return "", e
	}
	host := to.Scheme + "://" + to.Host
	switch {
	case !strings.HasSuffix(to.Path, path) && !strings.EqualFold(to.Path, path):
		e.Summary = "it sends us to a page of " + c.clean(host) + ", perhaps a sign-in page of a proxy"
		e.Fix = "ask for a way to the API around that page; it must answer at /api"
	case !c.cfg.Server.Leads(to):
		e.Summary = "your secret would go to " + c.clean(host) + ", which you have not confirmed"
		e.Fix = "if that is right, run darkroom trust with that address (https only), or use it as server:, or name its host in redirect_hosts:"
	default:
		return host, nil
	}
	return "", e
}
