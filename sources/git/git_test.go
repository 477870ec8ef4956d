package git

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"darkroom/sources/disk/disktest"
)

// repository is one with a first commit of some files.
func repository(t *testing.T, files map[string]string) *Repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	r := &Repo{top: t.TempDir()}
	r.git(t, "init", "-q", "-b", "main")
	r.write(t, files)
	r.commitAll(t)
	return r
}

func (r *Repo) git(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"}, args...)...)
	cmd.Dir = r.top
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *Repo) write(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(r.top, filepath.FromSlash(name))
		disktest.Must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		disktest.Must(t, os.WriteFile(full, []byte(text), 0o600))
	}
}

func (r *Repo) commitAll(t *testing.T) {
	t.Helper()
	r.git(t, "add", "-A", "-f")
	r.git(t, "commit", "-q", "-m", "all", "--allow-empty")
}

// changed are the files of a folder that differ from a reference: "a +b -c".
func (r *Repo) changed(t *testing.T, ref, folder string) string {
	t.Helper()
	commit, _, err := r.Base(t.Context(), ref)
	disktest.Must(t, err)
	found, err := r.Changed(t.Context(), commit, filepath.Join(r.top, folder), func(string) bool { return true })
	disktest.Must(t, err)
	var out []string
	for _, f := range found.Files {
		sign := ""
		switch {
		case f.After == "":
			sign = "-"
		case f.Before == "":
			sign = "+"
		}
		out = append(out, sign+f.Path)
	}
	return strings.Join(out, " ")
}

func TestChanged(t *testing.T) {
	large := "rows"
	lfs := fmt.Sprintf("version https://git-lfs.github.com/spec/v1\noid sha256:%x\nsize %d\n", sha256.Sum256([]byte(large)), len(large))
	r := repository(t, map[string]string{
		"dbt/a.sql": "1", "dbt/b.sql": "1\n2\n", "dbt/c.sql": "1", "dbt/models/d.sql": "1", "other/x.sql": "1", "dbt/lfs.csv": lfs, "dbt/not_here.sql": "1", ".gitignore": "target\n",
	})
	r.git(t, "checkout", "-q", "-b", "change")
	r.write(t, map[string]string{"dbt/a.sql": "2", "other/y.sql": "1"})
	r.commitAll(t)
	r.write(t, map[string]string{ // not committed
		"dbt/b.sql": "1\r\n2\r\n", "dbt/models/d.sql": "2", "dbt/new.sql": "1", "dbt/target/run.sql": "1", "dbt/lfs.csv": large,
	})
	r.git(t, "update-index", "--skip-worktree", "dbt/not_here.sql") // as a sparse checkout does
	disktest.Must(t, os.Remove(filepath.Join(r.top, "dbt", "not_here.sql")))
	disktest.Must(t, os.Remove(filepath.Join(r.top, "dbt", "c.sql")))
	if got, want := r.changed(t, "main", "dbt"), "a.sql -c.sql models/d.sql +new.sql"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := r.changed(t, "main", "other"), "+y.sql"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	// What others did since is not ours.
	r.git(t, "stash", "-q", "-u")
	r.git(t, "checkout", "-q", "main")
	r.write(t, map[string]string{"dbt/c.sql": "theirs"})
	r.commitAll(t)
	r.git(t, "checkout", "-q", "change")
	if got, want := r.changed(t, "main", "dbt"), "a.sql"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Without a common commit the reference itself is compared.
func TestNoCommonCommit(t *testing.T) {
	r := repository(t, map[string]string{"a.sql": "1"})
	r.git(t, "checkout", "-q", "--orphan", "other")
	r.write(t, map[string]string{"b.sql": "1"})
	r.commitAll(t)
	commit, shared, err := r.Base(t.Context(), "main")
	if err != nil || shared || commit != r.git(t, "rev-parse", "main") {
		t.Errorf("%s, %v, %v", commit, shared, err)
	}
	if got := r.changed(t, "main", "."); got != "+b.sql" {
		t.Errorf("%q", got)
	}
}

// A reference is never an option, and one that is not there is a mistake of the caller.
func TestReferences(t *testing.T) {
	r := repository(t, map[string]string{"a.sql": "1"})
	out := filepath.Join(t.TempDir(), "out")
	for _, ref := range []string{"", "-h", "--output=" + out, "--all", "nowhere", "main\nmain", "main:a.sql", "--upload-pack=touch " + out} {
		if _, _, err := r.Base(t.Context(), ref); err == nil || !strings.Contains(err.Error(), "git knows no commit") {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("an option was taken")
	}
	for _, ref := range []string{"main", "HEAD", "refs/heads/main", "@", r.git(t, "rev-parse", "HEAD")} {
		if _, shared, err := r.Base(t.Context(), ref); err != nil || !shared {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if _, err := Open(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "want a folder in a git repository") {
		t.Error(err)
	}
}

// Nothing that a repository brings along is run: filters, monitors, hooks, external diffs,
// pagers, transports.
func TestHostileRepository(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the traps are shell scripts")
	}
	r := repository(t, map[string]string{"a.sql": "1", "b.sql": "1"})
	r.git(t, "checkout", "-q", "-b", "change")
	r.write(t, map[string]string{".gitattributes": "* filter=trap diff=trap merge=trap text eol=lf\n"})
	r.commitAll(t)
	sprung := filepath.Join(t.TempDir(), "sprung")
	trap := filepath.Join(r.top, ".git", "trap")
	disktest.Must(t, os.WriteFile(trap, []byte("#!/bin/sh\necho \"$0 $*\" >>'"+sprung+"'\ncat\n"), 0o700))
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass", "core.gitProxy", "diff.external", "diff.trap.command", "diff.trap.textconv", "filter.trap.clean", "filter.trap.smudge",
		"filter.trap.process", "merge.trap.driver", "credential.helper", "remote.origin.uploadpack", "pager.ls-tree", "pager.ls-files", "gpg.program", "uploadpack.packObjectsHook",
	} {
		r.git(t, "config", key, trap)
	}
	r.git(t, "config", "filter.trap.required", "true")
	r.git(t, "config", "remote.origin.url", "ext::"+trap)
	r.git(t, "config", "remote.origin.promisor", "true")
	r.git(t, "config", "protocol.ext.allow", "always")
	for _, hook := range []string{"post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman", "query-watchman"} {
		disktest.Must(t, os.WriteFile(filepath.Join(r.top, ".git", "hooks", hook), []byte("#!/bin/sh\nexec '"+trap+"'\n"), 0o700))
	}
	r.write(t, map[string]string{"a.sql": "2", "c.sql": "1"})
	disktest.Must(t, os.Remove(sprungIf(sprung)))
	if got, want := r.changed(t, "main", "."), "+.gitattributes a.sql +c.sql"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if _, err := r.Blob(t.Context(), strings.Repeat("ab", 20)); err == nil { // would be fetched
		t.Error("there is such an object")
	}
	if text, err := os.ReadFile(sprung); err == nil {
		t.Errorf("run: %s", text)
	}
}

// sprungIf makes the file that is going to be removed, so that what setting the traps up
// has left is gone.
func sprungIf(file string) string {
	_ = os.WriteFile(file, nil, 0o600)
	return file
}

// Names are what they are.
func TestHostileNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("such names are not possible")
	}
	names := []string{"-rf.sql", "--help", "a b.sql", "new\nline.sql", "tab\t.sql", "\"quoted\".sql", "ü.sql", ":(glob)**", "*.sql", "back\\slash.sql", "$(touch x).sql"}
	files := map[string]string{}
	for _, name := range names {
		files["dbt/"+name] = "1"
	}
	r := repository(t, map[string]string{"dbt/x": "1"})
	r.write(t, files)
	commit, _, err := r.Base(t.Context(), "main")
	disktest.Must(t, err)
	found, err := r.Changed(t.Context(), commit, filepath.Join(r.top, "dbt"), func(string) bool { return true })
	disktest.Must(t, err)
	got := map[string]bool{}
	for _, f := range found.Files {
		got[f.Path] = true
	}
	for _, name := range names {
		if !got[name] {
			t.Errorf("%q is not among %q", name, found.Files)
		}
	}
	if len(got) != len(names) {
		t.Errorf("%d files, want %d", len(got), len(names))
	}
	disktest.Must(t, os.Symlink("/etc/passwd", filepath.Join(r.top, "dbt", "link.sql")))
	r.commitAll(t)
	if got := r.changed(t, "HEAD", "dbt"); got != "" {
		t.Errorf("%q differs from itself", got)
	}
}
