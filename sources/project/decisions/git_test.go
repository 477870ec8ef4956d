package decisions

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"darkroom/model/curate"
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
