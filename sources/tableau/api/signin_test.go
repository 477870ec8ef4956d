package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"darkroom/sources/trust/trusttest"
)

// Whatever a server answers to a sign-in and before it, the client is signed in with a
// token and a site, or has an error that can be shown and has no secret in it.
func FuzzSignIn(f *testing.F) {
	const info = `{"serverInfo":{"productVersion":{"value":"2024.2"},"restApiVersion":"3.23"}}`
	for _, seed := range [][2]string{
		{info, `{"credentials":{"site":{"id":"s","contentUrl":"acme"},"user":{"id":"u"},"token":"t|x|s"}}`},
		{info, `{"credentials":{"site":{"id":"a/../b"},"token":"t"}}`},
		{info, `{"credentials":[{"token":1}]}`},
		{info, `{"error":{"summary":"Signin Error","detail":"hush-hush","code":"401001"}}`},
		{`{"serverInfo":{"restApiVersion":"99999.9"}}`, "{}"},
		{"", ""},
		{info, "<tsResponse><credentials token=\"x\"/></tsResponse>"},
		{info, `{"credentials":{"site":{"id":"\u001b[2J?"},"user":{"id":{}},"token":"hush-hush"}}`},
		{"[[[[", "\xff"},
	} {
		f.Add(seed[0], seed[1], 200)
		f.Add(seed[0], seed[1], 401)
	}
	f.Fuzz(func(t *testing.T, info, answer string, status int) {
		if status < 200 || status > 599 || status == 429 || status > 499 {
			return // those are tried again after a while
		}
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if strings.HasSuffix(r.URL.Path, "/auth/signin") {
				w.WriteHeader(status)
				_, _ = w.Write([]byte(answer))
				return
			}
			_, _ = w.Write([]byte(info))
		}))
		defer srv.Close()
		c, err := New(Config{
			Server: trusttest.Server(t, srv.URL), Credentials: Credentials{TokenName: "n", TokenSecret: "hush-hush"}, WaitMin: time.Millisecond, WaitMax: time.Millisecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		err = c.Connect(t.Context())
		if err == nil {
			if c.sess.token == "" || c.sess.site == "" || strings.ContainsAny(c.sess.site, "/?#") {
				t.Errorf("signed in with token %q and site %q by %q", c.sess.token, c.sess.site, answer)
			}
			return
		}
		if text := err.Error(); text == "" || !utf8.ValidString(text) || strings.ContainsAny(text, "\x1b\x00\r") || strings.Contains(text, "hush-hush") {
			t.Errorf("%q", text)
		}
	})
}
