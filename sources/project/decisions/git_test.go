package decisions

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
)

// Two people decide about different dashboards on two branches: git merges their
// decisions without a conflict, and both are there.
func TestDecisionsMergeInGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "init.defaultBranch=main"}, args...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	key := func(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-000000000000", n*0x01000193) }
	decide := func(by string, d curate.Decision, keys ...int) {
		t.Helper()
		store, book, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		for _, n := range keys {
			book.Set([]string{key(n)}, d, curate.Meta{At: time.Date(2026, 11, 23, 0, 0, n, 0, time.UTC), By: by})
		}
		if err := store.Save(book); err != nil {
			t.Fatal(err)
		}
		git("add", "-A")
		git("commit", "-q", "-m", by)
	}
	git("init", "-q")
	var first []int
	for n := range 40 {
		first = append(first, n*5)
	}
	decide("first", curate.Included, first...)
	git("checkout", "-q", "-b", "other")
	decide("other", curate.Excluded, 10, 52, 131, 187)
	git("checkout", "-q", "main")
	decide("main", curate.Excluded, 30, 77, 95, 163)
	git("merge", "-q", "other", "-m", "merge")

	if _, err := os.Stat(filepath.Join(dir, journalName)); err == nil {
		if out, _ := exec.Command("git", "-C", dir, "check-ignore", journalName).Output(); len(out) == 0 {
			t.Error("the journal goes into git")
		}
	}
	store, book, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for n, by := range map[int]string{10: "other", 52: "other", 131: "other", 187: "other", 30: "main", 77: "main", 95: "main", 163: "main", 5: "first"} {
		if book.Get(key(n)).By != by {
			t.Errorf("%d is by %q, not %q", n, book.Get(key(n)).By, by)
		}
	}
}

// Two people who decide the same about one dashboard have one decision after git took
// the lines of both; two who do not agree have to.
func TestDecisionsThatGitDoubled(t *testing.T) {
	const luid, head = "3f9c1a2b-0000-4000-8000-000000000000", "version: 1\ndecisions:\n"
	line := func(d, day, rest string) string {
		return "  " + luid + ": {decision: " + d + ", at: 2026-11-" + day + "T08:00:00Z" + rest + "}\n"
	}
	for name, tt := range map[string]struct{ file, want string }{ // an empty want is refused
		"the later counts":   {line("include", "23", `, by: "a"`) + line("include", "24", `, by: "b"`), line("include", "24", `, by: "b"`)},
		"wherever it is":     {line("include", "24", `, by: "a"`) + line("include", "23", `, by: "b"`), line("include", "24", `, by: "a"`)},
		"comments of both":   {"  # one\n" + line("exclude", "23", "") + "  # two\n" + line("exclude", "24", ""), "  # one\n  # two\n" + line("exclude", "24", "")},
		"reasons of both":    {line("exclude", "23", `, by: "a", why: "old: {x}"`) + line("exclude", "24", `, by: "b", why: "new"`), "  # " + strings.TrimSpace(line("exclude", "23", `, by: "a", why: "old: {x}"`)) + "\n" + line("exclude", "24", `, by: "b", why: "new"`)},
		"one reason of both": {line("exclude", "23", `, why: "x"`) + line("exclude", "24", `, why: "x"`), line("exclude", "24", `, why: "x"`)},
		"letter case":        {strings.Replace(line("include", "23", ""), "3f9c1a2b", "3F9C1A2B", 1) + line("include", "24", ""), line("include", "24", "")},
		"they do not agree":  {line("include", "23", "") + line("exclude", "24", ""), ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			disktest.Write(t, dir, decisionsName, head+tt.file)
			store, book, err := Open(dir, Options{})
			if tt.want == "" {
				if err == nil || !strings.Contains(err.Error(), "is here twice, first in line 3; keep one") {
					t.Fatal(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			book.Set([]string{"ffffffff-0000-4000-8000-000000000000"}, curate.Included, curate.Meta{}) // so that it is written
			if err := store.Save(book); err != nil {
				t.Fatal(err)
			}
			store.Close()
			got := disktest.Read(t, dir, decisionsName)
			if !strings.HasPrefix(got, head+tt.want+"  ffffffff") {
				t.Errorf("got\n%s\nwant\n%s", got, head+tt.want)
			}
			if again, _, err := Open(dir, Options{}); err != nil {
				t.Error(err)
			} else {
				again.Close()
			}
		})
	}
}
