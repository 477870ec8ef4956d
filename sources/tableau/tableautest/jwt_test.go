package tableautest

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// tokens counts those that tests made: each has a jti of its own.
var tokens atomic.Int64

// signed makes a token as sources/tableau/API.md#connected-apps wants it, after a change.
func signed(t *testing.T, secret string, change func(header, claims map[string]any)) map[string]any {
	t.Helper()
	now := time.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"iss": DefaultClientID, "sub": "bo@example.com", "aud": "tableau", "jti": fmt.Sprint("token ", tokens.Add(1)),
		"iat": now.Add(-5 * time.Second).Unix(), "nbf": now.Add(-5 * time.Second).Unix(), "exp": now.Add(5 * time.Minute).Unix(),
		"scp": []string{"tableau:content:read", "tableau:views:*"},
	})
	token.Header["kid"], token.Header["iss"] = DefaultSecretID, DefaultClientID
	if change != nil {
		change(token.Header, token.Claims.(jwt.MapClaims))
	}
	text, err := token.SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"jwt": text, "site": map[string]any{"contentUrl": "shop"}}
}

func TestJWT(t *testing.T) {
	claim := func(name string, value any) func(header, claims map[string]any) {
		return func(_, claims map[string]any) { claims[name] = value }
	}
	c := start(t, Options{})
	for _, tc := range []struct {
		name   string
		secret string
		change func(header, claims map[string]any)
		want   string // in the detail; "" is success
	}{
		{"good", DefaultSecret, nil, ""},
		{"another encryption", DefaultSecret, func(h, _ map[string]any) { h["alg"] = "HS512" }, "10083"},
		{"wrong secret", "another secret", nil, "10083"},
		{"no kid", DefaultSecret, func(h, _ map[string]any) { delete(h, "kid") }, "10083"},
		{"unknown kid", DefaultSecret, func(h, _ map[string]any) { h["kid"] = "x" }, "errorCode=127"},
		{"unknown app", DefaultSecret, func(h, claims map[string]any) { h["iss"], claims["iss"] = "x", "x" }, "errorCode=126"},
		{"no app in the header", DefaultSecret, func(h, _ map[string]any) { delete(h, "iss") }, "10083"},
		{"no app in the claims", DefaultSecret, func(_, claims map[string]any) { delete(claims, "iss") }, "10083"},
		{"two apps", DefaultSecret, func(h, _ map[string]any) { h["iss"] = "x" }, "10083"},
		{"issued in the future", DefaultSecret, claim("iat", time.Now().Add(time.Minute).Unix()), "10083"},
		{"good in the future", DefaultSecret, claim("nbf", time.Now().Add(time.Minute).Unix()), "10083"},
		{"wrong audience", DefaultSecret, claim("aud", "other"), "10083"},
		{"no scopes", DefaultSecret, claim("scp", []string{}), "10083"},
		{"no jti", DefaultSecret, claim("jti", ""), "10083"},
		{"no exp", DefaultSecret, func(_, claims map[string]any) { delete(claims, "exp") }, "10083"},
		{"life too long", DefaultSecret, claim("exp", time.Now().Add(11*time.Minute).Unix()), "errorCode=16"},
		{"expired", DefaultSecret, claim("exp", time.Now().Add(-time.Minute).Unix()), "errorCode=16"},
		{"unknown user", DefaultSecret, claim("sub", "nobody"), "errorCode=5"},
		{"user in other case", DefaultSecret, claim("sub", "Bo@example.com"), "errorCode=5"},
	} {
		got := c.signIn(signed(t, tc.secret, tc.change))
		if tc.want == "" {
			c.want(tc.name, got.code(), "OK")
			c.want("user", got.text("credentials.user.id"), "u-bo")
			continue
		}
		if got.code() != "401001" || !strings.Contains(got.text("error.detail"), tc.want) {
			t.Errorf("%s: %s", tc.name, got.body)
		}
	}
	for range 2 {
		c.want("a refused token does not use up its jti", c.signIn(signed(t, DefaultSecret, func(_, claims map[string]any) {
			claims["jti"], claims["sub"] = "again", "nobody"
		})).text("error.detail"), jwtProblem(5, "SYSTEM_USER_NOT_FOUND"))
	}
	c.want("the first time", c.signIn(signed(t, DefaultSecret, claim("jti", "again"))).code(), "OK")
	c.want("a jti that was used", c.signIn(signed(t, DefaultSecret, claim("jti", "again"))).text("error.detail"), jwtProblem(10083, "BAD_JWT"))
	own := c.signIn(signed(t, DefaultSecret, claim("sub", c.s.Username())))
	c.want("the default user", own.text("credentials.user.id"), "u-ann")
	garbage := c.signIn(map[string]any{"jwt": "not.a.token", "site": map[string]any{"contentUrl": "shop"}})
	c.want("garbage", garbage.text("error.detail"), jwtProblem(10084, "JWT_PARSE_ERROR"))
}

func TestJWTScopes(t *testing.T) {
	c := start(t, Options{})
	in := c.signIn(signed(t, DefaultSecret, nil))
	c.token, c.site = in.text("credentials.token"), in.text("credentials.site.id")
	c.want("content", c.rest("workbooks").code(), "OK")
	c.want("views by wildcard", c.rest("views/v-over/image").code(), "OK")
	c.want("jobs", c.rest("jobs").code(), "401002")
	c.want("Metadata API", c.query("{workbooks{id}}").code(), "OK")
}

// Servers accept it from different versions on (sources/tableau/API.md#connected-apps).
func TestJWTByVersion(t *testing.T) {
	c := start(t, Options{RESTVersion: "3.16"})
	c.want("REST before 3.17", c.signIn(signed(t, DefaultSecret, nil)).text("error.detail"), jwtProblem(67, "FEATURE_NOT_ENABLED"))

	c = start(t, Options{Release: "2022.3"})
	in := c.signIn(signed(t, DefaultSecret, nil))
	c.token, c.site = in.text("credentials.token"), in.text("credentials.site.id")
	c.want("REST", c.rest("workbooks").code(), "OK")
	c.want("Metadata API before 2023.3", c.query("{workbooks{id}}").text("error"), "Unauthorized")
}
