//go:build unix

package input

import (
	"os"
	"testing"
	"time"
)

// readable is about a real file, here a pipe.
func TestReadable(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if readable(in.Fd(), 0) {
		t.Error("an empty pipe can be read")
	}
	if _, err := out.WriteString("j"); err != nil || !readable(in.Fd(), time.Minute) {
		t.Error("a full one cannot", err)
	}
	out.Close()
}
