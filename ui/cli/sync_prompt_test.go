//go:build unix

package cli

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/creack/pty"

	"darkroom/sources/tableau/tableautest"
)

// A person is asked for what is missing; the secret is not shown while it is typed.
func TestSyncAsks(t *testing.T) {
	s := listen(t, tableautest.Options{Snapshots: [][]byte{tableautest.BigSite(2, 1, 1, 1)}})
	dir := syncProject(t, "big "+s.url+" big")
	t.Setenv("TABLEAU_TOKEN_NAME", "")
	t.Setenv("TABLEAU_TOKEN_SECRET", "")
	person, terminal, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	defer terminal.Close()
	var mu sync.Mutex
	var seen bytes.Buffer
	go func() {
		buf := make([]byte, 1000)
		for {
			n, err := person.Read(buf)
			if err != nil {
				return
			}
			mu.Lock()
			seen.Write(buf[:n])
			mu.Unlock()
		}
	}()
	asked := 0
	answer := watch{when: "token: "}
	answer.then = func() {
		asked++
		_, _ = io.WriteString(person, tableautest.DefaultPATName+"\n")
	}
	second := &twice{first: &answer, then: func() {
		asked++
		_, _ = io.WriteString(person, tableautest.DefaultPATSecret+"\n")
	}}
	var out bytes.Buffer
	if code := Main([]string{"sync", dir}, terminal, &out, second); code != 0 || asked != 2 {
		t.Fatalf("%d after %d questions\n%s", code, asked, answer.text.String())
	}
	wantParts(t, out.String(), "big: 2 workbooks")
	mu.Lock()
	defer mu.Unlock()
	if strings.Contains(seen.String(), tableautest.DefaultPATSecret) || strings.Contains(answer.text.String(), tableautest.DefaultPATSecret) {
		t.Error("the secret was shown")
	}
}

// twice answers the question for the name, then the one for the secret.
type twice struct {
	first *watch
	then  func()
}

func (w *twice) Write(p []byte) (int, error) {
	n, err := w.first.Write(p)
	if w.then != nil && strings.Contains(w.first.text.String(), "its secret: ") {
		w.then()
		w.then = nil
	}
	return n, err
}
