package api

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"darkroom/sources/pause"
)

// doer is a client with its number of retries.
type doer interface {
	Do(*retryablehttp.Request) (*http.Response, error)
}

func (c *Client) retrying(hc *http.Client, retries int) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient: hc, RetryMax: retries, RetryWaitMin: c.cfg.WaitMin, RetryWaitMax: c.cfg.WaitMax,
		CheckRetry: c.again, Backoff: c.backoff, ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// again decides whether another attempt could help: for lost connections, 429,
// 5xx, and for a success that is neither JSON nor the file asked for
// (sources/tableau/API.md#rate-limits).
func (c *Client) again(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if err != nil && (isTLS(err) || refusedByProxy(err) || tooLarge(err)) {
		return false, nil
	}
	retry, policy := retryablehttp.DefaultRetryPolicy(ctx, resp, err)
	switch {
	case err != nil || policy != nil:
		return retry, policy
	case retry:
		wait, given := c.retryAfter(resp)
		return !given || wait <= c.cfg.WaitMax, nil // a longer wait is the caller's decision
	}
	expected := isObject
	if resp.Request != nil && resp.Request.Header.Get("Accept") == fileTypes {
		expected = looksLikeFile
	}
	return resp.StatusCode == http.StatusOK && !expected(bodyOf(resp)), nil
}

func isObject(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && body[0] == '{'
}

// backoff is what the server asks for, otherwise exponential with jitter.
func (c *Client) backoff(least, most time.Duration, attempt int, resp *http.Response) time.Duration {
	why := "no answer"
	if resp != nil {
		why = fmt.Sprintf("status %d", resp.StatusCode)
		if wait, ok := c.retryAfter(resp); ok {
			c.cfg.OnWait(wait, why)
			return wait
		}
	}
	wait := jittered(least, most, attempt)
	c.cfg.OnWait(wait, why)
	return wait
}

// jittered is between half and all of least doubled attempt times.
func jittered(least, most time.Duration, attempt int) time.Duration {
	wait := min(most, least<<min(attempt, 16))
	return wait/2 + rand.N(wait/2+1)
}

// retryAfter reads seconds or a date.
func (c *Client) retryAfter(resp *http.Response) (time.Duration, bool) {
	text := resp.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil && seconds >= 0 && seconds < 1<<20 {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(c.cfg.Now())), true
	}
	return 0, false
}

// Pause waits like a retry does, for callers that repeat a request for reasons of
// their own. attempt counts from 0.
func (c *Client) Pause(ctx context.Context, attempt int, why string) error {
	wait := jittered(c.cfg.WaitMin, min(c.cfg.WaitMax, time.Minute), attempt)
	c.cfg.OnWait(wait, why)
	return pause.For(ctx, wait)
}
