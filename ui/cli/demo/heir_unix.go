//go:build unix

package demo

import (
	"io"
	"os/exec"
	"syscall"
)

// heir removes a folder when this process ends without having done so: killed, or by
// a pipe that nothing reads. It is a shell, in a session of its own, that waits for the
// end of its input.
type heir struct {
	cmd   *exec.Cmd
	input io.WriteCloser
}

// inherit starts the heir of a folder. Without a shell there is none, and sweep removes
// the folder later.
func inherit(dir string) *heir {
	cmd := exec.Command("/bin/sh", "-c", `read -r word; [ "$word" = keep ] || rm -rf -- "$1"`, "darkroom-demo", dir)
	cmd.Dir, cmd.SysProcAttr = "/", &syscall.SysProcAttr{Setsid: true}
	input, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil
	}
	return &heir{cmd, input}
}

// release ends the heir: it removes the folder if it is still there, unless it is to
// stay.
func (h *heir) release(keep bool) {
	if h == nil {
		return
	}
	if keep {
		_, _ = io.WriteString(h.input, "keep\n") // without an heir nothing removes it
	}
	h.input.Close()
	_ = h.cmd.Wait() // what it could not remove is swept later
}
