package git

import (
	"bytes"
	"context"
	"crypto/sha1" // what git names objects with
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"darkroom/sources/disk"
)

// File is one that differs.
type File struct {
	Path   string // below the folder that was asked for, with forward slashes
	Before string // hash of the object it was; empty of a new one
	After  string // of what it is; empty of one that is gone
}

// Changes are the files that differ.
type Changes struct {
	Files      []File // by path
	Submodules []string
}

// Changed are the files of a folder in the work tree that differ from a commit, those that
// are not committed and not ignored included. Wanted says which paths matter.
func (r *Repo) Changed(ctx context.Context, commit, folder string, wanted func(path string) bool) (*Changes, error) {
	prefix, err := r.prefix(folder)
	if err != nil {
		return nil, err
	}
	before, modules, err := r.tree(ctx, commit, prefix, wanted)
	if err != nil {
		return nil, err
	}
	now, absent, err := r.present(ctx, prefix, wanted)
	if err != nil {
		return nil, err
	}
	out := &Changes{Submodules: modules}
	all := maps.Clone(now)
	for name := range before {
		all[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		was := before[name]
		if absent[name] && was != "" { // not checked out
			continue
		}
		after, same, err := r.compare(ctx, path.Join(prefix, name), was, len(commit))
		if err != nil {
			return nil, err
		}
		if !same && (after != "" || was != "") {
			out.Files = append(out.Files, File{Path: name, Before: was, After: after})
		}
	}
	return out, nil
}

// prefix is a folder as git names it: "" for the top, "dbt" below it.
func (r *Repo) prefix(folder string) (string, error) {
	abs, err := filepath.Abs(folder)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	top, err2 := filepath.EvalSymlinks(r.top)
	if err = errors.Join(err, err2); err != nil {
		return "", disk.Failed("find", folder, err)
	}
	rel, err := filepath.Rel(top, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", &disk.Error{Kind: disk.ErrInvalid, File: folder, What: "lies outside of the git repository " + r.top}
	}
	if rel == "." {
		return "", nil
	}
	return filepath.ToSlash(rel), nil
}

// below is a path of the repository below a prefix.
func below(name, prefix string) (string, bool) {
	if prefix == "" {
		return name, true
	}
	return strings.CutPrefix(name, prefix+"/")
}

// tree lists the files of a commit with their objects.
func (r *Repo) tree(ctx context.Context, commit, prefix string, wanted func(string) bool) (files map[string]string, modules []string, err error) {
	args := []string{"ls-tree", "-r", "-z", "--full-tree", commit}
	if prefix != "" {
		args = append(args, "--", prefix)
	}
	out, err := run(ctx, r.top, args...)
	if err != nil {
		return nil, nil, err
	}
	files = map[string]string{}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		meta, name, ok := strings.Cut(entry, "\t")
		fields := strings.Fields(meta)
		name, inside := below(name, prefix)
		if !ok || !inside || len(fields) != 3 || !isHash(fields[2]) {
			continue
		}
		switch {
		case fields[1] == "commit":
			modules = append(modules, name)
		case wanted(name):
			files[name] = fields[2]
		}
	}
	return files, modules, nil
}

// present lists the files that git knows or would add; absent are those that a sparse
// checkout leaves out.
func (r *Repo) present(ctx context.Context, prefix string, wanted func(string) bool) (files, absent map[string]bool, err error) {
	files, absent = map[string]bool{}, map[string]bool{}
	where := prefix
	if where == "" {
		where = "."
	}
	for _, how := range [][]string{{"-v"}, {"-v", "--others", "--exclude-standard"}} {
		out, err := run(ctx, r.top, slices.Concat([]string{"ls-files", "-z", "--full-name"}, how, []string{"--", where})...)
		if err != nil {
			return nil, nil, err
		}
		for entry := range strings.SplitSeq(string(out), "\x00") {
			tag, name, ok := strings.Cut(entry, " ")
			name, inside := below(name, prefix)
			if !ok || !inside || !wanted(name) {
				continue
			}
			files[name] = true
			absent[name] = strings.EqualFold(tag, "s")
		}
	}
	return files, absent, nil
}

// compare compares a file of the work tree with an object, whose names have this length.
// Line ends of Windows and what Git LFS keeps elsewhere make no difference. After is empty
// when the file is not there.
func (r *Repo) compare(ctx context.Context, name, object string, length int) (after string, same bool, err error) {
	content, err := r.read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	after = blobHash(content, length)
	switch {
	case object == "":
		return after, false, nil
	case after == object, blobHash(unixLines(content), length) == object:
		return after, true, nil
	}
	before, err := r.Blob(ctx, object)
	if ctx.Err() != nil {
		return "", false, ctx.Err()
	}
	if err != nil { // a clone without it: another hash is another content
		return after, false, nil //nolint:nilerr
	}
	sum := sha256.Sum256(content)
	pointer := bytes.HasPrefix(before, []byte("version https://git-lfs")) && bytes.Contains(before, []byte("oid sha256:"+hex.EncodeToString(sum[:])))
	return after, pointer || bytes.Equal(unixLines(before), unixLines(content)), nil
}

func unixLines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// largest is what a file may have.
const largest = 512 << 20

// read reads a file of the work tree, of a link its target, as git does.
func (r *Repo) read(name string) ([]byte, error) {
	full := filepath.Join(r.top, filepath.FromSlash(name))
	info, err := os.Lstat(full)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		if isNotFolder(err) {
			return nil, fs.ErrNotExist
		}
		return nil, disk.Failed("read", full, err)
	case err != nil:
		return nil, fs.ErrNotExist
	case info.Mode()&fs.ModeSymlink != 0:
		to, err := os.Readlink(full)
		return []byte(filepath.ToSlash(to)), err
	case !info.Mode().IsRegular():
		return nil, fs.ErrNotExist
	}
	f, err := os.Open(full)
	if err != nil {
		return nil, disk.Failed("read", full, err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err == nil && len(content) > largest {
		err = errors.New("larger than 512 MiB")
	}
	if err != nil {
		return nil, disk.Failed("read", full, err)
	}
	return content, nil
}

// isNotFolder reports a path through a file.
func isNotFolder(err error) bool { return strings.HasSuffix(err.Error(), "not a directory") }

// blobHash is git's name of a content, in the hash that has names of this length.
func blobHash(content []byte, length int) string {
	h := sha1.New()
	if length == hex.EncodedLen(sha256.Size) {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", len(content))
	h.Write(content)
	return hex.EncodeToString(h.Sum(nil))
}
