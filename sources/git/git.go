// Package git asks git which files of a folder differ from a commit. The repository may be
// hostile: nothing in it, in its configuration or in its attributes is run. So git only
// lists what a commit and the index have, and files are compared here, without filters,
// hooks, external diffs and file system monitors. It also asks who writes.
//
// Not here: what a file means to dbt (model/change).
package git

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"darkroom/sources/disk"
)

// Repo is a work tree.
type Repo struct {
	top string // absolute
}

// most is what git may print.
const most = 256 << 20

// Open finds the work tree that a folder is in.
func Open(ctx context.Context, dir string) (*Repo, error) {
	out, err := run(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: dir, What: "want a folder in a git repository", Err: err, Fix: "check the project out with git, or compare with production's artifacts: --state"}
	}
	return &Repo{top: filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))}, nil
}

// Below is a folder as it is in its repository, with forward slashes: "" at the top of it,
// or outside of any. Git is not asked.
func Below(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for top := abs; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			rel, err := filepath.Rel(top, abs)
			if err != nil || rel == "." {
				return ""
			}
			return filepath.ToSlash(rel)
		}
		if filepath.Dir(top) == top {
			return ""
		}
	}
}

// Base is what a change began with: the newest commit that the reference and HEAD share.
// Shared is false where none is known, as in a shallow clone: then it is the commit of the
// reference itself.
func (r *Repo) Base(ctx context.Context, ref string) (commit string, shared bool, err error) {
	theirs, err := r.commit(ctx, ref)
	if err != nil {
		return "", false, err
	}
	ours, err := r.commit(ctx, "HEAD")
	if err != nil {
		return "", false, err
	}
	out, err := run(ctx, r.top, "merge-base", theirs, ours)
	if ctx.Err() != nil {
		return "", false, ctx.Err()
	}
	if base := strings.TrimSpace(string(out)); err == nil && isHash(base) {
		return base, true, nil
	}
	return theirs, false, nil
}

// commit is the hash of a reference, which never looks like an option.
func (r *Repo) commit(ctx context.Context, ref string) (string, error) {
	unknown := func(err error) error {
		return &disk.Error{
			Kind: disk.ErrInvalid, File: r.top, What: "git knows no commit " + disk.Clip(ref), Err: err,
			Fix: "name a branch, a tag or a commit; in CI fetch it first, with its history (fetch-depth: 0)",
		}
	}
	if ref == "" || strings.HasPrefix(ref, "-") || strings.ContainsAny(ref, "\x00\n") {
		return "", unknown(nil)
	}
	out, err := run(ctx, r.top, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	hash := strings.TrimSpace(string(out))
	if err != nil || !isHash(hash) {
		return "", unknown(err)
	}
	return hash, nil
}

// isHash reports a name of an object: SHA-1 or SHA-256.
func isHash(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// Blob is the content of an object.
func (r *Repo) Blob(ctx context.Context, hash string) ([]byte, error) {
	return run(ctx, r.top, "cat-file", "blob", hash)
}

// run runs git so that it starts nothing else: no hook, monitor, pager, transport or
// prompt. Arguments that begin with a minus are only ours.
func run(ctx context.Context, dir string, args ...string) ([]byte, error) {
	safe := []string{
		"--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
		"-c", "core.untrackedCache=false", "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit", "-c", "core.quotePath=false",
	}
	cmd := exec.CommandContext(ctx, "git", append(safe, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	cmd.WaitDelay = 5 * time.Second // a child that holds the pipe open
	out, errs := limited{left: most}, limited{left: 64 << 10}
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is not installed")
	case err != nil:
		if said, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n"); said != "" {
			return nil, errors.New("git: " + disk.ClipTo(said, 300))
		}
		return nil, errors.New("git " + args[0] + ": " + err.Error())
	case out.full:
		return nil, errors.New("git " + args[0] + " prints more than can be read")
	}
	return out.Bytes(), nil
}

// limited keeps so many bytes.
type limited struct {
	bytes.Buffer
	left int
	full bool
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.full = l.full || n < len(p)
	l.left -= n
	l.Buffer.Write(p[:n])
	return len(p), nil
}
