package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"

	"darkroom/ui/cli/app"
	"darkroom/ui/cli/explore"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/syncing"
	reader "darkroom/ui/plain"
)

// Every action can be typed in the reading mode: what it opens is text, esc closes it, and
// no escape code comes.
func TestPlainDoesEveryAction(t *testing.T) {
	var lines []string
	for _, act := range explorer.Actions() {
		if act.Name == "quit" || act.Name == "sync" { // the end, and questions about servers
			continue
		}
		lines = append(lines, act.Name, "esc", "esc", "where")
	}
	for _, place := range []string{"", "view dashboards\nfilter weekly\nlast\n", "view gaps\nlast\n"} {
		var out, errs bytes.Buffer
		if code := Main([]string{"--demo", "--plain"}, strings.NewReader(place+strings.Join(lines, "\n")), &out, &errs); code != app.ExitOK {
			t.Errorf("exit code %d: %s", code, errs.String())
		}
		if at := strings.IndexFunc(out.String(), func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); at >= 0 {
			t.Errorf("a control character: %q", out.String()[max(0, at-40):at+10])
		}
		if strings.Contains(out.String(), "There is no action "+lines[0]) || !strings.Contains(out.String(), "View: Gaps") {
			t.Error(out.String())
		}
	}
}

// heldSync is a sync that lasts until it is let go.
type heldSync struct {
	explorer.Backend
	began, goOn chan struct{}
}

func (b heldSync) Sync(context.Context, syncing.Options, func(syncing.Progress)) error {
	close(b.began)
	<-b.goOn
	return nil
}

// A sync does not keep one from typing: its result comes on a line of its own. Lines of a
// file come after it.
func TestPlainTypesDuringASync(t *testing.T) {
	for _, prompt := range []string{"> ", ""} {
		demo, clean, err := explore.DemoBackend()
		if err != nil {
			t.Fatal(err)
		}
		defer clean()
		held := heldSync{demo, make(chan struct{}), make(chan struct{})}
		var printed bytes.Buffer
		ended := make(chan struct{})
		hears := func(said string, _ bool) {
			if strings.HasPrefix(said, "synced") {
				close(ended)
			}
		}
		out := reader.NewOutput(&printed)
		app := explorer.New(held, reader.Options(explorer.Options{Context: t.Context(), Said: hears}, out))
		in, typing := io.Pipe()
		go func() {
			fmt.Fprintln(typing, "sync")
			<-held.began
			if prompt == "" {
				close(held.goOn)
			}
			fmt.Fprintln(typing, "where")
			if fmt.Fprintln(typing, "view gaps"); prompt != "" { // "where" has been read
				close(held.goOn)
			}
			<-ended
			typing.Close()
		}()
		if err := reader.New(app, out, prompt).Run(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		said := printed.String()
		began, where, came := strings.Index(said, "Syncing in the background"), strings.LastIndex(said, "View: Models"), strings.Index(said, "synced 0 sites")
		if began < 0 || where < began || came < 0 || (came < where) != (prompt == "") {
			t.Errorf("prompt %q: began %d, where %d, came %d\n%s", prompt, began, where, came, said)
		}
	}
}
