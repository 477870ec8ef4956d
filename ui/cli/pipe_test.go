//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"darkroom/sources/disk/disktest"
)

// A pipe that is named as a file would be waited for until somebody writes into it.
func TestPipeIsNotAFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "manifest.json")
	disktest.Must(t, unix.Mkfifo(pipe, 0o600))
	go func() { // so that nothing waits for ever
		for {
			f, err := os.OpenFile(pipe, os.O_WRONLY, 0)
			if err != nil {
				return
			}
			_ = f.Close()
		}
	}()
	defer func() {
		f, err := os.OpenFile(pipe, os.O_RDONLY|unix.O_NONBLOCK, 0)
		disktest.Must(t, err)
		disktest.Must(t, os.Remove(pipe))
		_ = f.Close()
	}()
	for _, args := range [][]string{
		{"list", "models", "--demo", "--manifest", pipe},
		{"list", "models", "--demo", "--tableau", pipe},
		{"impact", "--demo", "--state", dir},
	} {
		var out, errs bytes.Buffer
		code := Main(args, strings.NewReader(""), &out, &errs)
		if code != 3 || !strings.Contains(errs.String(), "manifest.json: cannot be opened: not a regular file") {
			t.Errorf("%v: %d %s", args, code, errs.String())
		}
	}
}

// What a process has open already can be read, as a shell's <(…) is.
func TestPipeThatIsOpenIsRead(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	go func() {
		_, _ = out.WriteString("{")
		_ = out.Close()
	}()
	var said, errs bytes.Buffer
	Main([]string{"list", "models", "--demo", "--manifest", fmt.Sprintf("/dev/fd/%d", in.Fd())}, strings.NewReader(""), &said, &errs)
	if strings.Contains(errs.String(), "regular") || !strings.Contains(errs.String(), "/dev/fd/") {
		t.Error(errs.String())
	}
}
