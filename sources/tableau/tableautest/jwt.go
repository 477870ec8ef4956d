package tableautest

import (
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// maxLife is how far ahead a connected app's token may expire.
const maxLife = 10 * time.Minute

// connectedClaims are those of sources/tableau/API.md#connected-apps.
type connectedClaims struct {
	jwt.RegisteredClaims
	Scopes []string `json:"scp"`
}

// checkJWT verifies a connected app's token. How the error numbers reach the
// detail text is not documented; clients show it raw.
func (c *call) checkJWT(text string) (session, string) {
	if sitedata.Before(c.opt.RESTVersion, "3.17") {
		return session{}, jwtProblem(67, "FEATURE_NOT_ENABLED")
	}
	var claims connectedClaims
	var refusal string
	token, err := jwt.ParseWithClaims(text, &claims, func(t *jwt.Token) (any, error) {
		app, problem := c.appOf(t, claims.Issuer)
		if refusal = problem; problem != "" {
			return nil, errors.New(problem)
		}
		return []byte(app.Secret), nil
	}, jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(c.opt.Now), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithAudience("tableau"))
	switch {
	case refusal != "":
		return session{}, refusal
	case errors.Is(err, jwt.ErrTokenMalformed):
		return session{}, jwtProblem(10084, "JWT_PARSE_ERROR")
	case errors.Is(err, jwt.ErrTokenExpired):
		return session{}, jwtProblem(16, "LOGIN_FAILED")
	case err != nil || !token.Valid || claims.ID == "" || len(claims.Scopes) == 0:
		return session{}, jwtProblem(10083, "BAD_JWT")
	case claims.ExpiresAt.After(c.opt.Now().Add(maxLife)):
		return session{}, jwtProblem(16, "LOGIN_FAILED")
	case !c.knows(claims.Subject):
		return session{}, jwtProblem(5, "SYSTEM_USER_NOT_FOUND")
	case !c.fresh(claims.ID):
		return session{}, jwtProblem(10083, "BAD_JWT")
	}
	return session{username: claims.Subject, jwt: true, scopes: claims.Scopes}, ""
}

// fresh reports that no token had this jti before, and notes it.
func (s *Server) fresh(jti string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	used := s.jtis[jti]
	s.jtis[jti] = true
	return !used
}

// appOf finds the app; it must be named in the header as in the claims.
func (c *call) appOf(t *jwt.Token, issuer string) (app ConnectedApp, problem string) {
	kid, _ := t.Header["kid"].(string)
	if kid == "" || issuer == "" || t.Header["iss"] != issuer {
		return app, jwtProblem(10083, "BAD_JWT")
	}
	problem = jwtProblem(126, "CONNECTED_APP_NOT_FOUND")
	for _, app := range c.opt.Apps {
		if app.ClientID != issuer {
			continue
		}
		if app.SecretID == kid {
			return app, ""
		}
		problem = jwtProblem(127, "CONNECTED_APP_SECRET_NOT_FOUND")
	}
	return app, problem
}

// knows looks for a user name; case counts.
func (s *Server) knows(name string) bool {
	if name == "" {
		return false
	}
	for _, u := range s.opt.Users {
		if u.Name == name {
			return true
		}
	}
	for _, st := range s.sites {
		for _, u := range st.Users {
			if u.Get("name") == name {
				return true
			}
		}
	}
	return false
}

func jwtProblem(number int, name string) string {
	return fmt.Sprintf("Error signing in to Tableau Server: %s (errorCode=%d)", name, number)
}
