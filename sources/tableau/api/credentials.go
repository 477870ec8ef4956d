package api

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"darkroom/sources/tableau/api/redact"
)

// Credentials say who signs in, in exactly one way.
type Credentials struct {
	TokenName, TokenSecret string // personal access token
	Username, Password     string
	App                    ConnectedApp
}

// ConnectedApp is direct trust: we make the token ourselves
// (sources/tableau/API.md#connected-apps).
type ConnectedApp struct {
	ClientID, SecretID, Secret string
	Username                   string // whose rights apply; case counts
}

// String hides everything, as do GoString and LogValue.
func (Credentials) String() string { return "credentials (hidden)" }

// GoString is for %#v.
func (c Credentials) GoString() string { return c.String() }

// LogValue is for slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Method is "pat", "jwt", "password", or "" when nothing is filled in.
func (c Credentials) Method() string {
	switch {
	case c.TokenName != "" || c.TokenSecret != "":
		return "pat"
	case c.App != ConnectedApp{}:
		return "jwt"
	case c.Username != "" || c.Password != "":
		return "password"
	}
	return ""
}

// vault knows all secrets of the credentials.
func (c Credentials) vault() *redact.Vault {
	return redact.NewVault(c.TokenSecret, c.Password, c.App.Secret)
}

func (c Credentials) check() error {
	var missing string
	switch a := c.App; c.Method() {
	case "":
		missing = "there are no credentials"
	case "pat":
		if c.TokenName == "" || c.TokenSecret == "" {
			missing = "a personal access token needs its name and its secret"
		}
	case "password":
		if c.Username == "" || c.Password == "" {
			missing = "signing in needs user name and password"
		}
	case "jwt":
		if a.ClientID == "" || a.SecretID == "" || a.Secret == "" || a.Username == "" {
			missing = "a connected app needs client id, secret id, secret and user name"
		}
	}
	if missing == "" {
		return nil
	}
	return &Error{Op: signingIn, Err: errors.New(missing), Fix: "set TABLEAU_TOKEN_NAME and TABLEAU_TOKEN_SECRET"}
}

// body is the sign-in request (sources/tableau/API.md#signing-in).
func (c Credentials) body(site string, scopes []string, now time.Time, hide *redact.Vault) ([]byte, error) {
	in := map[string]any{"site": map[string]string{"contentUrl": site}}
	switch c.Method() {
	case "pat":
		in["personalAccessTokenName"], in["personalAccessTokenSecret"] = c.TokenName, c.TokenSecret
	case "jwt":
		token, err := c.App.token(scopes, now)
		if err != nil {
			return nil, err
		}
		hide.Add(token)
		in["jwt"] = token
	default:
		in["name"], in["password"] = c.Username, c.Password
	}
	return json.Marshal(map[string]any{"credentials": in})
}

// token is a JWT of five minutes for these scopes.
func (a ConnectedApp) token(scopes []string, now time.Time) (string, error) {
	from := now.Add(-5 * time.Second).Unix()
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"iss": a.ClientID, "sub": a.Username, "aud": "tableau", "jti": newUUID(), "scp": scopes,
		"iat": from, "nbf": from, "exp": now.Add(5 * time.Minute).Unix(),
	})
	t.Header["kid"], t.Header["iss"] = a.SecretID, a.ClientID
	return t.SignedString([]byte(a.Secret))
}

// newUUID is a random one (RFC 4122, version 4).
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
