package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model/pattern"
)

// Post asks a site's REST resource to do something, such as "workbooks/LUID/refresh". It is
// sent once: where no answer comes, it may have been done. Only a 401, which means that it
// was not, is followed by another try in a new session.
func (c *Client) Post(ctx context.Context, path string) (gjson.Result, error) {
	out, err := c.call(ctx, "ask for "+path, c.once, func(s session) request {
		return s.request(http.MethodPost, s.classic("sites/"+s.site+"/"+path), []byte("{}"))
	})
	return gjson.ParseBytes(out.body), err
}

// retryAfterText is in the text of a 429 (sources/tableau/API.md#refused-refreshes).
var retryAfterText = pattern.Of(`(?i)retry after (\d{1,4}) (second|minute|hour)`)

// RetryAfter is how long the text of a refusal says to wait.
func RetryAfter(err error) (time.Duration, bool) {
	var e *Error
	if !errors.As(err, &e) {
		return 0, false
	}
	m := retryAfterText().FindStringSubmatch(e.Summary + " " + e.Detail)
	if m == nil {
		return 0, false
	}
	n, _ := strconv.Atoi(m[1]) // digits, and few of them
	return time.Duration(n) * map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour}[strings.ToLower(m[2])], true
}

// Clean makes a text of the server fit for a line of a message, without secrets.
func (c *Client) Clean(text string) string { return c.clean(text) }
