package api_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

func newServer(t *testing.T, opt tableautest.Options) *tableautest.Server {
	t.Helper()
	if opt.Snapshots == nil {
		opt.Snapshots = [][]byte{bigsite.Snapshot(3, 2, 2, 4)}
	}
	return tableautest.New(opt)
}

var token = api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret}

func connect(t *testing.T, server string, change func(*api.Config)) *api.Client {
	t.Helper()
	cfg := api.Config{Server: trusttest.Server(t, server), Site: "big", Credentials: token, WaitMin: time.Millisecond, WaitMax: 5 * time.Millisecond}
	if change != nil {
		change(&cfg)
	}
	c, err := api.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(context.Background()) })
	return c
}

func listProjects(ctx context.Context, c *api.Client) (int, error) {
	p, err := c.ListPage(ctx, "projects", nil, "projects", "project", 1)
	return len(p.Items), err
}

func TestWaysToSignIn(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	server := s.Serve(t)
	for name, cred := range map[string]api.Credentials{
		"pat":      token,
		"password": {Username: s.Username(), Password: tableautest.DefaultPassword},
		"jwt": {App: api.ConnectedApp{
			ClientID: tableautest.DefaultClientID, SecretID: tableautest.DefaultSecretID,
			Secret: tableautest.DefaultSecret, Username: s.Username(),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := connect(t, server, func(cfg *api.Config) { cfg.Credentials = cred })
			info, err := c.Info(context.Background())
			if err != nil || info.REST != (api.Version{Major: 3, Minor: 22}) || info.Product == "" || info.SiteID == "" || info.UserID == "" {
				t.Fatalf("%+v, %v", info, err)
			}
			if n, err := listProjects(context.Background(), c); err != nil || n == 0 {
				t.Errorf("%d projects, %v", n, err)
			}
			if a, err := c.Query(context.Background(), `{workbooks{id}}`, nil); err != nil || len(a.Data.Get("workbooks").Array()) != 3 {
				t.Errorf("%v, %v", a, err)
			}
			if err := c.Close(context.Background()); err != nil || s.Stats().Sessions != 0 {
				t.Errorf("after closing: %v, %d sessions", err, s.Stats().Sessions)
			}
			if got := fmt.Sprintf("%v %+v %#v", cred, cred, cred); strings.Contains(got, "secret") && strings.Contains(got, "==") {
				t.Error("credentials print themselves:", got)
			}
		})
	}
}

func TestRefusedCredentialsAreNotTriedAgain(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	c := connect(t, s.Serve(t), func(cfg *api.Config) { cfg.Credentials.TokenSecret = "not-the-secret" })
	for range 3 {
		_, err := listProjects(context.Background(), c)
		var e *api.Error
		if !errors.As(err, &e) || e.Code != "401001" || e.Fix == "" || strings.Contains(err.Error(), "not-the-secret") {
			t.Fatal(err)
		}
	}
	if n := s.Stats().Requests[tableautest.SignIn]; n != 1 {
		t.Errorf("%d sign-ins: the account may be locked", n)
	}
}

func TestServersOfOtherVersions(t *testing.T) {
	for _, test := range []struct {
		name   string
		rest   string
		sw     tableautest.Switches
		fault  tableautest.Fault
		broken string // part of the error
	}{
		{name: "cloud", rest: "3.28"},
		{name: "version only after sign-in", rest: "3.22", sw: tableautest.Switches{ServerInfoNeedsAuth: true}},
		{name: "a stray 401", rest: "3.28", fault: tableautest.Fault{On: tableautest.ServerInfo, Code: "401000", Times: 3}},
		{name: "a version that is never reported", rest: "3.28", fault: tableautest.Fault{On: tableautest.ServerInfo, Code: "401000", Times: -1}, broken: "ask for the version"},
		{
			name: "trouble after sign-in", rest: "3.28", sw: tableautest.Switches{ServerInfoNeedsAuth: true},
			fault: tableautest.Fault{On: tableautest.ServerInfo, Status: 503, Skip: 1, Times: -1}, broken: "ask for the version",
		},
		{name: "no Metadata API", rest: "3.4", broken: "too old"},
		{name: "ancient", rest: "3.22", sw: tableautest.Switches{ServerInfoError: "404003"}, broken: "older than"},
		{name: "ancient, another", rest: "3.22", sw: tableautest.Switches{ServerInfoError: "404001"}, broken: "older than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, tableautest.Options{RESTVersion: test.rest, Switches: test.sw})
			if test.fault.On != "" {
				s.Inject(test.fault)
			}
			c := connect(t, s.Serve(t), nil)
			info, err := c.Info(context.Background())
			if test.broken != "" {
				if err == nil || !strings.Contains(err.Error(), test.broken) {
					t.Fatal(err)
				}
				return
			}
			if err != nil || info.REST.String() != test.rest {
				t.Errorf("%+v, %v", info, err)
			}
		})
	}
}

func TestRedirectOfSignIn(t *testing.T) {
	pod := newServer(t, tableautest.Options{})
	podURL := pod.Serve(t)
	stranger := strings.Replace(podURL, "127.0.0.1", "localhost", 1)
	for _, test := range []struct {
		name, to string
		allow    []string
		ok       bool
	}{
		{"the same host at another port", podURL, nil, false},
		{"confirmed at that port", podURL, []string{strings.TrimPrefix(podURL, "http://")}, true},
		{"confirmed at its usual port only", podURL, []string{"127.0.0.1"}, false},
		{"another host", stranger, nil, false},
		{"another host, confirmed", stranger, []string{strings.TrimPrefix(stranger, "http://")}, true},
		{"no encryption", "http://pod.tableau.example", nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := pod.Stats().Requests[tableautest.SignIn]
			front := newServer(t, tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: test.to}})
			c := connect(t, front.Serve(t), func(cfg *api.Config) {
				cfg.Server = trusttest.Want(t, trust.Want{Server: cfg.Server.Address(), RedirectHosts: test.allow})
			})
			info, err := c.Info(context.Background())
			if test.ok != (err == nil) {
				t.Fatal(err)
			}
			if test.ok && info.Server != test.to {
				t.Errorf("ended up at %s", info.Server)
			}
			if !test.ok && pod.Stats().Requests[tableautest.SignIn] != before {
				t.Error("the secret was sent")
			}
		})
	}
}

func TestOneSessionForAll(t *testing.T) {
	s := newServer(t, tableautest.Options{Switches: tableautest.Switches{SessionCalls: 40}})
	c := connect(t, s.Serve(t), nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if _, err := listProjects(context.Background(), c); err != nil {
					t.Error(err)
					return
				}
				if _, err := c.Query(context.Background(), `{workbooks{id}}`, nil); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	// 320 calls at 40 a session; a call that meets the end of a session is repeated.
	if n := s.Stats().SignIns; n < 8 || n > 12 {
		t.Errorf("%d sign-ins", n)
	}
}

// A slow call may miss several sessions in a row while quicker ones renew them.
func TestSlowCallMissesSessions(t *testing.T) {
	s := newServer(t, tableautest.Options{Switches: tableautest.Switches{SessionCalls: 1}})
	var c *api.Client
	missed := 0
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/projects") && missed < 6 {
			missed++
			for range 2 { // the first ends the session at the latest, the second renews it
				if _, err := c.Query(r.Context(), `{workbooks{id}}`, nil); err != nil {
					t.Error(err)
				}
			}
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	c = connect(t, front.URL, nil)
	if _, err := listProjects(context.Background(), c); err != nil || missed != 6 {
		t.Errorf("missed %d sessions: %v", missed, err)
	}
}

func TestSessionThatNeverHolds(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	c := connect(t, s.Serve(t), func(cfg *api.Config) { cfg.Renewals = 3 })
	s.Inject(tableautest.Fault{On: tableautest.Projects, Code: "401000", Times: -1})
	var err error
	for range 3 {
		_, err = listProjects(context.Background(), c)
	}
	if err == nil || !strings.Contains(err.Error(), "one session") || s.Stats().SignIns > 4 {
		t.Errorf("%v after %d sign-ins", err, s.Stats().SignIns)
	}
}

func TestPassingTrouble(t *testing.T) {
	for name, make := range map[string]func(tableautest.Kind) tableautest.Fault{
		"401":               tableautest.Unauthorized,
		"429":               func(k tableautest.Kind) tableautest.Fault { return tableautest.TooMany(k, "") },
		"429 with a wait":   func(k tableautest.Kind) tableautest.Fault { return tableautest.TooMany(k, "0") },
		"502":               func(k tableautest.Kind) tableautest.Fault { return tableautest.Gateway(k, 502) },
		"503":               func(k tableautest.Kind) tableautest.Fault { return tableautest.Gateway(k, 503) },
		"504":               func(k tableautest.Kind) tableautest.Fault { return tableautest.Gateway(k, 504) },
		"a page for JSON":   func(k tableautest.Kind) tableautest.Fault { return tableautest.Gateway(k, 200) },
		"nothing":           tableautest.EmptyBody,
		"half of an answer": tableautest.CutOff,
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, tableautest.Options{})
			c := connect(t, s.Serve(t), nil)
			kinds := []tableautest.Kind{tableautest.ServerInfo, tableautest.SignIn, tableautest.Projects, tableautest.GraphQL}
			for _, kind := range kinds {
				if name == "401" && (kind == tableautest.SignIn || kind == tableautest.ServerInfo) {
					continue // means something else there
				}
				s.Inject(make(kind))
			}
			if n, err := listProjects(context.Background(), c); err != nil || n == 0 {
				t.Errorf("%d projects, %v", n, err)
			}
			if a, err := c.Query(context.Background(), `{workbooks{id}}`, nil); err != nil || len(a.Data.Get("workbooks").Array()) != 3 {
				t.Errorf("%v, %v", a, err)
			}
		})
	}
}

func TestTroubleThatStays(t *testing.T) {
	for _, test := range []struct {
		fault tableautest.Fault
		say   string
	}{
		{tableautest.Gateway(tableautest.Projects, 503), "a web page: Service Unavailable (status 503)"},
		{tableautest.EmptyBody(tableautest.Projects), "the answer is empty"},
		{tableautest.TooMany(tableautest.Projects, ""), "429000"},
		{tableautest.TooMany(tableautest.Projects, "86400"), "429000"}, // a day is too long to wait
		{tableautest.CutOff(tableautest.Projects), "reading the answer"},
	} {
		s := newServer(t, tableautest.Options{})
		c := connect(t, s.Serve(t), nil)
		test.fault.Times = -1
		s.Inject(test.fault)
		_, err := listProjects(context.Background(), c)
		if err == nil || !strings.Contains(err.Error(), test.say) || !api.Transient(err) {
			t.Errorf("%+v: %v", test.fault, err)
		}
	}
}

func TestCancelEndsAWait(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	c := connect(t, s.Serve(t), nil)
	if err := c.Connect(context.Background()); err != nil {
		t.Fatal(err)
	}
	never := make(chan struct{})
	defer close(never)
	s.Inject(tableautest.Stall(tableautest.Projects, never))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := listProjects(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestCertificates(t *testing.T) {
	server, pem := newServer(t, tableautest.Options{}).ServeTLS(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	err := connect(t, server, nil).Connect(context.Background())
	if err == nil || !strings.Contains(err.Error(), "ca_file") {
		t.Errorf("unknown authority: %v", err)
	}
	if err := connect(t, server, func(cfg *api.Config) { cfg.Server = trusttest.Want(t, trust.Want{Server: server, CAFile: file}) }).Connect(context.Background()); err != nil {
		t.Errorf("with its certificate: %v", err)
	}
	c := connect(t, server, func(cfg *api.Config) {
		cfg.Server = trusttest.Want(t, trust.Want{Server: server, InsecureSkipVerify: true})
	})
	if err := c.Connect(context.Background()); err != nil || len(c.Warnings()) != 1 {
		t.Errorf("unchecked: %v, %q", err, c.Warnings())
	}
	if err := connect(t, "https://"+strings.TrimPrefix(newServer(t, tableautest.Options{}).Serve(t), "http://"), nil).
		Connect(context.Background()); err == nil || !strings.Contains(err.Error(), "TLS") {
		t.Errorf("https where there is none: %v", err)
	}
}

func TestListShapes(t *testing.T) {
	for _, shape := range []tableautest.ListShape{tableautest.WrappedLists, tableautest.SingleObjects, tableautest.BareLists} {
		for _, plain := range []bool{false, true} {
			s := newServer(t, tableautest.Options{
				Snapshots: [][]byte{bigsite.Snapshot(1, 1, 1, 1)},
				Switches:  tableautest.Switches{Lists: shape, NoGzip: plain, BooleansAsText: plain},
			})
			c := connect(t, s.Serve(t), nil)
			p, err := c.ListPage(context.Background(), "workbooks", nil, "workbooks", "workbook", 1)
			if err != nil || len(p.Items) != 1 || p.Total != 1 || p.Items[0].Get("id").String() == "" {
				t.Errorf("shape %d: %+v, %v", shape, p, err)
			}
			p, err = c.ListPage(context.Background(), "workbooks", url.Values{"filter": {"name:eq:none"}}, "workbooks", "workbook", 1)
			if err != nil || len(p.Items) != 0 || p.Total != 0 {
				t.Errorf("shape %d, empty: %+v, %v", shape, p, err)
			}
		}
	}
}

func TestPageBehindTheLast(t *testing.T) {
	c := connect(t, newServer(t, tableautest.Options{}).Serve(t), nil)
	p, err := c.ListPage(context.Background(), "projects", nil, "projects", "project", 2)
	if err != nil || len(p.Items) != 0 || p.Total != -1 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestMetadataOff(t *testing.T) {
	s := newServer(t, tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataNotFound}})
	_, err := connect(t, s.Serve(t), nil).Query(context.Background(), "{workbooks{id}}", nil)
	if err == nil || !strings.Contains(err.Error(), "tsm") {
		t.Error(err)
	}
	s.Set(func(sw *tableautest.Switches) { sw.Metadata = tableautest.MetadataForbidden })
	a, err := connect(t, s.Serve(t), nil).Query(context.Background(), "{workbooks{id}}", nil)
	if err != nil || !a.Has("FEATURE_DISABLED") {
		t.Errorf("%+v, %v", a, err)
	}
}

// A proxy or a careless server may echo what it was sent.
func TestSecretsAreNotEchoed(t *testing.T) {
	secret := `s3cr"et/=&é`
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "serverinfo") {
			fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.22"}}`)
			return
		}
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "you sent %s and %s, \x1b[31m%s", body, url.QueryEscape(secret), secret)
	}))
	defer srv.Close()
	err := connect(t, srv.URL, func(cfg *api.Config) { cfg.Credentials.TokenSecret = secret }).Connect(context.Background())
	if err == nil || strings.Contains(err.Error(), "s3cr") || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%q", err)
	}
}

// Ids and versions from a server come back in paths and lines.
func TestTokensInNamesOfTheServer(t *testing.T) {
	const token = "token|of-this-session"
	for _, status := range []int{http.StatusNotFound, http.StatusOK} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "serverinfo") && r.Header.Get("X-Tableau-Auth") == "":
				w.WriteHeader(http.StatusUnauthorized)
			case strings.HasSuffix(r.URL.Path, "serverinfo"):
				fmt.Fprintf(w, `{"serverInfo":{"productVersion":{"value":"1 for %s"},"restApiVersion":"3.22"}}`, token)
			case strings.HasSuffix(r.URL.Path, "signin"):
				fmt.Fprintf(w, `{"credentials":{"token":%q,"site":{"id":"s"},"user":{"id":"u"}}}`, token)
			default:
				w.WriteHeader(status)
			}
		}))
		c := connect(t, srv.URL, nil)
		info, err := c.Info(context.Background())
		if err != nil || info.Product != "1 for (hidden)" {
			t.Errorf("%+v, %v", info, err)
		}
		_, err = c.Resource(context.Background(), "collections/"+url.PathEscape(token), nil)
		if err == nil || strings.Contains(err.Error(), "of-this") || !strings.Contains(err.Error(), "cannot read collections/(hidden)") {
			t.Errorf("status %d: %v", status, err)
		}
		srv.Close()
	}
}
