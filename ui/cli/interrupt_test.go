//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// child is a process that says what it does, line by line.
type child struct {
	*exec.Cmd
	t      *testing.T
	in     io.Writer
	out    *bufio.Reader
	errors bytes.Buffer
}

func start(t *testing.T, dir, name string, args ...string) *child {
	t.Helper()
	c := &child{Cmd: exec.CommandContext(t.Context(), name, args...), t: t}
	c.Dir, c.Stderr = dir, &c.errors
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.in, c.out = in, bufio.NewReaderSize(out, 16)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// says waits for a line.
func (c *child) says(want string) {
	c.t.Helper()
	if line, err := c.out.ReadString('\n'); line != want+"\n" {
		c.t.Fatalf("%s says %q, want %q: %v\n%s", c.Path, line, want, err, c.errors.String())
	}
}

func (c *child) signal(s os.Signal) {
	c.t.Helper()
	if err := c.Process.Signal(s); err != nil {
		c.t.Fatal(err)
	}
}

// ends waits for the end, without reading what is printed.
func (c *child) ends(want int) {
	c.t.Helper()
	if err := c.Wait(); c.ProcessState.ExitCode() != want {
		c.t.Errorf("%v: %v, want exit code %d\n%s", c.Args, err, want, c.errors.String())
	}
}

func TestSignalsEndACommand(t *testing.T) {
	for signal, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129} {
		for _, args := range [][]string{{"list", "models"}, {"export"}, {"explain", "Order Overview"}, {"gaps"}, {"adopt", "--all"}} {
			dir := lumenProject(t, lumenSite)
			before := filesIn(t, dir)
			c := start(t, dir, "darkroom-loading", args...)
			c.says("loading")
			c.signal(signal)
			c.ends(code)
			if got := c.errors.String(); got != "darkroom: stopped\n" {
				t.Errorf("%v says %q", args, got)
			}
			if after := filesIn(t, dir); after != before {
				t.Errorf("%v left\n%s\nin place of\n%s", args, after, before)
			}
		}
	}
}

func TestASecondSignalWaitsForNothing(t *testing.T) {
	c := start(t, lumenProject(t, lumenSite), "darkroom-stuck", "list", "models")
	c.says("loading")
	c.signal(syscall.SIGTERM)
	c.says("signalled")
	c.signal(syscall.SIGINT)
	c.ends(143) // the first one's
}

// A command that cannot stop is given up, unless it writes.
func TestACommandThatDoesNotStopIsGivenUp(t *testing.T) {
	c := start(t, lumenProject(t, lumenSite), "darkroom-stuck", "list", "models")
	c.says("loading")
	c.signal(syscall.SIGTERM)
	c.says("signalled")
	c.ends(143)
}

func TestSignalsWaitForAWrite(t *testing.T) {
	dir := t.TempDir()
	c := start(t, dir, "darkroom-writing")
	c.says("writing")
	c.signal(syscall.SIGINT)
	c.says("signalled")
	c.signal(syscall.SIGINT)
	fmt.Fprintln(c.in)
	c.ends(130)
	if got := filesIn(t, dir); !strings.Contains(got, "first") || !strings.Contains(got, "second") {
		t.Errorf("a half-done write:\n%s", got)
	}
}

// What nothing reads keeps no command from ending: the output is larger than a pipe.
func TestSignalsEndOutputThatNothingReads(t *testing.T) {
	dir := lumenProject(t, lumenSite)
	manifest := filepath.Join(dir, "target", "manifest.json")
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte(`"name": "dim"`), []byte(`"name": "dim`+strings.Repeat("s", 1<<20)+`"`), 1)
	if err := os.WriteFile(manifest, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c := start(t, dir, "darkroom", "list", "models", "-o", "json", "--tableau", "tower.json")
	if _, err := c.out.ReadByte(); err != nil {
		t.Fatal(err, c.errors.String())
	}
	c.signal(syscall.SIGTERM)
	c.ends(143)
}
