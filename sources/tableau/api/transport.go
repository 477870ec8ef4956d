package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"darkroom/sources/disk"
)

// maxBody bounds an answer, unpacked, in bytes. The largest pages of a real site
// are a few MB.
const maxBody = 256 << 20

// httpClient honours HTTPS_PROXY and NO_PROXY, and follows no redirect. Unpacking gzip
// is left to wholeBody, which bounds it.
func (c Config) httpClient() *http.Client {
	tlsConfig := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.Server.InsecureSkipVerify()}
	if own := c.Server.CA(); own != nil {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pool.AppendCertsFromPEM(own)
		tlsConfig.RootCAs = pool
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, OnProxyConnectResponse: onProxy, TLSClientConfig: tlsConfig, ForceAttemptHTTP2: true, DisableCompression: true,
		TLSHandshakeTimeout: 20 * time.Second, MaxIdleConnsPerHost: 8, IdleConnTimeout: 90 * time.Second,
	}
	return &http.Client{
		Transport:     wholeBody{transport, c.Timeout},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// wholeBody reads answers to their end, so that one that is cut off counts as a
// failed attempt and is tried again. The time limit is here because that of
// http.Client would hide the body's type.
type wholeBody struct {
	next    http.RoundTripper
	timeout time.Duration
}

// buffered is the body of every response that wholeBody gives.
type buffered struct {
	*bytes.Reader
	all []byte
}

func (buffered) Close() error { return nil }

var errTooLarge = errors.New("the answer is larger than 256 MB")

// tooLarge reports an answer that no retry makes smaller.
func tooLarge(err error) bool { return errors.Is(err, errTooLarge) || errors.Is(err, disk.ErrBomb) }

// CloseIdleConnections is what http.Client asks its transport for.
func (w wholeBody) CloseIdleConnections() {
	if next, ok := w.next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}

func (w wholeBody) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), w.timeout)
	defer cancel()
	r = r.Clone(ctx)
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	all, err := readBody(resp)
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	if len(all) > maxBody {
		return nil, errTooLarge
	}
	resp.Body = buffered{bytes.NewReader(all), all}
	return resp, nil
}

// readBody reads and unpacks an answer, up to one byte more than it may have.
func readBody(resp *http.Response) ([]byte, error) {
	var text io.Reader = resp.Body
	if strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") && resp.ContentLength != 0 {
		var err error
		if text, err = disk.Gunzip(resp.Body); errors.Is(err, io.EOF) {
			return nil, nil // nothing, unpacked
		} else if err != nil {
			return nil, err
		}
	}
	return io.ReadAll(io.LimitReader(text, maxBody+1))
}

func bodyOf(resp *http.Response) []byte {
	if b, ok := resp.Body.(buffered); ok {
		return b.all
	}
	return nil
}
