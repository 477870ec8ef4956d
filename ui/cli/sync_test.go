package cli

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/examples"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
	"darkroom/ui/cli/app"
)

// listener is a fake server behind a recorder of session tokens and of the JWTs
// that brought them.
type listener struct {
	*tableautest.Server
	url    string
	before func(*http.Request) // each request is answered, nil for nothing

	mu     sync.Mutex
	tokens map[string]bool
}

func (l *listener) note(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if token != "" {
		l.tokens[token] = true
	}
}

// noteJWT reads the body of a sign-in and puts it back.
func (l *listener) noteJWT(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	l.note(gjson.GetBytes(body, "credentials.jwt").String())
}

func listen(t *testing.T, opt tableautest.Options) *listener {
	t.Helper()
	l := &listener{Server: tableautest.New(opt), tokens: map[string]bool{}}
	if err := l.Err(); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.note(r.Header.Get("X-Tableau-Auth"))
		if strings.HasSuffix(r.URL.Path, "/auth/signin") {
			l.noteJWT(r)
		}
		if l.before != nil {
			l.before(r)
		}
		l.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})
	l.url = srv.URL
	return l
}

func exampleSite(t *testing.T, name string) []byte {
	t.Helper()
	data, err := examples.FS.ReadFile("roastery/tableau/" + name + ".json.gz")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// syncProject is a folder with a darkroom.yml of sites, "name server site".
func syncProject(t *testing.T, sites ...string) string {
	t.Helper()
	dir := t.TempDir()
	yml := "sites:\n"
	for _, s := range sites {
		part := strings.Fields(s + " ''")
		yml += fmt.Sprintf("  - {name: %s, server: %q, site: %s}\n", part[0], part[1], part[2])
	}
	if err := os.WriteFile(filepath.Join(dir, "darkroom.yml"), []byte(yml), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "TABLEAU_") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("TABLEAU_TOKEN_NAME", tableautest.DefaultPATName)
	t.Setenv("TABLEAU_TOKEN_SECRET", tableautest.DefaultPATSecret)
	trustConfig(t, dir)
	return dir
}

// trustConfig confirms the servers of a project's darkroom.yml as they are there, in a
// home of the test's own.
func trustConfig(t *testing.T, dir string) {
	t.Helper()
	conf, err := config.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var servers []trust.Want
	for _, s := range syncjob.WithServer(conf.Sites) {
		w := trust.Want{Server: s.Server, InsecureSkipVerify: s.InsecureSkipVerify, RedirectHosts: s.RedirectHosts}
		if s.CAFile != "" {
			w.CAFile = conf.Path(s.CAFile)
		}
		servers = append(servers, w)
	}
	trusttest.Home(t, servers...)
}

func runSync(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	if code := Main(append([]string{"sync"}, args...), strings.NewReader(""), &o, &e); code != want {
		t.Fatalf("sync %v ends with %d, want %d\n%s%s", args, code, want, o.String(), e.String())
	}
	return o.String(), e.String()
}

func wantParts(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in:\n%s", p, text)
		}
	}
}

const cloudURL = "roastery" // the content URL of that example

func TestSyncCommand(t *testing.T) {
	cloud := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t, "cloud "+cloud.url+" "+cloudURL)
	out, errs := runSync(t, 0, dir)
	wantParts(t, out, "cloud: 40 workbooks, 124 dashboards", ".darkroom/snapshots/cloud.json.gz")
	wantParts(t, errs, "signed in to "+cloud.url, "dashboards 124", "hides its name")
	if strings.ContainsAny(out+errs, "\x1b\r") {
		t.Error("escape codes in what is piped")
	}
	out, _ = runSync(t, 0, dir, "CLOUD")
	wantParts(t, out, "the same dashboards as last time")

	cloud.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = true })
	_, errs = runSync(t, 1, dir)
	wantParts(t, errs, "incomplete: Tableau has not finished indexing", "the old snapshot was kept", "--accept-smaller cloud")
	out, _ = runSync(t, 1, "--accept-smaller", dir)
	wantParts(t, out, "cloud: 40 workbooks")
	cloud.Set(func(sw *tableautest.Switches) { sw.BackfillRunning = false })
	out, _ = runSync(t, 0, "--diff", dir)
	wantParts(t, out, "nothing changed")

	for args, say := range map[string]string{
		"nosuch": "there are: cloud",
		"--demo": "no Tableau server",
		"--foo":  "--help",
	} {
		_, errs := runSync(t, 2, dir, args)
		wantParts(t, errs, say)
	}
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	_, errs = runSync(t, 2, dir)
	wantParts(t, errs, "TABLEAU_TOKEN_SECRET_CLOUD")
}

// Two sites of one server with one token must not run at the same time: the token
// has one session.
func TestSyncSharesAToken(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(5, 2, 1, 3), exampleSite(t, "cloud")}})
	dir := syncProject(t, "big "+s.url+" big", "cloud "+s.url+" "+cloudURL)
	out, errs := runSync(t, 0, dir)
	wantParts(t, out, "big: 5 workbooks, 10 dashboards", "cloud: 40 workbooks")
	wantParts(t, errs, "big: dashboards 10", "cloud: dashboards 124")
	if n := s.Stats().SignIns; n != 2 {
		t.Errorf("%d sign-ins: the sites fought for the session", n)
	}
}

func TestSyncDiffOfFiles(t *testing.T) {
	dir := t.TempDir()
	old, now := filepath.Join(dir, "old.json"), filepath.Join(dir, "new.json")
	for file, data := range map[string][]byte{old: bigsite.Snapshot(3, 1, 1, 3), now: bigsite.Snapshot(4, 1, 1, 4)} {
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, _ := runSync(t, 0, "--diff", old, now)
	wantParts(t, out, "+ dashboard Dashboard", "+ table warehouse.[marts].[table_3]", "workbooks: 4, was 3")
}

// ctrl-c ends a sync at once; what was fetched stays for the next.
func TestSyncStopped(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t, "cloud "+s.url+" "+cloudURL)
	never := make(chan struct{})
	defer close(never)
	stall := tableautest.Stall(tableautest.GraphQL, never)
	stall.Times = -1
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	stop := watch{when: "workbooks 40", then: func() {
		s.Inject(stall)
		_ = self.Signal(os.Interrupt)
	}}
	if code := Main([]string{"sync", dir}, strings.NewReader(""), io.Discard, &stop); code != app.ExitStopped {
		t.Errorf("exit code %d", code)
	}
	wantParts(t, stop.text.String(), "what was fetched is kept", "stopped")
	pages := filepath.Join(dir, ".darkroom", "snapshots", "cloud.json.gz.partial")
	if _, err := os.Stat(pages); err != nil {
		t.Error(err)
	}
}

// watch is a writer that acts when a text passes.
type watch struct {
	text bytes.Buffer
	when string
	then func()
}

func (w *watch) Write(p []byte) (int, error) {
	n, err := w.text.Write(p)
	if w.then != nil && strings.Contains(w.text.String(), w.when) {
		w.then()
		w.then = nil
	}
	return n, err
}

// Whatever happens, neither secret nor session token is in anything that is
// printed or written.
func TestSyncShowsNoSecret(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}, RESTVersion: "3.28"})
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "serverinfo") {
			fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.22"}}`)
			return
		}
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "%s %v", body, r.Header)
	}))
	defer echo.Close()
	dir := syncProject(t, "cloud "+s.url+" "+cloudURL, "echo "+echo.URL+" x")
	var all strings.Builder
	collect := func(want int, args ...string) {
		out, errs := runSync(t, want, args...)
		all.WriteString(out + errs)
	}
	collect(3, dir)
	collect(0, dir, "cloud")
	collect(0, "--download", dir, "cloud")
	s.Set(func(sw *tableautest.Switches) { sw.SessionCalls, sw.NodeLimit = 90, 10 })
	collect(1, "--accept-smaller", dir, "cloud")
	s.Set(func(sw *tableautest.Switches) { sw.SessionCalls, sw.NodeLimit = 0, 0 })
	never := tableautest.Gateway(tableautest.Projects, 401)
	never.Times = -1
	s.Inject(never)
	collect(1, dir, "cloud")
	t.Setenv("TABLEAU_TOKEN_SECRET", "wrong-but-secret")
	collect(3, dir)
	all.WriteString(everyFile(t, dir))
	if all.Len() < 100_000 {
		t.Fatalf("only %d bytes", all.Len())
	}
	s.wantNoSecret(t, all.String(), "wrong-but-secret")
}

// everyFile is the text of all files in a folder.
func everyFile(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	for _, text := range disktest.Files(t, dir) {
		all.Write(plain([]byte(text)))
	}
	return all.String()
}

// wantNoSecret looks for the token's secret, every session token that came by, and
// more.
func (l *listener) wantNoSecret(t *testing.T, text string, more ...string) {
	t.Helper()
	hidden := append(more, tableautest.DefaultPATSecret)
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.tokens) == 0 {
		t.Fatal("there was no session")
	}
	for token := range l.tokens {
		hidden = append(hidden, token)
	}
	for _, h := range hidden {
		if i := strings.Index(text, h); i >= 0 {
			t.Errorf("a secret is shown: …%.80q", text[max(0, i-40):])
		}
	}
}

// plain unpacks gzip.
func plain(data []byte) []byte {
	if zr, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if text, err := io.ReadAll(zr); err == nil {
			return text
		}
	}
	return data
}
