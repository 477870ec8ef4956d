package api

import (
	"context"
	"crypto/tls"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model/pattern"
	"darkroom/sources/tableau/api/redact"
)

// Error is why a request failed. Texts come from the server, without control
// characters and secrets.
type Error struct {
	Op              string // what was tried: "sign in"
	Status          int    // HTTP; 0 when there was no answer
	Code            string // Tableau's, "401001"; may be empty
	Summary, Detail string
	Fix             string
	Err             error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("cannot " + e.Op)
	parts := []string{e.Summary}
	if e.Detail != e.Summary {
		parts = append(parts, e.Detail)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	for _, p := range parts {
		if p != "" {
			b.WriteString(": " + p)
		}
	}
	switch {
	case e.Code != "":
		fmt.Fprintf(&b, " (%s)", e.Code)
	case e.Status != 0:
		fmt.Fprintf(&b, " (status %d)", e.Status)
	}
	if e.Fix != "" {
		b.WriteString("; " + e.Fix)
	}
	return b.String()
}

// Unwrap is the cause, if there is one.
func (e *Error) Unwrap() error { return e.Err }

// signingIn is the Op of a session that cannot be opened.
const signingIn = "sign in"

// Transient reports whether the same request may work later or in a smaller form:
// no answer, a proxy's page, an empty body, 429 and 5xx.
func Transient(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Status == 0 && e.Err != nil && !isTLS(e.Err) && !refusedByProxy(e.Err) || e.Status == http.StatusOK ||
		e.Status == http.StatusTooManyRequests || e.Status >= 500
}

// Hidden reports a refusal that concerns the thing asked for and not the session:
// not there, or not for us.
func Hidden(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Op != signingIn && (e.Status == http.StatusForbidden || e.Status == http.StatusNotFound ||
		e.Status == http.StatusBadRequest || e.Status == http.StatusUnauthorized)
}

// SignInRefused reports that the server does not take the credentials.
func SignInRefused(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Op == signingIn && (e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden)
}

// refusal reads an answer that is not what was asked for: JSON of either family,
// XML, a page, or whatever it begins with (sources/tableau/API.md#rest-errors-and-sessions).
func (c *Client) refusal(op string, out reply) *Error {
	e := &Error{Op: op, Status: out.status}
	most := maxText
	if isObject(out.body) && !readable(out.body) {
		e.Summary, e.Fix = "the answer is JSON that cannot be read", "try again later"
		return e
	}
	var x struct {
		Error struct {
			Code    string `xml:"code,attr"`
			Summary string `xml:"summary"`
			Detail  string `xml:"detail"`
		} `xml:"error"`
	}
	switch v := gjson.ParseBytes(out.body); {
	case isObject(out.body) && v.Get("error").IsObject():
		e.Code, e.Summary, e.Detail = v.Get("error.code").String(), v.Get("error.summary").String(), v.Get("error.detail").String()
	case isObject(out.body) && v.Get("error").Type == gjson.String:
		e.Summary, e.Detail = v.Get("error").String(), v.Get("message").String()
	case xml.Unmarshal(out.body, &x) == nil && x.Error.Code != "":
		e.Code, e.Summary, e.Detail = x.Error.Code, x.Error.Summary, x.Error.Detail
	case len(out.body) == 0:
		e.Summary = "the answer is empty"
	default:
		e.Summary, most = excerpt(string(out.body)), maxExcerpt
	}
	e.Code, e.Summary, e.Detail = c.clean(e.Code), c.cleanTo(most, e.Summary), c.clean(e.Detail)
	e.Fix = c.fix(e)
	return e
}

func (c *Client) fix(e *Error) string {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return "wait and try again; what was fetched is kept"
	case e.Status == http.StatusUnauthorized:
		return "another program may use the same token, which has one session only"
	case e.Status == http.StatusProxyAuthRequired:
		return passwordForProxy
	case e.Status >= 500 || e.Status == http.StatusOK:
		return "try again later; what was fetched is kept"
	case e.Status >= 300 && e.Status < 400:
		return "the server sends us elsewhere: use the address that the browser shows after signing in"
	}
	return ""
}

var title = pattern.Of(`(?is)<title[^>]*>(.*?)</title>`)

// excerpt is the title of a page, or what a body begins with.
func excerpt(body string) string {
	head := body[:min(len(body), 64<<10)]
	if m := title().FindStringSubmatch(head); m != nil {
		return "a web page: " + html.UnescapeString(m[1])
	}
	return head
}

// How many letters of a text from outside a message may hold, and how many bytes of
// it are looked at for that.
const (
	maxText    = 300
	maxExcerpt = 200
	maxLook    = 8 << 10
)

// clean makes a text from outside fit for a line of a message.
func (c *Client) clean(text string) string { return c.cleanTo(maxText, text) }

// cleanTo hides secrets in what will be printed, and before that is shortened: a
// cut would leave a piece that cannot be recognised any more.
func (c *Client) cleanTo(most int, text string) string {
	text = c.vault.Hide(redact.Printable(text[:min(len(text), maxLook)]))
	if rs := []rune(text); len(rs) > most {
		text = string(rs[:most]) + "…"
	}
	return text
}

func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	return errors.As(err, &verify) || noTLS(err)
}

// noTLS is a server that answers https in plain http; net/http says so in words.
func noTLS(err error) bool {
	var record tls.RecordHeaderError
	return errors.As(err, &record) || strings.Contains(err.Error(), "HTTP response to HTTPS client")
}

// unreachable explains why no answer came.
func (c *Client) unreachable(err error) *Error {
	if err == nil {
		err = errors.New("no answer")
	}
	if tooLarge(err) { // an answer, if not one to work with
		return &Error{Op: "read the answer", Status: http.StatusOK, Err: hiding{err, c.clean(err.Error())}}
	}
	e := &Error{Op: "reach " + c.cfg.Server.Address(), Err: hiding{err, c.clean(err.Error())}}
	var dns *net.DNSError
	var verify *tls.CertificateVerificationError
	var proxy *proxyRefusal
	switch {
	case errors.As(err, &proxy):
		e.Fix = proxy.fix()
	case errors.As(err, &verify):
		e.Fix = "if the company has its own CA, set ca_file: to its certificate (PEM)"
	case noTLS(err):
		e.Fix = "the server does not speak TLS there; check https:// and the port"
	case errors.As(err, &dns):
		e.Fix = "check the name of the server, the VPN and HTTPS_PROXY"
	case errors.Is(err, context.DeadlineExceeded):
		e.Fix = "the server did not answer in time; try again"
	default:
		e.Fix = "check the server's address, the VPN and HTTPS_PROXY"
	}
	return e
}

// hiding is an error with a cleaned text.
type hiding struct {
	error
	text string
}

func (h hiding) Error() string { return h.text }
func (h hiding) Unwrap() error { return h.error }
