package webpage

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/disk/disktest"
)

func TestCommands(t *testing.T) {
	const url = "https://tableau.example.com/#/site/x%20y?a=1&b=$(rm)"
	for chosen, want := range map[string][][]string{
		"firefox":                        {{"firefox", url}},
		`'/opt/my web/b' -p "a b"`:       {{"/opt/my web/b", "-p", "a b", url}},
		"'firefox":                       nil,
		"firefox %s":                     {{"firefox", url}},
		"open --url=%s --new &":          {{"open", "--url=" + url, "--new"}},
		"a" + list + "b --x" + list + "": {{"a", url}, {"b", "--x", url}},
		"%s":                             {{"%s", url}}, // the address is never the program
		" " + list + " ":                 nil,
	} {
		if diff := cmp.Diff(want, commands(chosen, url)); diff != "" {
			t.Errorf("%q: %s", chosen, diff)
		}
	}
}

const list = string(os.PathListSeparator)

func TestNoDisplay(t *testing.T) {
	for _, c := range []struct {
		system, env, want string
	}{
		{"linux", "DISPLAY", ""},
		{"linux", "WAYLAND_DISPLAY", ""},
		{"linux", "WSL_DISTRO_NAME", ""},
		{"linux", "DISPLAY SSH_CONNECTION", ""},
		{"linux", "SSH_CONNECTION", "over ssh"},
		{"linux", "", "there is no display"},
		{"freebsd", "", "there is no display"},
		{"darwin", "", ""},
		{"darwin", "SSH_TTY", "over ssh"},
		{"windows", "", ""},
	} {
		set := strings.Fields(c.env)
		getenv := func(name string) string {
			for _, s := range set {
				if s == name {
					return "x"
				}
			}
			return ""
		}
		if got := noDisplay(getenv, c.system); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s with %q: %q", c.system, c.env, got)
		}
	}
}

// never gives a browser all the time there is.
func never() <-chan time.Time { return nil }

// The address reaches the program as one word, whatever a shell would make of it; the
// first program that works is the browser.
func TestOpenAsksNoShell(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a script is the browser")
	}
	dir := t.TempDir()
	disktest.Write(t, dir, "browser", "#!/bin/sh\nprintf '%s\\n' \"$@\" > "+dir+"/opened\n")
	disktest.Write(t, dir, "broken", "#!/bin/sh\nexit 3\n")
	for _, name := range []string{"browser", "broken"} {
		disktest.Must(t, os.Chmod(filepath.Join(dir, name), 0o755))
	}
	t.Setenv("BROWSER", "no-such-program"+list+filepath.Join(dir, "broken")+list+filepath.Join(dir, "browser")+" --new %s")
	const url = "https://x.example/$(touch /tmp/never);`id`"
	disktest.Must(t, open(url, never))
	if got := disktest.Read(t, dir, "opened"); got != "--new\n"+url+"\n" {
		t.Errorf("%q", got)
	}
	t.Setenv("BROWSER", "no-such-program"+list+filepath.Join(dir, "broken"))
	if err := open(url, never); err == nil || !strings.Contains(err.Error(), "no-such-program: there is no such program") || !strings.Contains(err.Error(), "exit status 3") {
		t.Error(err)
	}
	for _, bad := range []string{"file:///etc/passwd", "--version", "javascript:alert(1)", "https://x\n-y", ""} {
		if err := Open(bad); err == nil {
			t.Errorf("%q was opened", bad)
		}
	}
}
