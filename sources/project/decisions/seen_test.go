package decisions

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
)

var aDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// aCensus has one complete site with the dashboards "title" of these keys.
func aCensus(titles map[string]string) curate.Census {
	c := curate.Census{Places: map[string]curate.Place{}, Complete: map[string]bool{"host/acme": true}}
	for key, title := range titles {
		c.Places[key] = curate.Place{Title: title, Project: "Sales / EMEA", Workbook: "Orders", Site: "host/acme"}
	}
	return c
}

const (
	keyA = "0a000000-0000-4000-8000-000000000000"
	keyB = "0b000000-0000-4000-8000-000000000000"
	keyC = "host/acme/hidden 7"
)

func TestStoreKeepsWhatWasSeen(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	first := aCensus(map[string]string{keyA: "Orders", keyC: "Say \"hi\"\n\x1b[31m"})
	b.Baseline(first, aDay)
	disktest.Must(t, s.Save(b))
	want := seenHead + `sites:
  "host/acme": {since: 2026-11-23}
dashboards:
  0a000000-0000-4000-8000-000000000000: {title: "Orders", project: "Sales / EMEA", workbook: "Orders", site: "host/acme", first: 2026-11-23}
  "host/acme/hidden 7": {title: "Say \"hi\"\n\x1b[31m", project: "Sales / EMEA", workbook: "Orders", site: "host/acme", first: 2026-11-23}
`
	if diff := cmp.Diff(want, disktest.Read(t, root, seenName)); diff != "" {
		t.Error(diff)
	}
	if disktest.Read(t, root, decisionsName) != "" {
		t.Error("a baseline counts as a decision")
	}

	now := aCensus(map[string]string{keyA: "Orders 2", keyB: "Returns"}) // the hidden one is gone
	change := b.Review([]string{keyA, keyB, keyC}, now, curate.Meta{At: evening, By: "ana"})
	disktest.Must(t, s.Append(change))
	disktest.Must(t, s.Close()) // not saved

	s, b, _ = open(t, root, Options{})
	if items := b.Inbox(now); len(items) != 0 || s.Replayed() != 1 {
		t.Errorf("after a kill: %d in the inbox, %d replayed", len(items), s.Replayed())
	}
	disktest.Must(t, s.Save(b))
	disktest.Must(t, s.Close())
	if got := disktest.Read(t, root, seenName); strings.Contains(got, "hidden 7") || !strings.Contains(got, `title: "Orders 2", project: "Sales / EMEA", workbook: "Orders", site: "host/acme", first: 2026-11-23, reviewed: 2026-11-23, by: "ana"}`) {
		t.Error(got)
	}
	old := disktest.Read(t, root, seenName)
	s, b, _ = open(t, root, Options{})
	disktest.Must(t, s.Save(b))
	if disktest.Read(t, root, seenName) != old || disktest.Read(t, root, journalName) != "" {
		t.Error("nothing changed and yet something was written")
	}
}

func TestSeenOnDiskWins(t *testing.T) {
	root := t.TempDir()
	s, b, _ := open(t, root, Options{})
	b.Baseline(aCensus(map[string]string{keyA: "Orders"}), aDay)
	disktest.Write(t, root, seenName, seenHead)
	if err := s.Save(b); err == nil || !strings.Contains(err.Error(), "seen.yml: created on disk") {
		t.Error(err)
	}
}

func TestSeenProblems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"version: 2\n", ":1:1: this darkroom reads version: 1; if a newer darkroom wrote it"},
		{"dashboards:\n<<<<<<< HEAD\n", ":2:1: an unresolved merge conflict; take out"},
		{"dashboards:\n  a: {title: \"x\"}\n", ":2:1: this line cannot be read; take it out"},
		{"dashboards:\n  \"a\": {titel: \"x\"}\n", ":2:1: this line"},
		{"dashboards:\n  \"a\": {title: \"x\", first: yesterday}\n", ":2:1: this line"},
		{"  \"a\": {title: \"x\"}\n", ":1:1: this line"},
		{"hello\n", ":1:1: this line"},
	} {
		_, err := parseSeen("seen.yml", []byte(c.text), &dates{})
		if err == nil || !strings.Contains(err.Error(), "seen.yml"+c.want) {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	m, err := parseSeen("seen.yml", []byte("\ufeff# x\r\nversion: 1\r\nsites:\r\n  \"s\": {since: 2026-11-23, partial: yes}\r\n  \"s\": {since: 2026-11-22}\r\n"+
		"dashboards:\r\n  \"a\": {title: \"new\", reviewed: 2026-11-23}\r\n\r\n  \"a\": {title: \"old\", reviewed: 2026-11-22}\r\n"), &dates{})
	if err != nil || m.Seen["a"].Title != "new" || m.Sites["s"] != (curate.Known{Since: aDay.AddDate(0, 0, -1)}) {
		t.Errorf("%+v %v", m, err)
	}
}

func FuzzSeen(f *testing.F) {
	f.Add([]byte(seenHead + "sites:\n  \"s\": {since: 2026-11-23, partial: yes}\ndashboards:\n  \"a\": {title: \"x\\n\", first: 2026-11-23}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseSeen("seen.yml", data, &dates{})
		if err != nil {
			return
		}
		text := renderSeen(m)
		again, err := parseSeen("seen.yml", text, &dates{})
		if err != nil || !maps.Equal(m.Seen, again.Seen) || !maps.Equal(m.Sites, again.Sites) {
			t.Fatalf("%v\n%s", err, text)
		}
		if !bytes.Equal(text, renderSeen(again)) {
			t.Fatal("two renderings differ")
		}
	})
}

// git runs git in a folder, with an author's name and no user's settings.
func git(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "init.defaultBranch=main"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Two people decide and review on two branches: git merges without a conflict when
// it was about different dashboards, next to each other or not, and what comes out
// is what both did. About the same dashboard darkroom asks.
func TestTwoBranchesMerge(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	root := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		if out, err := git(t, root, args...); err != nil {
			t.Fatal(args, out)
		}
	}
	all := aCensus(map[string]string{keyA: "A", keyB: "B", keyC: "C"})
	session := func(by string, do func(b *curate.Book, m curate.Meta)) {
		t.Helper()
		s, b, _ := open(t, root, Options{})
		b.Baseline(aCensus(nil), aDay)
		do(b, curate.Meta{At: evening, By: by})
		disktest.Must(t, s.Save(b))
		disktest.Must(t, s.Close())
		run("add", "-A")
		run("commit", "-qm", by)
	}
	run("init", "-q")
	session("start", func(*curate.Book, curate.Meta) {})
	run("checkout", "-qb", "other")
	session("other", func(b *curate.Book, m curate.Meta) {
		b.Toggle([]string{keyB}, m)
		b.Review([]string{keyB}, all, m)
	})
	run("checkout", "-q", "main")
	session("main", func(b *curate.Book, m curate.Meta) {
		b.Exclude([]string{keyA, keyC}, m)
		b.Review([]string{keyA, keyC}, all, m)
	})
	run("merge", "-q", "--no-edit", "other")

	_, b, _ := open(t, root, Options{ReadOnly: true})
	if b.Effective(keyA) != curate.Excluded || b.Effective(keyB) != curate.Included || b.Get(keyB).By != "other" || len(b.Inbox(all)) != 0 {
		t.Errorf("%s\n%s", disktest.Read(t, root, decisionsName), disktest.Read(t, root, seenName))
	}

	run("checkout", "-qb", "third")
	session("third", func(b *curate.Book, m curate.Meta) { b.Set([]string{keyA}, curate.Included, m) })
	run("checkout", "-q", "main")
	session("fourth", func(b *curate.Book, m curate.Meta) { b.SetWhy([]string{keyA}, "a copy", m) })
	run("merge", "-q", "--no-edit", "third")
	_, _, err := Open(root, Options{ReadOnly: true})
	if err == nil || !strings.Contains(err.Error(), "is here twice") {
		t.Errorf("the same dashboard: %v\n%s", err, disktest.Read(t, root, decisionsName))
	}
}
