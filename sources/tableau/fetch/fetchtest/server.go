// Package fetchtest helps the tests of the stages of a fetch: servers that answer what
// a test says, whatever that is. A whole server is package tableautest.
package fetchtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
	"darkroom/sources/trust/trusttest"
)

// Answering is a server that accepts every sign-in.
func Answering(handle http.HandlerFunc) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "serverinfo"):
			fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.28"}}`)
		case strings.HasSuffix(r.URL.Path, "signin"):
			fmt.Fprint(w, `{"credentials":{"token":"t","site":{"id":"s"},"user":{"id":"u"}}}`)
		default:
			handle(w, r)
		}
	}))
}

// Connect makes a client that does not wait between tries.
func Connect(t *testing.T, server string) *api.Client {
	t.Helper()
	c, err := api.New(api.Config{
		Server: trusttest.Server(t, server), Credentials: api.Credentials{TokenName: "n", TokenSecret: "s"}, WaitMin: time.Microsecond, WaitMax: time.Microsecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Session is a fetch that asks a server (none when it is "") and knows these lists.
func Session(t *testing.T, server string, kept *pages.File, metadata, rest []string) *session.Session {
	t.Helper()
	s := &session.Session{Found: gathered.New(metadata, rest, kept, false, nil), Fields: &plan.ServerFields{}, FirstPage: 50, MaxPage: 500, Parallel: 4}
	if server != "" {
		s.Client = Connect(t, server)
		s.Asker = &ask.Asker{Client: s.Client, Report: s.Found, WithoutUndefined: s.Fields.WithoutUndefined}
	}
	return s
}

// NoPages keeps nothing on disk.
func NoPages(t *testing.T) *pages.File {
	t.Helper()
	f, _, err := pages.Open("", pages.Head{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}
