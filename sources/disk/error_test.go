package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestErrorText(t *testing.T) {
	denied := &fs.PathError{Op: "open", Path: "/long/way/f.yml", Err: fs.ErrPermission}
	for _, c := range []struct {
		err  error
		want string
	}{
		{&Error{File: "f.yml", What: "unknown key", Fix: "take it out"}, "f.yml: unknown key; take it out"},
		{&Error{What: "decisions cannot be kept: full"}, "decisions cannot be kept: full"},
		{&Error{File: "m.json", Place: Place{Path: "nodes.a"}, What: "want a, got b at byte 3"}, "m.json: nodes.a: want a, got b at byte 3"},
		{
			&Error{File: "f.yml", Place: Place{Line: 12, Column: 3, Source: "  a\t: b"}, What: "no\ttab"},
			"f.yml:12:3: no\\ttab\n   12 |   a : b\n      |   ^",
		},
		{&Error{File: "f.yml", What: "not YAML", Err: errors.New("line one\nline\x1b two")}, "f.yml: not YAML: line one\nline\\x1b two"},
		{Failed("read", "f.yml", denied), "cannot read f.yml: permission denied; make it readable for you"},
		{Failed("write", "f.yml", denied), "cannot write f.yml: permission denied; make it writable for you, or use a copy of the project"},
		{Failed("write", "f.yml", syscall.ENOSPC), "cannot write f.yml: no space left on device; make room on the disk and try again, nothing is lost"},
		{Changed("f.yml", false, false), "f.yml: changed on disk since it was read; nothing was written, read it again"},
		{Changed("f.yml", true, false), "f.yml: removed on disk since it was read; nothing was written, read it again"},
		{Changed("f.yml", false, true), "f.yml: created on disk since it was read; nothing was written, read it again"},
	} {
		if diff := cmp.Diff(c.want, c.err.Error()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestErrorKinds(t *testing.T) {
	wrapped := fmt.Errorf("site: %w", Changed("f.yml", true, false))
	if !errors.Is(wrapped, ErrChanged) || errors.Is(wrapped, ErrInvalid) || errors.Is(&Error{}, ErrChanged) {
		t.Error("a kind is found through wrapping, and only its own")
	}
	if err := Failed("read", "f", &fs.PathError{Err: os.ErrNotExist}); !errors.Is(err, os.ErrNotExist) {
		t.Error("the cause is found, too")
	}
	if _, yes := WriteProtected(Failed("write", "f", syscall.EROFS)); !yes {
		t.Error("a read-only file system")
	}
	if why, yes := WriteProtected(errors.New("x")); yes || why != "" {
		t.Error("any other error", why)
	}
}
