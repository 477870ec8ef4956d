package cli

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"darkroom/sources/project/config"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
	"darkroom/ui/cli/app"
	"darkroom/ui/explorer/syncing"
)

// ear is a listener that should receive nothing.
type ear struct {
	net.Listener
	came chan net.Conn
}

func listenSilently(t *testing.T) *ear {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	e := &ear{l, make(chan net.Conn, 1000)}
	go func() {
		defer close(e.came)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			e.came <- c
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close() })
	return e
}

func (e *ear) host() string { return e.Addr().String() }

// wantSilence looks whether anyone connected. The test connects itself: whoever came
// before has been accepted before.
func (e *ear) wantSilence(t *testing.T) {
	t.Helper()
	last, err := net.Dial("tcp", e.host())
	if err != nil {
		t.Fatal(err)
	}
	defer last.Close()
	for c := range e.came {
		if c.RemoteAddr().String() == last.LocalAddr().String() {
			return
		}
		t.Error("something was sent to a server that is not confirmed")
	}
}

// threat is a row of the table in .github/SECURITY.md. prepare gives the sites of a
// darkroom.yml that came with a repository, says what was confirmed, and what the error
// of a sync says.
type threat func(t *testing.T, root, host string) (sites, says string)

func site(server, more string) string {
	return fmt.Sprintf("  - {name: prod, server: %q, site: acme%s}\n", server, more)
}

func someCA(serial string) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte(serial)})
}

func threats() map[string]threat {
	return map[string]threat{
		"another server": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "https://tableau.example.com"})
			return site("https://"+host, ""), "have not confirmed"
		},
		"another port": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "https://127.0.0.1"}, trust.Want{Server: "http://127.0.0.1"})
			return site("http://"+host, ""), "have not confirmed"
		},
		"without encryption": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "https://" + host})
			return site("http://"+host, ""), "have not confirmed"
		},
		"without checking certificates": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "https://" + host})
			return site("https://"+host, ", insecure_skip_verify: true"), "--insecure-skip-verify"
		},
		"with other certificates": func(t *testing.T, root, host string) (string, string) {
			ca := filepath.Join(root, "company.pem")
			put(t, ca, someCA("one"))
			trusttest.Home(t, trust.Want{Server: "https://" + host, CAFile: ca})
			put(t, ca, someCA("two"))
			return site("https://"+host, ", ca_file: company.pem"), "--ca-file"
		},
		"with more redirects": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "https://" + host, RedirectHosts: []string{"pod.example"}})
			return site("https://"+host, ", redirect_hosts: [pod.example, evil.example]"), "--redirect-host evil.example"
		},
		"a redirect": func(t *testing.T, _, host string) (string, string) {
			front := tableautest.New(tableautest.Options{
				Snapshots: [][]byte{bigsite.Snapshot(1, 1, 1, 1)}, Switches: tableautest.Switches{RedirectSignIn: "http://" + host},
			}).Serve(t)
			trusttest.Home(t, trust.Want{Server: front})
			return site(front, ""), "have not confirmed"
		},
		"a token of another server": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "http://" + host})
			t.Setenv("TABLEAU_SERVER", "https://tableau.example.com")
			return site("http://"+host, ""), "those of the environment are for https://tableau.example.com"
		},
		"TABLEAU_SERVER names another": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t)
			t.Setenv("TABLEAU_SERVER", "https://tableau.example.com")
			return site("http://"+host, ""), "TABLEAU_SERVER is https://tableau.example.com"
		},
		"TABLEAU_SERVER without these terms": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t)
			t.Setenv("TABLEAU_SERVER", "https://"+host)
			return site("https://"+host, ", insecure_skip_verify: true"), "--insecure-skip-verify"
		},
		"a keyring entry for https": func(t *testing.T, _, host string) (string, string) {
			withKeyring(t)
			of := secrets.Site{Name: "prod", Server: trusttest.Server(t, "https://"+host), ContentURL: "acme"}
			if err := (secrets.Finder{Keyring: secrets.OS{}}).Keep(of, api.Credentials{TokenName: "n", TokenSecret: "s"}); err != nil {
				t.Fatal(err)
			}
			trusttest.Home(t, trust.Want{Server: "http://" + host})
			t.Setenv("TABLEAU_TOKEN_SECRET", "")
			return site("http://"+host, ""), "no secrets for site"
		},
		"a trust.yml of the repository": func(t *testing.T, root, host string) (string, string) {
			trusttest.Home(t)
			for _, name := range []string{"trust.yml", ".darkroom/trust.yml", "darkroom/trust.yml"} {
				put(t, filepath.Join(root, filepath.FromSlash(name)), []byte("servers:\n  - server: http://"+host+"\n"))
			}
			return site("http://"+host, ""), "have not confirmed"
		},
		"a trust.yml that others may write": func(t *testing.T, _, host string) (string, string) {
			trusttest.Home(t, trust.Want{Server: "http://" + host})
			file := filepath.Join(os.Getenv("XDG_STATE_HOME"), "darkroom", trust.FileName)
			if err := os.Chmod(file, 0o666); err != nil {
				t.Fatal(err)
			}
			return site("http://"+host, ""), "others may write"
		},
	}
}

func put(t *testing.T, file string, data []byte) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Each row of the table of threats: no command that signs in sends anything to a server
// that is not confirmed, and sync says why.
func TestThreats(t *testing.T) {
	for name, prepare := range threats() {
		t.Run(name, func(t *testing.T) {
			e := listenSilently(t)
			dir := syncProject(t)
			sites, says := prepare(t, dir, e.host())
			put(t, filepath.Join(dir, config.Name), []byte("sites:\n"+sites))
			for _, args := range [][]string{{"sync", dir}, {"sync", "--diff", dir}, {"sync", "--download", dir}} {
				if _, errs := runAny(t, args...); !strings.Contains(errs, says) {
					t.Errorf("%v does not say %q:\n%s", args, says, errs)
				}
			}
			if strings.Contains(says, "confirmed") || strings.Contains(says, "--") {
				out, _ := runAny(t, "doctor", dir)
				wantParts(t, out, "fail", says)
			}
			e.wantSilence(t)
		})
	}
}

// runAny is what a command prints, whatever its exit code; it has to fail.
func runAny(t *testing.T, args ...string) (out, errs string) {
	t.Helper()
	var o, e strings.Builder
	if code := Main(args, strings.NewReader(""), &o, &e); code == app.ExitOK {
		t.Errorf("%v ends well:\n%s%s", args, o.String(), e.String())
	}
	return o.String(), e.String()
}

// The explorer's sync passes the same gate. An answer counts for what was asked: if
// darkroom.yml has changed since, the next sync asks again.
func TestExplorerSendsNothingUnconfirmed(t *testing.T) {
	e := listenSilently(t)
	b := syncedProject(t, "http://"+e.host())
	trusttest.Home(t)
	ask := func(trusted ...syncing.Trust) *syncing.TrustNeeded {
		t.Helper()
		var need *syncing.TrustNeeded
		if err := b.Sync(t.Context(), syncing.Options{Trust: trusted}, nil); !errors.As(err, &need) {
			t.Fatalf("%v", err)
		}
		return need
	}
	need := ask()
	if need.Site != "cloud" || need.Server != "http://"+e.host() {
		t.Errorf("%+v", need)
	}
	r := syncBackend(t, b, syncing.Options{Trust: []syncing.Trust{{About: need.About}}})
	if err := r["cloud"].Err; err == nil || !strings.Contains(err.Error(), "darkroom trust http://"+e.host()) {
		t.Errorf("%+v", r)
	}
	other := listenSilently(t)
	file := filepath.Join(b.Workspace().Root, config.Name)
	put(t, file, bytes.ReplaceAll(readFile(t, file), []byte(e.host()), []byte(other.host())))
	ask(syncing.Trust{About: need.About, Yes: true})
	e.wantSilence(t)
	other.wantSilence(t)
}

// The answer yes is remembered, for the commands as well.
func TestExplorerConfirms(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	b := syncedProject(t, s.url)
	trusttest.Home(t)
	var need *syncing.TrustNeeded
	if err := b.Sync(t.Context(), syncing.Options{}, nil); !errors.As(err, &need) {
		t.Fatal(err)
	}
	if r := syncBackend(t, b, syncing.Options{Trust: []syncing.Trust{{About: need.About, Yes: true}}}); r["cloud"].Err != nil {
		t.Fatal(r["cloud"].Err)
	}
	if r := syncBackend(t, b, syncing.Options{}); r["cloud"].Err != nil {
		t.Error(r["cloud"].Err)
	}
	wantParts(t, string(run(t, 0, "trust")), s.url)
}

// init takes the address that was given to it as your word, but not for http to another
// computer. (The unspecified address is this computer, and not one of its loopback ones.)
func TestInitSendsNothingInPlain(t *testing.T) {
	e := listenSilently(t)
	syncProject(t)
	_, port, _ := strings.Cut(e.host(), ":")
	_, errs := runInit(t, app.ExitUsage, "--url", "http://0.0.0.0:"+port+"/#/site/acme/home", t.TempDir())
	wantParts(t, errs, "http is not encrypted", "darkroom trust http://0.0.0.0:"+port)
	e.wantSilence(t)
}

// Every threat that the document lists has its test, and every test of a threat its row.
func TestThreatsAreDocumented(t *testing.T) {
	doc := string(readFile(t, filepath.FromSlash("../../.github/SECURITY.md")))
	var documented []string
	for _, m := range regexp.MustCompile("`TestThreats/([^`]+)`").FindAllStringSubmatch(doc, -1) {
		documented = append(documented, m[1])
	}
	var want []string
	for name := range threats() {
		want = append(want, strings.ReplaceAll(name, " ", "_")) // as go test names it
	}
	slices.Sort(documented)
	if slices.Sort(want); !slices.Equal(documented, want) {
		t.Errorf("%q\n%q", documented, want)
	}
	for _, m := range regexp.MustCompile("`(Test[A-Za-z]+)`[^`]*`([a-z/]+)`").FindAllStringSubmatch(doc, -1) {
		files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(m[2]), "*_test.go"))
		if err != nil || !slices.ContainsFunc(files, func(file string) bool {
			return strings.Contains(string(readFile(t, file)), "func "+m[1]+"(t *testing.T)")
		}) {
			t.Errorf("%s is not in %s", m[1], m[2])
		}
	}
}

// What lets a server receive secrets without a terminal: the variable beside the token,
// or the command, whose list shows it until it is taken back.
func TestTrust(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir := syncProject(t, "cloud "+s.url+" "+cloudURL)
	trusttest.Home(t)
	_, errs := runSync(t, app.ExitUsage, dir)
	wantParts(t, errs, "cloud: your secrets are not sent to "+s.url, "run darkroom trust "+s.url, "set TABLEAU_SERVER="+s.url, "TABLEAU_SERVER_CLOUD")
	for _, name := range []string{"TABLEAU_SERVER", "TABLEAU_SERVER_CLOUD"} {
		t.Setenv(name, s.url+"/")
		runSync(t, 0, dir)
		runDoctor(t, 0, dir)
		t.Setenv(name, "")
	}
	runSync(t, app.ExitUsage, dir)

	trustOut := func(want int, args ...string) string {
		return string(run(t, want, append([]string{"trust"}, args...)...))
	}
	wantParts(t, trustOut(0), "No server may receive")
	wantParts(t, trustOut(0, s.url+"/#/site/"+cloudURL+"/home"), s.url+" may receive your secrets")
	wantParts(t, trustOut(0), "SERVER", s.url)
	wantParts(t, trustOut(0, "--output", "json"), `"server": "`+s.url+`"`, `"terms": []`)
	runSync(t, 0, dir)
	runDoctor(t, 0, dir)
	wantParts(t, trustOut(0, "--forget", s.url), "any more")
	trustOut(app.ExitUsage, "--forget", s.url)
	runSync(t, app.ExitUsage, dir)

	ca := filepath.Join(t.TempDir(), "ca.pem")
	put(t, ca, someCA("one"))
	out := trustOut(0, "tableau.example.com", "--ca-file", ca, "--redirect-host", "pod.example")
	wantParts(t, out, "https://tableau.example.com may receive", "ca_file", "pod.example")
	wantParts(t, trustOut(0, "http://tableau.example.com", "--insecure-skip-verify"), "http is not encrypted", "not checked")
	wantParts(t, trustOut(0), "insecure_skip_verify, http", "ca_file, redirect_hosts: pod.example")
	for _, args := range [][]string{{"--forget"}, {"--insecure-skip-verify"}, {"a.example", "b.example"}, {"a.example", "--ca-file", ca + "x"}, {"a.example", "--redirect-host", "a/b"}, {"--forget", "a.example", "--ca-file", ca}, {"--output", "xml"}} {
		trustOut(app.ExitUsage, args...)
	}
}

// withKeyring gives the test a keyring of the operating system, an empty one.
func withKeyring(t *testing.T) {
	t.Helper()
	keyring.MockInit()
	t.Cleanup(func() { keyring.MockInitWithError(errNoKeyring) })
}
