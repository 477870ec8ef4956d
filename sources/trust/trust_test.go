package trust_test

import (
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"darkroom/sources/disk"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

func certificate(t *testing.T) []byte {
	t.Helper()
	_, pem := tableautest.New(tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(1, 1, 1, 1)}}).ServeTLS(t)
	return pem
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func read(t *testing.T, w trust.Want) trust.Server {
	t.Helper()
	s, err := trust.Read(w)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A word covers the server it was given for, under the terms it was given for or
// stricter ones.
func TestCovers(t *testing.T) {
	one, two := certificate(t), certificate(t)
	oneFile, twoFile := write(t, "one.pem", one), write(t, "two.pem", two)
	both := write(t, "both.pem", append(append([]byte{}, two...), one...))
	again := write(t, "again.pem", append(append([]byte("# a comment\r\n"), []byte(strings.ReplaceAll(string(one), "\n", "\r\n"))...), two...))
	const server = "https://t.example.com"
	for _, c := range []struct {
		name            string
		confirmed, want trust.Want
		covers          bool
	}{
		{"the same", trust.Want{Server: server}, trust.Want{Server: "T.example.com:443"}, true},
		{"another host", trust.Want{Server: server}, trust.Want{Server: "https://t.example.com.evil.example"}, false},
		{"another port", trust.Want{Server: server}, trust.Want{Server: server + ":8443"}, false},
		{"http", trust.Want{Server: server}, trust.Want{Server: "http://t.example.com"}, false},
		{"https after http", trust.Want{Server: "http://t.example.com"}, trust.Want{Server: server}, false},
		{"unchecked", trust.Want{Server: server}, trust.Want{Server: server, InsecureSkipVerify: true}, false},
		{"checked again", trust.Want{Server: server, InsecureSkipVerify: true}, trust.Want{Server: server}, true},
		{"certificates", trust.Want{Server: server}, trust.Want{Server: server, CAFile: oneFile}, false},
		{"the system's again", trust.Want{Server: server, CAFile: oneFile}, trust.Want{Server: server}, true},
		{"other certificates", trust.Want{Server: server, CAFile: oneFile}, trust.Want{Server: server, CAFile: twoFile}, false},
		{"one more certificate", trust.Want{Server: server, CAFile: oneFile}, trust.Want{Server: server, CAFile: both}, false},
		{"the same certificates, written otherwise", trust.Want{Server: server, CAFile: both}, trust.Want{Server: server, CAFile: again}, true},
		{"a redirect", trust.Want{Server: server}, trust.Want{Server: server, RedirectHosts: []string{"pod.example"}}, false},
		{"one more redirect", trust.Want{Server: server, RedirectHosts: []string{"a.example"}}, trust.Want{Server: server, RedirectHosts: []string{"a.example", "b.example"}}, false},
		{"fewer redirects", trust.Want{Server: server, RedirectHosts: []string{"a.example", "B.example"}}, trust.Want{Server: server, RedirectHosts: []string{"b.example"}}, true},
		{"a redirect to another port", trust.Want{Server: server, RedirectHosts: []string{"a.example"}}, trust.Want{Server: server, RedirectHosts: []string{"a.example:8443"}}, false},
	} {
		book, err := trust.OpenFile(filepath.Join(t.TempDir(), "state", trust.FileName))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := book.Check(read(t, c.want)); ok {
			t.Errorf("%s: confirmed by nothing", c.name)
		}
		if _, err := book.Confirm(read(t, c.confirmed), time.Now()); err != nil {
			t.Fatal(err)
		}
		if got, ok := book.Check(read(t, c.want)); ok != c.covers || got.Any() != c.covers {
			t.Errorf("%s: %t", c.name, ok)
		}
	}
}

// What ca_file says counts as it was read: a file that changes afterwards, in the
// moment before signing in, is another one.
func TestCertificatesAreThoseThatWereConfirmed(t *testing.T) {
	one := certificate(t)
	file := write(t, "ca.pem", one)
	got := trusttest.Want(t, trust.Want{Server: "https://t.example.com", CAFile: file})
	if err := os.WriteFile(file, certificate(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if string(got.CA()) != string(one) {
		t.Error("the certificates are not those that were confirmed")
	}
	for name, data := range map[string]string{"none.pem": "no certificate", "gone.pem": ""} {
		file := filepath.Join(t.TempDir(), name)
		if data != "" {
			file = write(t, name, []byte(data))
		}
		if _, err := trust.Read(trust.Want{Server: "https://t.example.com", CAFile: file}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Sign-in follows a server to hosts that were confirmed, and to names below its own.
func TestLeads(t *testing.T) {
	for _, c := range []struct {
		server    string
		redirects []string
		to        string
		leads     bool
	}{
		{"https://online.tableau.com", nil, "https://10ax.online.tableau.com", true},
		{"https://online.tableau.com", nil, "https://10ax.online.tableau.com:8443", false},
		{"https://online.tableau.com", nil, "http://10ax.online.tableau.com", false},
		{"https://10ax.online.tableau.com", nil, "https://prod-uk-a.online.tableau.com", false},
		{"https://10ax.online.tableau.com", []string{"prod-uk-a.online.tableau.com"}, "https://prod-uk-a.online.tableau.com", true},
		{"https://online.tableau.com", nil, "https://online.tableau.com.evil.example", false},
		{"https://online.tableau.com", nil, "https://evilonline.tableau.com", false},
		{"https://co.uk", nil, "https://evil.co.uk", false},
		{"https://github.io", nil, "https://evil.github.io", false},
		{"https://com", nil, "https://evil.com", false},
		{"https://corp", nil, "https://pod.corp", false},
		{"https://10.0.0.1", nil, "https://2.10.0.0.1", false},
		{"http://t.example.com", nil, "https://t.example.com", true},
		{"https://t.example.com", nil, "http://t.example.com", false},
		{"https://t.example.com", nil, "https://t.example.com:8443", false},
		{"https://t.example.com:8443", nil, "https://t.example.com", false},
		{"https://t.example.com", nil, "https://T.example.com:443/api", true},
		{"https://t.example.com", []string{"pod.example:8443"}, "https://pod.example:8443", true},
		{"https://t.example.com", []string{"pod.example:8443"}, "https://pod.example", false},
		{"https://t.example.com", nil, "https://confirmed.example", true},
		{"https://t.example.com", nil, "https://unchecked.example", true},
		{"http://127.0.0.1:81", []string{"localhost:82"}, "http://localhost:82", true},
		{"http://127.0.0.1:81", nil, "http://127.0.0.1:82", false},
		{"https://t.example.com", []string{"localhost:82"}, "http://localhost:82", false},
	} {
		book, err := trust.OpenFile(filepath.Join(t.TempDir(), trust.FileName))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range []trust.Want{{Server: "confirmed.example"}, {Server: "unchecked.example", InsecureSkipVerify: true}} {
			if _, err := book.Confirm(read(t, w), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		got, err := book.Confirm(read(t, trust.Want{Server: c.server, RedirectHosts: c.redirects}), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		to, err := url.Parse(c.to)
		if err != nil || got.Leads(to) != c.leads {
			t.Errorf("%s to %s: %t", c.server, c.to, got.Leads(to))
		}
	}
	// A server that was confirmed with its certificates checked is not followed to unchecked.
	loose := trusttest.Want(t, trust.Want{Server: "t.example.com", InsecureSkipVerify: true})
	if to, _ := url.Parse("https://confirmed.example"); loose.Leads(to) {
		t.Error("followed without checking certificates")
	}
	if to, _ := url.Parse("https://t.example.com"); (trust.Confirmed{}).Leads(to) {
		t.Error("nothing leads somewhere")
	}
}

// The book keeps what others write between reading and writing it, and is for you alone.
func TestBook(t *testing.T) {
	file := filepath.Join(t.TempDir(), "home", "darkroom", trust.FileName)
	ca := write(t, "ca.pem", certificate(t))
	wants := []trust.Want{
		{Server: "https://a.example"},
		{Server: "http://b.example:8080"},
		{Server: "https://c.example", CAFile: ca, RedirectHosts: []string{"pod.example", "d.example:8443"}},
		{Server: "https://c.example", InsecureSkipVerify: true},
	}
	var books []*trust.Book // of several darkrooms, which all read it first
	for range wants {
		b, err := trust.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	for i, w := range wants {
		if _, err := books[i].Confirm(read(t, w), time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
	}
	b, err := trust.OpenFile(file)
	if err != nil || len(b.Records()) != len(wants) {
		t.Fatalf("%v, %+v", err, b.Records())
	}
	for _, w := range wants {
		if _, ok := b.Check(read(t, w)); !ok {
			t.Errorf("%+v is not known", w)
		}
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if n, err := b.Forget("https://c.example"); n != 2 || err != nil || b.Knows("https://c.example") || !b.Knows("https://a.example") {
		t.Errorf("%d, %v", n, err)
	}
	// One that allows more takes the place of one that allows less.
	for range 2 {
		if _, err := b.Confirm(read(t, trust.Want{Server: "a.example", InsecureSkipVerify: true}), time.Now()); err != nil || len(b.Records()) != 2 {
			t.Errorf("%v, %+v", err, b.Records())
		}
	}
}

// A book that cannot be believed confirms nothing and is left as it is.
func TestBookThatIsNotBelieved(t *testing.T) {
	good := "servers:\n  - server: https://a.example\n"
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		says string
	}{
		"others may write":   {good, 0o666, "chmod 600"},
		"no YAML":            {"servers: [", 0o600, trust.FileName},
		"of a later version": {good + "    until: 2027-01-01\n", 0o600, "update this one"},
		"another spelling":   {"servers:\n  - server: https://A.example\n", 0o600, "confirm the server again"},
		"an alias":           {"servers: &a\n  - server: https://a.example\nx: *a\n", 0o600, "anchors"},
	} {
		file := write(t, trust.FileName, []byte(c.text))
		if err := os.Chmod(file, c.mode); err != nil {
			t.Fatal(err)
		}
		if c.mode != 0o600 && runtime.GOOS == "windows" {
			continue
		}
		b, err := trust.OpenFile(file)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if _, ok := b.Check(read(t, trust.Want{Server: "a.example"})); ok {
			t.Errorf("%s: it is believed", name)
		}
	}
}

// Where the word cannot be kept it counts, and that is said.
func TestBookWithoutAPlace(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("HOME", "")
	t.Setenv("LOCALAPPDATA", "")
	t.Setenv("USERPROFILE", "")
	b, err := trust.Open()
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Confirm(read(t, trust.Want{Server: "a.example"}), time.Now())
	var e *disk.Error
	if !errors.As(err, &e) || !strings.Contains(err.Error(), "https://a.example cannot be remembered") || !got.Any() {
		t.Errorf("%v, %+v", err, got)
	}
}

// Only a listener of this computer is a server of this process.
func TestListening(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := trust.Listening(l); got.Address() != "http://"+l.Addr().String() {
		t.Error(got.Address())
	}
	if trust.Listening(everywhere{l}).Any() {
		t.Error("a listener for all computers is confirmed")
	}
}

type everywhere struct{ net.Listener }

func (everywhere) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 1} }

// The command that a message names is read by a shell as it is meant.
func TestCommand(t *testing.T) {
	ca := write(t, "it's.pem", certificate(t))
	got := read(t, trust.Want{Server: "t.example.com", CAFile: ca, InsecureSkipVerify: true, RedirectHosts: []string{"a.example:1"}}).Command()
	if want := "darkroom trust https://t.example.com --ca-file '" + strings.ReplaceAll(ca, "'", `'\''`) + "' --insecure-skip-verify --redirect-host a.example:1"; got != want {
		t.Errorf("%s\n%s", got, want)
	}
}
