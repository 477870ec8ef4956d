//go:build unix

package cli

import (
	"bytes"
	"io"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust/trusttest"
	"darkroom/ui/cli/app"
)

// talk answers a command's questions at a terminal in turn. It is
// the command's stderr, where the questions are.
type talk struct {
	terminal *os.File
	keyboard *os.File
	answers  []step

	mu     sync.Mutex   // a question that was left is written from a goroutine of its own
	said   bytes.Buffer // by the command
	unread string       // since the last answer
	echoed bytes.Buffer // by the terminal
}

func converse(t *testing.T, answers ...step) *talk {
	t.Helper()
	keyboard, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("skipped: no pseudo terminal here: %v", err)
	}
	c := &talk{keyboard: keyboard, terminal: terminal, answers: answers}
	go func() { // a read of a terminal cannot be called off
		buf := make([]byte, 1000)
		for {
			n, err := keyboard.Read(buf)
			if err != nil {
				return
			}
			c.mu.Lock()
			c.echoed.Write(buf[:n])
			c.mu.Unlock()
		}
	}()
	t.Cleanup(func() { terminal.Close(); keyboard.Close() })
	return c
}

func (c *talk) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said.Write(p)
	c.unread += string(p)
	if len(c.answers) > 0 && strings.Contains(c.unread, c.answers[0].wait) {
		keys := c.answers[0].keys
		c.answers, c.unread = c.answers[1:], ""
		if keys == interrupt {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Signal(os.Interrupt)
			}
			return len(p), err
		}
		if _, err := c.keyboard.WriteString(keys); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// interrupt in place of keys is a signal from outside.
const interrupt = "SIGINT"

// run runs a command at the terminal and gives its output.
func (c *talk) run(t *testing.T, want int, args ...string) string {
	t.Helper()
	before := c.state(t)
	var out bytes.Buffer
	if code := Main(args, c.terminal, &out, c); code != want || len(c.answers) > 0 {
		t.Fatalf("%v ends with %d, want %d; %d answers are left\n%s%s", args, code, want, len(c.answers), out.String(), c.heard())
	}
	if !reflect.DeepEqual(c.state(t), before) {
		t.Errorf("%v leaves the terminal otherwise than it was", args)
	}
	return out.String()
}

// state is how the terminal takes what is typed.
func (c *talk) state(t *testing.T) *term.State {
	t.Helper()
	state, err := term.GetState(int(c.terminal.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// heard is what the command said.
func (c *talk) heard() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.String()
}

// seen is everything that was on the terminal.
func (c *talk) seen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.String() + c.echoed.String()
}

// What is missing is asked for; the secret is not shown while it is typed.
func TestSyncAsks(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(2, 1, 1, 1)}})
	dir := syncProject(t, "big "+s.url+" big")
	t.Setenv("TABLEAU_TOKEN_NAME", "")
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	c := converse(t, step{"big: name of the personal access token: ", tableautest.DefaultPATName + "\n"}, step{"big: token secret: ", tableautest.DefaultPATSecret + "\n"})
	wantParts(t, c.run(t, 0, "sync", dir), "big: 2 workbooks")
	if strings.Contains(c.seen(), tableautest.DefaultPATSecret) {
		t.Error("the secret was shown")
	}
	c = converse(t, step{"personal access token: ", "\n"}, step{"token secret: ", "\n"})
	c.run(t, app.ExitUsage, "sync", dir)
	wantParts(t, c.seen(), "darkroom: big: nothing was entered")
}

// An empty answer leaves the site out, and nothing is asked about a connected app.
func TestSyncAsksForEachSite(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(2, 1, 1, 1)}})
	dir := sitesProject(t, "  - {name: app, server: "+s.url+", site: big, auth: jwt}\n"+
		"  - {name: person, server: "+s.url+", site: big, auth: password}\n  - {name: big, server: "+s.url+", site: big}\n")
	c := converse(t, step{"person: user name: ", "\n"}, step{"person: password: ", "\n"})
	wantParts(t, c.run(t, 3, "sync", dir), "big: 2 workbooks")
	wantParts(t, c.seen(), "darkroom: app: no secrets", "darkroom: person: nothing was entered")
	runSync(t, 2, "--no-prompt", dir, "person")
}

// ctrl-c and a signal end a question and the command, and the terminal is as it was.
func TestQuestionsAreStopped(t *testing.T) {
	dir := syncProject(t, "one https://127.0.0.1:1 x", "two https://127.0.0.1:1 y")
	t.Setenv("TABLEAU_TOKEN_NAME", "")
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	for name, keys := range map[string]string{"ctrl-c": "\x03", "ctrl-d": "\x04", "signal": interrupt} {
		for _, asked := range []struct {
			args    []string
			answers []step
		}{
			{[]string{"sync", dir}, []step{{"access token: ", keys}}},
			{[]string{"sync", dir}, []step{{"access token: ", "ci\n"}, {"token secret: ", keys}}},
			{[]string{"init", t.TempDir()}, []step{{"from the browser: ", keys}}},
		} {
			c := converse(t, asked.answers...)
			out := c.run(t, app.ExitStopped, asked.args...)
			if !strings.HasSuffix(c.heard(), "darkroom: stopped\n") || out != "" {
				t.Errorf("%s, %v: %q %q", name, asked.args, c.heard(), out)
			}
			if strings.Contains(c.heard(), "two: ") {
				t.Errorf("%s: the next site was asked for", name)
			}
		}
	}
}

// What is typed in init goes into the keyring when the answer is yes, and sync
// finds it there.
func TestInitKeepsTheSecret(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	const again = "sync will ask for the secret again"
	setUp := func(answer string) (dir string, c *talk, out string) {
		t.Helper()
		syncProject(t)
		t.Setenv("TABLEAU_TOKEN_NAME", "")
		t.Setenv("TABLEAU_TOKEN_SECRET", "")
		dir = t.TempDir()
		c = converse(t, step{"access token: ", tableautest.DefaultPATName + "\n"}, step{"token secret: ", tableautest.DefaultPATSecret + "\n"},
			step{"Keep it in the keyring", answer + "\n"})
		out = c.run(t, 0, "init", "--url", pageOf(s.url, cloudURL), dir)
		if strings.Contains(c.seen()+out+everyFile(t, dir), tableautest.DefaultPATSecret) {
			t.Error("the secret was shown or written")
		}
		return dir, c, out
	}
	t.Run("yes", func(t *testing.T) {
		withKeyring(t)
		dir, _, out := setUp("y")
		if strings.Contains(out, again) {
			t.Error(out)
		}
		conf, err := config.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		server := trusttest.Server(t, conf.Sites[0].Server)
		got, from, err := secrets.Finder{Getenv: func(string) string { return "" }, Keyring: secrets.OS{}}.Find(syncjob.SecretsOf(conf.Sites[0], server))
		if err != nil || from != "keyring" || got.TokenSecret != tableautest.DefaultPATSecret {
			t.Errorf("from %q, %v", from, err)
		}
		runSync(t, 0, dir)
		wantParts(t, runDoctor(t, 0, dir), "keyring")
	})
	t.Run("no", func(t *testing.T) {
		withKeyring(t)
		dir, _, out := setUp("")
		wantParts(t, out, again, "TABLEAU_TOKEN_SECRET")
		runSync(t, 2, dir)
	})
	t.Run("no keyring", func(t *testing.T) {
		dir, c, out := setUp("y")
		wantParts(t, c.seen(), "the keyring of this computer cannot be used; set the environment instead")
		wantParts(t, out, again)
		runSync(t, 2, dir)
	})
}

// waitFor waits until the terminal shows a text.
func (c *talk) waitFor(t *testing.T, text string) {
	t.Helper()
	for range 2000 {
		if strings.Contains(c.seen(), text) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("the terminal does not show %q:\n%q", text, c.seen())
}

// No error is printed after a line that only waits.
func TestInitWipesTheWaitingLine(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	s.Inject(tableautest.Fault{On: tableautest.SignIn, Code: "429000", RetryAfter: "60", Times: -1})
	syncProject(t)
	t.Setenv("TERM", "xterm")
	c := converse(t)
	code := make(chan int)
	go func() {
		code <- Main([]string{"init", "--url", pageOf(s.url, cloudURL), t.TempDir()}, strings.NewReader(""), io.Discard, c.terminal)
	}()
	c.waitFor(t, "waiting 1m0s")
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(os.Interrupt)
	}
	if got := <-code; got != app.ExitStopped || err != nil {
		t.Errorf("%d, %v", got, err)
	}
	c.waitFor(t, "\r\x1b[Kdarkroom: stopped")
}

// A typing error is not the end: address and secret are asked for again.
func TestInitAsksAgain(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	syncProject(t)
	t.Setenv("TABLEAU_TOKEN_NAME", "")
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	const address, name, secret = "Address of any page", "access token: ", "token secret: "
	c := converse(t,
		step{address, "nonsense\n"}, step{address, pageOf(s.url, cloudURL) + "\n"},
		step{name, tableautest.DefaultPATName + "\n"}, step{secret, "a-slip-of-the-hand\n"},
		step{name, tableautest.DefaultPATName + "\n"}, step{secret, tableautest.DefaultPATSecret + "\n"},
		step{"Keep it in the keyring", "\n"})
	out := c.run(t, 0, "init", t.TempDir())
	wantParts(t, c.seen(), "copy it from the browser", "check the token's name and secret", "signed in to")
	wantParts(t, out, "wrote ")
	if strings.Contains(c.seen(), "a-slip-of-the-hand") {
		t.Error("what was typed is shown")
	}
}
