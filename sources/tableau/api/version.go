package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Version is a REST API version; 3.10 is after 3.9.
type Version struct{ Major, Minor int }

func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }

// AtLeast reports whether v is major.minor or later.
func (v Version) AtLeast(major, minor int) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}

func parseVersion(text string) (Version, bool) {
	left, right, dot := strings.Cut(text, ".")
	major, err1 := strconv.Atoi(left)
	minor, err2 := strconv.Atoi(right)
	return Version{major, minor}, dot && err1 == nil && err2 == nil && major > 0 && minor >= 0
}

// Every server knows infoPath. One that reports its version only after sign-in gets the
// first version with JWT until then (sources/tableau/API.md#rest-versions).
const (
	infoPath  = "/api/2.4/serverinfo"
	guessWhen = "3.17"
)

// negotiate asks for the version once. The gate is held.
func (c *Client) negotiate(ctx context.Context) error {
	if c.version != (Version{}) {
		return nil
	}
	out, err := c.open(ctx, c.brisk, http.MethodGet, infoPath, nil)
	if err != nil {
		return err
	}
	switch {
	case out.status == http.StatusUnauthorized:
		c.version, _ = parseVersion(guessWhen)
		return nil
	case out.status != http.StatusOK:
		e := c.refusal("ask for the version", out)
		if e.Code == "404001" || e.Code == "404003" {
			e.Fix = "this server is older than 10.1 and has no Metadata API (2019.3 brought it)"
		}
		return e
	}
	return c.learn(out)
}

// learn reads serverinfo.
func (c *Client) learn(out reply) error {
	info := gjson.ParseBytes(out.body).Get("serverInfo")
	v, ok := parseVersion(info.Get("restApiVersion").String())
	if !ok {
		e := c.refusal("ask for the version", out)
		e.Fix = "check that server: is the address of a Tableau Server or Cloud"
		return e
	}
	c.version, c.product = v, c.clean(info.Get("productVersion.value").String())
	if c.product == "" {
		c.product = c.clean(info.Get("productVersion").String())
	}
	if !v.AtLeast(3, 5) {
		return &Error{
			Op: "use the Metadata API", Summary: "REST API " + v.String() + " is too old",
			Fix: "it needs Tableau Server 2019.3 or later; give saved files with --tableau instead",
		}
	}
	return nil
}
