package api_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

func appOf(s *tableautest.Server) api.Credentials {
	return api.Credentials{App: api.ConnectedApp{
		ClientID: tableautest.DefaultClientID, SecretID: tableautest.DefaultSecretID,
		Secret: tableautest.DefaultSecret, Username: s.Username(),
	}}
}

// tokensSentTo serves s and notes the JWTs that reach it.
func tokensSentTo(t *testing.T, s *tableautest.Server) (server string, tokens func() []string) {
	t.Helper()
	var mu sync.Mutex
	var seen []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if token := gjson.GetBytes(body, "credentials.jwt").String(); token != "" {
			mu.Lock()
			seen = append(seen, token)
			mu.Unlock()
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(seen)
	}
}

// opened is the header and the claims of a JWT.
func opened(t *testing.T, token string) (header, claims gjson.Result) {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("no JWT: %q", token)
	}
	var out [2]gjson.Result
	for i := range out {
		text, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		out[i] = gjson.ParseBytes(text)
	}
	return out[0], out[1]
}

// What a connected app's token says (sources/tableau/API.md#connected-apps).
func TestTokenOfAConnectedApp(t *testing.T) {
	for _, test := range []struct {
		rest      string
		downloads bool
		scopes    string
	}{
		{"3.27", false, `["tableau:content:read"]`},
		{"3.28", false, `["tableau:content:read","tableau:collections:read"]`},
		{"3.27", true, `["tableau:content:read","tableau:workbooks:download","tableau:datasources:download"]`},
		{"3.28", true, `["tableau:content:read","tableau:collections:read","tableau:workbooks:download","tableau:datasources:download"]`},
	} {
		s := newServer(t, tableautest.Options{RESTVersion: test.rest})
		server, tokens := tokensSentTo(t, s)
		c := connect(t, server, func(cfg *api.Config) { cfg.Credentials, cfg.Downloads = appOf(s), test.downloads })
		if err := c.Connect(context.Background()); err != nil {
			t.Fatal(err)
		}
		header, claims := opened(t, tokens()[0])
		now := time.Now()
		for what, ok := range map[string]bool{
			"alg":           header.Get("alg").String() == "HS256",
			"typ":           header.Get("typ").String() == "JWT",
			"kid":           header.Get("kid").String() == tableautest.DefaultSecretID,
			"iss in header": header.Get("iss").String() == tableautest.DefaultClientID,
			"iss":           claims.Get("iss").String() == tableautest.DefaultClientID,
			"sub":           claims.Get("sub").String() == s.Username(),
			"aud":           claims.Get("aud").String() == "tableau",
			"scp":           claims.Get("scp").Raw == test.scopes,
			"iat":           past(now, claims.Get("iat")),
			"nbf":           past(now, claims.Get("nbf")),
			"exp":           claims.Get("exp").Int() > now.Add(time.Minute).Unix() && claims.Get("exp").Int() < now.Add(10*time.Minute).Unix(),
			"jti":           uuid.MatchString(claims.Get("jti").String()),
		} {
			if !ok {
				t.Errorf("%s, downloads %t: %s is wrong in %s %s", test.rest, test.downloads, what, header, claims)
			}
		}
	}
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// past is some seconds ago: clocks differ.
func past(now time.Time, v gjson.Result) bool {
	ago := now.Unix() - v.Int()
	return ago >= 3 && ago <= 60
}

// A token is good once: a renewed session needs a new one, and so does an attempt whose
// answer was lost.
func TestTokensAreNotUsedTwice(t *testing.T) {
	s := newServer(t, tableautest.Options{Switches: tableautest.Switches{SessionCalls: 2}})
	server, tokens := tokensSentTo(t, s)
	var calls atomic.Int64
	c := connect(t, server, func(cfg *api.Config) {
		cfg.Credentials = appOf(s)
		cfg.Now = func() time.Time { return time.Now().Add(time.Duration(calls.Add(1)-100) * time.Second) }
	})
	s.Inject(tableautest.CutOff(tableautest.SignIn), tableautest.EmptyBody(tableautest.SignIn))
	for range 6 {
		if _, err := listProjects(context.Background(), c); err != nil {
			t.Fatal(err)
		}
	}
	ids, times := map[string]bool{}, map[int64]bool{}
	for _, token := range tokens() {
		_, claims := opened(t, token)
		ids[claims.Get("jti").String()], times[claims.Get("exp").Int()] = true, true
	}
	if n := len(tokens()); n < 5 || len(ids) != n || len(times) != n {
		t.Errorf("%d tokens with %d ids and %d times", n, len(ids), len(times))
	}
}

// leadingTo confirms a server together with the one that it redirects to.
func leadingTo(t *testing.T, url string) func(*api.Config) {
	return func(cfg *api.Config) {
		host := strings.TrimPrefix(url, "http://")
		cfg.Server = trusttest.Want(t, trust.Want{Server: cfg.Server.Address(), RedirectHosts: []string{host}})
	}
}

// Sign-in follows one redirect to its server and no more.
func TestOneRedirectAtMost(t *testing.T) {
	last := newServer(t, tableautest.Options{})
	lastURL := last.Serve(t)
	second := newServer(t, tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: lastURL}})
	secondURL := second.Serve(t)
	first := newServer(t, tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: secondURL}})
	err := connect(t, first.Serve(t), leadingTo(t, secondURL)).Connect(context.Background())
	if err == nil || !strings.Contains(err.Error(), "it redirects twice (status 301)") || !strings.Contains(err.Error(), "the browser shows") {
		t.Error(err)
	}
	for s, want := range map[*tableautest.Server]int{first: 1, second: 1, last: 0} {
		if n := s.Stats().Requests[tableautest.SignIn]; n != want {
			t.Errorf("%d sign-ins, want %d", n, want)
		}
	}
	s := newServer(t, tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: lastURL}})
	server, tokens := tokensSentTo(t, s)
	if err := connect(t, server, func(cfg *api.Config) {
		leadingTo(t, lastURL)(cfg)
		cfg.Credentials = appOf(s)
	}).Connect(context.Background()); err != nil || len(tokens()) != 1 {
		t.Errorf("one redirect: %v, %d tokens", err, len(tokens()))
	}
	// A server that redirects to itself never stops.
	loop := newServer(t, tableautest.Options{})
	url := loop.Serve(t)
	loop.Set(func(sw *tableautest.Switches) { sw.RedirectSignIn = url })
	if err := connect(t, url, nil).Connect(context.Background()); err == nil || loop.Stats().Requests[tableautest.SignIn] != 2 {
		t.Errorf("%v after %d sign-ins", err, loop.Stats().Requests[tableautest.SignIn])
	}
}

// A token that darkroom made is as secret as what it was made of.
func TestOurTokenIsNotEchoed(t *testing.T) {
	var sent string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "serverinfo") {
			fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.22"}}`)
			return
		}
		body, _ := io.ReadAll(r.Body)
		sent = gjson.GetBytes(body, "credentials.jwt").String()
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "%s is not valid", sent[len(sent)-100:])
	}))
	defer srv.Close()
	err := connect(t, srv.URL, func(cfg *api.Config) { cfg.Credentials = appOf(newServer(t, tableautest.Options{})) }).Connect(context.Background())
	if err == nil || !strings.Contains(err.Error(), "(hidden) is not valid") || strings.Contains(err.Error(), sent[len(sent)-10:]) {
		t.Error(err)
	}
}
