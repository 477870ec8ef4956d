package api

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api/redact"
	"darkroom/sources/trust"
)

// Config says where to go and how. Server and Credentials are required.
type Config struct {
	Server      trust.Confirmed // with how it is verified and where it may lead
	Site        string          // content URL; "" is the default site
	Credentials Credentials
	Downloads   bool // a connected app's token may download files
	Refreshes   bool // and may refresh extracts, run flows and see jobs

	Timeout  time.Duration // of one attempt with its body; default 2 minutes
	WaitMin  time.Duration // before the first retry; default 1 second
	WaitMax  time.Duration // most between two retries, Retry-After too; default 2 minutes
	Renewals int           // how often a session is renewed; default 20
	OnWait   func(wait time.Duration, why string)
	Now      func() time.Time
}

func (c Config) withDefaults() Config {
	if c.Timeout <= 0 {
		c.Timeout = 2 * time.Minute
	}
	if c.WaitMin <= 0 {
		c.WaitMin = time.Second
	}
	if c.WaitMax <= 0 {
		c.WaitMax = 2 * time.Minute
	}
	if c.Renewals <= 0 {
		c.Renewals = 20
	}
	if c.OnWait == nil {
		c.OnWait = func(time.Duration, string) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// Client is one site of one server. Its methods may be called from several
// goroutines; they share one session.
type Client struct {
	cfg   Config
	vault *redact.Vault

	handshake atomic.Pointer[tls.ConnectionState] // of the last answer; nil without TLS

	patient, brisk, once *retryablehttp.Client // many, few and no retries

	gate    chan struct{} // held while the fields below are read or written
	base    string        // scheme and host; moves with a redirect of sign-in
	product string
	version Version
	sess    session
	refused error // why signing in will never work
}

// New checks the configuration; it does not connect.
func New(cfg Config) (*Client, error) {
	cfg = cfg.withDefaults()
	if !cfg.Server.Any() {
		return nil, &Error{Op: signingIn, Err: errors.New("no server was confirmed"), Fix: "run darkroom trust URL"}
	}
	if err := cfg.Credentials.check(); err != nil {
		return nil, err
	}
	hc := cfg.httpClient()
	c := &Client{cfg: cfg, vault: cfg.Credentials.vault(), gate: make(chan struct{}, 1), base: cfg.Server.Address()}
	c.patient, c.brisk, c.once = c.retrying(hc, 5), c.retrying(hc, 2), c.retrying(hc, 0)
	return c, nil
}

// Warnings are what the user should know about the connection's safety.
func (c *Client) Warnings() []string {
	var out []string
	if c.cfg.Server.InsecureSkipVerify() {
		out = append(out, "certificates are not checked (insecure_skip_verify): the token can be read on the way; use ca_file instead")
	}
	if c.cfg.Server.Plain() {
		out = append(out, "http is not encrypted: the token can be read on the way; use https")
	}
	return out
}

// Connect asks for the version and signs in. Other methods do it when needed.
func (c *Client) Connect(ctx context.Context) error {
	_, _, err := c.session(ctx, 0)
	return err
}

// Close signs out and drops connections. It works after ctx has ended.
func (c *Client) Close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	defer c.once.HTTPClient.CloseIdleConnections()
	c.gate <- struct{}{}
	s := c.sess
	c.sess = session{gen: s.gen}
	<-c.gate
	if s.token == "" {
		return nil
	}
	_, err := c.send(ctx, c.once, s.request(http.MethodPost, s.classic("auth/signout"), nil))
	return err
}

// Info is what the server says of itself and of us.
type Info struct {
	Server  string // where we ended up, without a slash at the end
	Product string // "2025.3.0"
	REST    Version
	SiteID  string // LUIDs
	UserID  string
}

// Info connects if needed.
func (c *Client) Info(ctx context.Context) (Info, error) {
	s, _, err := c.session(ctx, 0)
	return Info{Server: s.base, Product: s.product, REST: s.version, SiteID: s.site, UserID: s.user}, err
}

// Hello asks for the version only, without signing in.
func (c *Client) Hello(ctx context.Context) (Info, error) {
	select {
	case c.gate <- struct{}{}:
	case <-ctx.Done():
		return Info{}, ctx.Err()
	}
	defer func() { <-c.gate }()
	err := c.negotiate(ctx)
	return Info{Server: c.base, Product: c.product, REST: c.version}, err
}

// Alive reports whether the session of the token we have still lives, without
// signing in again. A stray 401 proves nothing
// (sources/tableau/API.md#rest-errors-and-sessions), two do.
func (c *Client) Alive(ctx context.Context) (bool, error) {
	s := c.present()
	for try := 0; ; try++ {
		out, err := c.send(ctx, c.brisk, s.request(http.MethodGet, s.classic("sessions/current"), nil))
		switch {
		case err != nil:
			return false, err
		case out.status == http.StatusOK:
			return true, nil
		case out.status != http.StatusUnauthorized:
			return false, c.refusal("ask for the session", out)
		case try > 0:
			return false, nil
		}
	}
}

// SignIns is how often we signed in so far.
func (c *Client) SignIns() int { return c.present().gen }

func (c *Client) present() session {
	c.gate <- struct{}{}
	defer func() { <-c.gate }()
	return c.sess
}

// Backfill is the state of the Metadata API's index, "COMPLETE" or "RUNNING", as
// far as the server reports it (sources/tableau/API.md#transport).
func (c *Client) Backfill(ctx context.Context) (string, error) {
	out, err := c.call(ctx, "ask for the state of the index", c.brisk, func(s session) request {
		return s.request(http.MethodGet, "/api/metadata/v1/control/backfill/status", nil)
	})
	if err != nil {
		return "", err
	}
	v := gjson.ParseBytes(out.body)
	for _, name := range []string{"status", "backfillStatus", "state"} {
		if text := v.Get(name).String(); text != "" {
			return c.clean(text), nil
		}
	}
	return "", &Error{Op: "ask for the state of the index", Status: out.status, Summary: "the answer has no state"}
}
