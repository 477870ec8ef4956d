package export

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/model/exposure/merge"
	"darkroom/sources/disk"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/intent"
)

// killDir is where a child of TestKill writes until it is killed.
const killDir = "DARKROOM_TEST_KILL_DIR"

// TestKill kills a process at random moments of its writing: the exposures file
// and the last export are always one of the versions that were written, whole,
// and every decision that Append has confirmed is there on restart.
func TestKill(t *testing.T) {
	if dir := os.Getenv(killDir); dir != "" {
		writeForever(t, dir)
	}
	times := 50
	if testing.Short() {
		times = 10
	}
	dir := t.TempDir()
	whole := map[string]int{}
	for i := range times {
		last := killOne(t, dir, rand.IntN(6), time.Duration(rand.IntN(3_000))*time.Microsecond)
		for _, name := range []string{killFile, lastExport} {
			text, err := disk.ReadInside(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			if text != nil && !bytes.Equal(text, version(len(text)%2)) {
				t.Fatalf("kill %d: %s is neither the old nor the new one: %d bytes", i, name, len(text))
			}
			whole[name] += min(len(text), 1)
		}
		store, book, err := decisions.Open(dir, decisions.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if last != "" && book.Get(last).Decision != curate.Included {
			t.Fatalf("kill %d: the decision about %s is lost", i, last)
		}
		store.Close()
	}
	if whole[killFile] < times {
		t.Errorf("only %d of %d children managed to write", whole[killFile], times)
	}
}

const killFile = "models/exposures/tableau.yml"

// version is one of two texts that differ in every line, and in whether their
// length is even.
func version(n int) []byte {
	return append(bytes.Repeat([]byte(fmt.Sprintf("line of version %d\n", n)), 20_000), strings.Repeat("x", n)...)
}

// killOne starts a child, kills it a while after it has reported that many more
// decisions, each with an export, and returns the last one that it reported.
func killOne(t *testing.T, dir string, more int, after time.Duration) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
	cmd.Env = append(os.Environ(), killDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	var last string
	for range 2 + rand.IntN(3) { // from the second on, something was written
		if last, err = lines.ReadString('\n'); err != nil {
			t.Fatalf("the child did not start: %v %s", err, last)
		}
	}
	for range more {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("the child ended by itself after %s: %v", last, err)
		}
		last = line
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() }) // it may be gone
	defer timer.Stop()
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		last = line
	}
	io.Copy(io.Discard, out) // the pipe is closed
	cmd.Wait()               // killed
	return strings.TrimSpace(last)
}

// writeForever exports one version after another and decides in between.
func writeForever(t *testing.T, dir string) {
	store, book, err := decisions.Open(dir, decisions.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "models"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := intent.Recover(intent.In(dir)); err != nil {
		t.Fatal(err)
	}
	p := &model.Project{Name: "p", Root: dir}
	for n := book.Len(); ; n++ {
		key := fmt.Sprintf("site/%06d", n)
		change := book.Set([]string{key}, curate.Included, curate.Meta{By: "x"})
		if err := store.Append(change); err != nil {
			t.Fatal(err)
		}
		fmt.Println(key)
		if n%5 == 0 {
			if err := store.Save(book); err != nil {
				t.Fatal(err)
			}
		}
		old, err := disk.ReadInside(dir, killFile)
		if err != nil {
			t.Fatal(err)
		}
		base, err := disk.ReadInside(dir, lastExport)
		if err != nil {
			t.Fatal(err)
		}
		err = Write(t.Context(), Plan{
			Files: []File{{Project: p, Result: merge.Result{Name: killFile, Old: old, Text: version(n % 2)}}},
			bases: []baseExport{{p, base, version(n % 2)}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
