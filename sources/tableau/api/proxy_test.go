package api_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

// throughProxy lists projects in a process of its own, since the variables of
// proxies are read once per process, and returns what came of it. The certificate
// of the server is not checked if there is no caFile.
func throughProxy(t *testing.T, server, caFile string, env ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestBehindProxy$")
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(strings.ToUpper(v), "=")
		if !slices.Contains([]string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "REQUEST_METHOD"}, name) {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, append(env, "DARKROOM_TEST_SERVER="+server, "DARKROOM_TEST_CA="+caFile)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// TestBehindProxy is the process of throughProxy.
func TestBehindProxy(t *testing.T) {
	server := os.Getenv("DARKROOM_TEST_SERVER")
	if server == "" {
		t.Skip("only for other tests")
	}
	c := connect(t, server, func(cfg *api.Config) {
		ca := os.Getenv("DARKROOM_TEST_CA")
		cfg.Server = trusttest.Want(t, trust.Want{Server: server, CAFile: ca, InsecureSkipVerify: ca == ""})
	})
	n, err := listProjects(context.Background(), c)
	fmt.Printf("projects: %d, transient: %t, error: %v\n", n, api.Transient(err), err)
}

// proxy is a plain one: CONNECT only, to one server whatever the name is.
type proxy struct {
	to       string // host and port
	user     string // "me:password"; "" lets everyone through
	refusals []int  // what it answers first

	mu    sync.Mutex
	asked []string // for which host and port
	seen  strings.Builder
}

// Write notes what goes through the proxy to the server.
func (p *proxy) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen.Write(b)
}

func (p *proxy) saw(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Contains(p.seen.String(), text)
}

func (p *proxy) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.Host)
	status := http.StatusOK
	if len(p.refusals) > 0 {
		status, p.refusals = p.refusals[0], p.refusals[1:]
	}
	p.mu.Unlock()
	sent := r.Header.Get("Proxy-Authorization")
	if status == http.StatusOK && p.user != "" && sent != "Basic "+base64.StdEncoding.EncodeToString([]byte(p.user)) {
		status = http.StatusProxyAuthRequired
	}
	if status != http.StatusOK || r.Method != http.MethodConnect {
		w.WriteHeader(status)
		return
	}
	there, err := net.Dial("tcp", p.to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer there.Close()
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer here.Close()
	fmt.Fprint(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() { _, _ = io.Copy(there, io.TeeReader(here, p)) }()
	_, _ = io.Copy(here, there)
}

// serveProxy runs one before an encrypted server.
func serveProxy(t *testing.T, p *proxy) (s *tableautest.Server, server, caFile, address string) {
	t.Helper()
	s = newServer(t, tableautest.Options{})
	server, pem := s.ServeTLS(t)
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(caFile, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	p.to = strings.TrimPrefix(server, "https://")
	srv := httptest.NewServer(p)
	t.Cleanup(srv.Close)
	return s, server, caFile, strings.TrimPrefix(srv.URL, "http://")
}

func TestHTTPSProxy(t *testing.T) {
	const ok = "transient: false, error: <nil>"
	for _, test := range []struct {
		name  string
		proxy *proxy
		user  string // in HTTPS_PROXY
		asks  int
		want  []string
	}{
		{"open to all", &proxy{}, "", 1, []string{ok}},
		{"with a password", &proxy{user: "me:p@ss/word"}, "me:p%40ss%2Fword@", 1, []string{ok}},
		{"without its password", &proxy{user: "me:p@ss/word"}, "", 1, []string{
			"transient: false", "the proxy 127.0.0.1:", "refused to connect us: 407 Proxy Authentication Required",
			"the proxy wants a password: HTTPS_PROXY=http://user:password@host:port",
		}},
		{"with another password", &proxy{user: "me:p@ss/word"}, "me:another-password@", 1, []string{
			"transient: false", "refused to connect us: 407", "check user and password in HTTPS_PROXY",
		}},
		{"that forbids", &proxy{refusals: []int{403, 403}}, "", 1, []string{
			"transient: false", "refused to connect us: 403 Forbidden", "allow the server", "NO_PROXY",
		}},
		{"that is busy at first", &proxy{refusals: []int{502, 429, 200}}, "", 3, []string{ok}},
		{"that cannot reach the server", &proxy{refusals: []int{502, 502, 502, 502, 502, 502}}, "", 3, []string{
			"transient: true", "refused to connect us: 502 Bad Gateway", "the proxy cannot reach the server",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, _, caFile, address := serveProxy(t, test.proxy)
			out := throughProxy(t, "https://"+tableautest.TLSName, caFile, "HTTPS_PROXY=http://"+test.user+address)
			for _, want := range test.want {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in %s", want, out)
				}
			}
			if test.proxy.saw(tableautest.DefaultPATSecret) || slices.Contains(test.want, ok) && !test.proxy.saw(tableautest.TLSName) {
				t.Error("the proxy sees what is in the tunnel")
			}
			if strings.Contains(out, "another-pass") {
				t.Errorf("a password is in %s", out)
			}
			asked := slices.Repeat([]string{"CONNECT " + tableautest.TLSName + ":443"}, test.asks)
			if got := test.proxy.requests(); !slices.Equal(got, asked) {
				t.Errorf("the proxy was asked for %q, not %d times", got, test.asks)
			}
			if reached := s.Stats().Requests[tableautest.Projects] == 1; reached != slices.Contains(test.want, ok) {
				t.Errorf("the server was reached: %t; %s", reached, out)
			}
		})
	}
}

// The unspecified address is this computer, and no proxy is ever asked for the
// loopback ones.
func TestNoProxy(t *testing.T) {
	for _, test := range []struct {
		none  string // NO_PROXY
		asked bool
	}{{"", true}, {"example.com", true}, {"example.com,0.0.0.0", false}, {"*", false}} {
		p := &proxy{}
		s, server, _, address := serveProxy(t, p)
		server = strings.Replace(server, "127.0.0.1", "0.0.0.0", 1)
		out := throughProxy(t, server, "", "HTTPS_PROXY=http://"+address, "NO_PROXY="+test.none)
		if s.Stats().Requests[tableautest.Projects] != 1 || test.asked != (len(p.requests()) > 0) {
			t.Errorf("NO_PROXY=%s: asked for %q, %s", test.none, p.requests(), out)
		}
	}
}

// Plain http goes through HTTP_PROXY: the server acts as proxy for a host that
// does not exist.
func TestHTTPProxy(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	out := throughProxy(t, "http://"+tableautest.TLSName, "", "HTTP_PROXY="+s.Serve(t))
	if s.Stats().Requests[tableautest.Projects] != 1 {
		t.Error("the proxy was not used:", out)
	}
	p := &proxy{user: "me:password"}
	_, _, _, address := serveProxy(t, p)
	out = throughProxy(t, "http://"+tableautest.TLSName, "", "HTTP_PROXY=http://"+address)
	if len(p.requests()) != 1 || !strings.Contains(out, "the proxy wants a password") {
		t.Errorf("asked for %q: %s", p.requests(), out)
	}
}
