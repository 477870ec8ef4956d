package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/document"
)

// request is one call with its body; token is empty before sign-in. fresh makes the
// body again for each attempt, always of the same length. file asks for a workbook
// or data source instead of JSON.
type request struct {
	method, url string
	body        []byte
	fresh       func() ([]byte, error)
	token       string
	file        bool
}

// payload is the body as retryablehttp wants it: nil for none.
func (r request) payload() any {
	switch {
	case r.fresh != nil:
		return retryablehttp.ReaderFunc(func() (io.Reader, error) {
			body, err := r.fresh()
			return bytes.NewReader(body), err
		})
	case r.body != nil:
		return r.body
	}
	return nil
}

func (r request) accept() string {
	if r.file {
		return fileTypes
	}
	return "application/json"
}

// answeredBy reports whether a body is of the kind that was asked for.
func (r request) answeredBy(out reply) bool {
	if r.file {
		return looksLikeFile(out.body)
	}
	return readable(out.body)
}

// reply is an answer of any status, read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// send makes a request with retries. An error means that no answer came.
func (c *Client) send(ctx context.Context, with doer, r request) (reply, error) {
	payload := r.payload()
	req, err := retryablehttp.NewRequestWithContext(ctx, r.method, r.url, payload)
	if err != nil {
		return reply{}, c.unreachable(err)
	}
	req.Header.Set("Accept", r.accept())
	req.Header.Set("User-Agent", "darkroom")
	if payload != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.token != "" {
		req.Header.Set("X-Tableau-Auth", r.token)
	}
	resp, err := with.Do(req) //nolint:bodyclose // bodyOf closes it
	if err != nil || resp == nil {
		if ctx.Err() != nil {
			return reply{}, ctx.Err()
		}
		return reply{}, c.unreachable(err)
	}
	c.handshake.Store(resp.TLS)
	return reply{resp.StatusCode, resp.Header, bodyOf(resp)}, nil
}

// replays is how often a call renews the session after a 401: once for a session that
// ended, once more for the stray ones just after sign-in
// (sources/tableau/API.md#rest-errors-and-sessions). A session that another call has
// renewed meanwhile does not count, as slow calls can miss several in a row.
const replays = 2

// call makes a request within the session, which it renews when it has ended. A
// 401 means that the call did not run, so any call may be replayed.
func (c *Client) call(ctx context.Context, op string, with doer, make func(session) request) (reply, error) {
	stale, renewals := 0, 0
	for {
		s, signedIn, err := c.session(ctx, stale)
		if err != nil {
			return reply{}, err
		}
		if signedIn && stale > 0 {
			renewals++
		}
		r := make(s)
		out, err := c.send(ctx, with, r)
		switch {
		case err != nil:
			return reply{}, err
		case out.status == http.StatusUnauthorized && renewals < replays:
			stale = s.gen
			continue
		case out.status < 200 || out.status > 299:
			return out, c.refusal(c.clean(op), out)
		case !r.answeredBy(out):
			return reply{}, c.refusal(c.clean(op), out)
		}
		return out, nil
	}
}

// maxDepth is how deep an answer may nest: far more than any question asks for,
// and few enough for recursive readers.
const maxDepth = 100

// readable reports whether a body is one complete JSON object that is safe to walk.
func readable(body []byte) bool {
	return isObject(body) && document.TooDeep(body, maxDepth) < 0 && gjson.ValidBytes(body)
}
