package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// proxyRefusal is a proxy that does not connect us to the server. net/http gives
// its answer as an error of the connection.
type proxyRefusal struct {
	proxy    string // host and port
	status   int
	text     string // the status in words
	password bool   // one was sent
}

func (p *proxyRefusal) Error() string {
	return fmt.Sprintf("the proxy %s refused to connect us: %s", p.proxy, p.text)
}

// onProxy is called with what a proxy says to CONNECT.
func onProxy(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	_, password := proxy.User.Password()
	return &proxyRefusal{proxy.Host, resp.StatusCode, resp.Status, password}
}

// forGood reports a refusal that the next try will meet too: that of a rule and
// not of a server that does not answer the proxy.
func (p *proxyRefusal) forGood() bool {
	return p.status < 500 && p.status != http.StatusTooManyRequests && p.status != http.StatusRequestTimeout
}

func refusedByProxy(err error) bool {
	var p *proxyRefusal
	return errors.As(err, &p) && p.forGood()
}

// passwordForProxy is the fix for a 407, to CONNECT or to a plain request.
const passwordForProxy = "the proxy wants a password: HTTPS_PROXY=http://user:password@host:port"

func (p *proxyRefusal) fix() string {
	switch {
	case p.status == http.StatusProxyAuthRequired && p.password:
		return "check user and password in HTTPS_PROXY (a letter such as @ or / is written %40 or %2F there)"
	case p.status == http.StatusProxyAuthRequired:
		return passwordForProxy
	case p.forGood():
		return "ask the owner of the proxy to allow the server; if it can be reached without the proxy, name it in NO_PROXY"
	}
	return "the proxy cannot reach the server: check the server's address, and try again later"
}
