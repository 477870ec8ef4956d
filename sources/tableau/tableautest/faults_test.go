package tableautest

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

const anyQuery = "{workbooks{id}}"

func TestFaultsThatPass(t *testing.T) {
	c := enter(t, Options{})
	c.s.Inject(Unauthorized(Workbooks))
	c.want("another kind", c.rest("projects").code(), "OK")
	c.want("one-shot 401", c.rest("workbooks").code(), "401000")
	c.want("with the same token", c.rest("workbooks").code(), "OK")

	c.s.Inject(Unauthorized(GraphQL))
	c.want("Metadata's 401", c.query(anyQuery).text("path"), "/relationship-service-war/graphql")
	c.want("and then", c.query(anyQuery).texts("data.workbooks.#.id"), "w-mine w-old w-sales")

	c.s.Inject(TooMany(Projects, "7"), TooMany(Projects, ""))
	with, without := c.rest("projects"), c.rest("projects")
	c.want("429", with.code()+" "+with.header.Get("Retry-After"), "429000 7")
	c.want("429", without.code()+" "+without.header.Get("Retry-After"), "429000 ")
	c.s.Inject(TooMany(GraphQL, "3"))
	limited := c.query(anyQuery)
	c.want("429 of the Metadata API", limited.text("error")+" "+limited.header.Get("Retry-After"), "Too Many Requests 3")

	for _, status := range []int{502, 503, 504} {
		c.s.Inject(Gateway(GraphQL, status))
		got := c.query(anyQuery)
		if got.status != status || !strings.HasPrefix(got.body, "<html>") {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	c.s.Inject(EmptyBody(""))
	got := c.query(anyQuery)
	c.want("empty", got.code()+got.body, "OK")
	c.want("over", c.query(anyQuery).texts("data.workbooks.#.id"), "w-mine w-old w-sales")
}

func TestSkipAndTimes(t *testing.T) {
	c := enter(t, Options{})
	f := Unauthorized(Projects)
	f.Skip, f.Times = 1, 2
	c.s.Inject(f)
	var codes []string
	for range 4 {
		codes = append(codes, c.rest("projects").code())
	}
	c.want("the second and third", strings.Join(codes, " "), "OK 401000 401000 OK")

	f.Skip, f.Times = 0, -1
	c.s.Inject(f)
	for range 5 {
		c.want("for ever", c.rest("projects").code(), "401000")
	}
}

func TestCutConnection(t *testing.T) {
	c := enter(t, Options{})
	for _, encoding := range []string{"identity", "gzip"} {
		c.s.Inject(CutOff(Workbooks))
		got, err := c.try("GET", "/api/3.22/sites/"+c.site+"/workbooks", "", "Accept-Encoding", encoding)
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v after %q", encoding, err, got.body)
		}
	}
	c.s.Inject(CutOff(SignOut))
	if _, err := c.try("POST", "/api/3.22/auth/signout", ""); err != nil {
		t.Errorf("an answer without body cannot be cut: %v", err)
	}
}

func TestSlow(t *testing.T) {
	c := enter(t, Options{})
	release := make(chan struct{})
	c.s.Inject(Stall(Workbooks, release))
	done := make(chan string)
	go func() {
		got, err := c.try("GET", "/api/3.22/sites/"+c.site+"/workbooks", "")
		if err != nil {
			done <- err.Error()
			return
		}
		done <- got.code()
	}()
	c.want("others go on", c.rest("projects").code(), "OK")
	close(release)
	c.want("released", <-done, "OK")

	c.s.Inject(Stall(Workbooks, make(chan struct{})))
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/api/3.22/sites/"+c.site+"/workbooks", nil)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Millisecond, cancel)
	res, err := c.http.Do(req)
	if err == nil {
		res.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a client that gives up: %v", err)
	}
	c.s.Inject(Fault{On: Projects, Delay: time.Millisecond})
	c.want("a delay", c.rest("projects").code(), "OK")
}

func TestGzip(t *testing.T) {
	c := enter(t, Options{})
	path := "/api/3.22/sites/" + c.site + "/workbooks"
	zipped := c.get(path, "Accept-Encoding", "gzip")
	zr, err := gzip.NewReader(strings.NewReader(zipped.body))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zr)
	plain := c.get(path, "Accept-Encoding", "identity")
	if err != nil || string(text) != plain.body || plain.header.Get("Content-Encoding") != "" {
		t.Errorf("%v: %s", err, text)
	}
	c.s.Set(func(sw *Switches) { sw.NoGzip = true })
	c.want("switched off", c.get(path, "Accept-Encoding", "gzip").body, plain.body)
}

func TestSelfSigned(t *testing.T) {
	s := New(Options{Snapshots: testdata(t, "site.json")})
	url, certificate := s.ServeTLS(t)
	ask := func(roots *x509.CertPool) error {
		c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
		defer c.CloseIdleConnections()
		res, err := c.Get(url + "/api/2.4/serverinfo")
		if err != nil {
			return err
		}
		return res.Body.Close()
	}
	var unknown x509.UnknownAuthorityError
	if err := ask(nil); !errors.As(err, &unknown) {
		t.Errorf("without the certificate: %v", err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificate)
	if err := ask(roots); err != nil {
		t.Errorf("with it: %v", err)
	}
}

// Everything at once, for the race detector; the counters must add up.
func TestManyAtOnce(t *testing.T) {
	c := enter(t, Options{})
	const each = 10
	paths := []string{"workbooks", "views?includeUsageStatistics=true", "jobs", "tasks/extractRefreshes"}
	var wg sync.WaitGroup
	for _, path := range paths {
		wg.Go(func() {
			for range each {
				c.rest(path)
				c.query("{tables{id name ... on DatabaseTable{downstreamDashboards{id}}} columns{referencedByFields{id}}}")
				c.s.Set(func(sw *Switches) { sw.UnstableOrder = !sw.UnstableOrder })
				c.s.Inject(Fault{On: Unknown})
				c.s.Stats()
			}
		})
	}
	wg.Wait()
	stats := c.s.Stats()
	if stats.Requests[GraphQL] != each*len(paths) || stats.Requests[Workbooks] != each || stats.Requests[SignIn] != 1 {
		t.Errorf("%+v", stats)
	}
	if stats.Total() != 1+2*each*len(paths) || stats.InFlight != 0 || stats.MaxInFlight < 1 || len(stats.Queries) != each*len(paths) {
		t.Errorf("%+v", stats)
	}
	if stats.Bytes == 0 || stats.SignIns != 1 || stats.Sessions != 1 || stats.Nodes != int64(stats.MaxNodes*each*len(paths)) {
		t.Errorf("%+v", stats)
	}
}

func TestBrokenSnapshot(t *testing.T) {
	for _, tc := range []struct{ name, data string }{
		{"not JSON", "{"},
		{"another format", `{"format":"x/1","metadata":{}}`},
		{"no metadata", `{"format":"darkroom-tableau-snapshot/1"}`},
		{"broken gzip", "\x1f\x8bxx"},
	} {
		s := New(Options{Snapshots: [][]byte{[]byte(tc.data)}})
		if s.Err() == nil {
			t.Errorf("%s: no error", tc.name)
		}
		if status, body := ask(s, "GET", "/api/2.4/serverinfo", "", ""); status != 500 || !strings.Contains(body, "snapshot 0: ") {
			t.Errorf("%s: %d %s", tc.name, status, body)
		}
	}
	for _, opt := range []Options{{Release: "new"}, {RESTVersion: "x"}} {
		if New(opt).Err() == nil {
			t.Errorf("%+v: no error", opt)
		}
	}
	if err := New(Options{}).Err(); err != nil {
		t.Errorf("no snapshot at all: %v", err)
	}
}
