package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"darkroom/model"
	"darkroom/model/sitediff"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/api"
	"darkroom/sources/workspace"
)

// Job is one site to bring up to date.
type Job struct {
	API     api.Config
	Options Options // Scratch is set by Sync
	File    string  // the snapshot
	// AcceptSmaller lets a worse answer replace the snapshot; DryRun lets nothing.
	AcceptSmaller, DryRun bool
	// Connected is called after sign-in, with warnings about the connection.
	Connected func(info api.Info, warnings []string)
}

// Result is what came of a job.
type Result struct {
	Snapshot *Snapshot
	Site     *model.Site   // as the new snapshot reads
	Diff     sitediff.Diff // from the snapshot that was there
	First    bool          // there was none that can be read
	Refused  []string      // why the old snapshot was kept, if that is so
	Written  bool
	Bytes    int // of the new snapshot
	Took     time.Duration
}

// Sync fetches a site and replaces its snapshot, unless the new one looks worse
// than the old (sitediff.Diff.Worse). After an error or a cancelled ctx the old
// snapshot stands, and what was fetched is kept for the next time. Errors hold no
// secrets.
func Sync(ctx context.Context, job Job) (res Result, err error) {
	start := time.Now()
	client, err := api.New(job.API)
	if err != nil {
		return res, err
	}
	defer func() { _ = client.Close(ctx) }() // the session dies by itself, too
	info, err := client.Info(ctx)
	if err != nil {
		return res, err
	}
	if job.Connected != nil {
		job.Connected(info, client.Warnings())
	}
	before, earlier, err := readOld(ctx, job.File)
	if err != nil {
		return res, err
	}
	job.Options.Scratch = pagesName(job.File)
	if res.Snapshot, err = Fetch(ctx, client, job.Options); err != nil {
		return res, err
	}
	keep := true // until the snapshot is safe
	defer func() { err = errors.Join(err, res.Snapshot.Done(keep)) }()
	var b bytes.Buffer
	if _, err := res.Snapshot.WriteTo(&b); err != nil {
		return res, err
	}
	res.Snapshot.forget()
	res.Bytes = b.Len()
	if res.Site, err = parse(ctx, job.File, b.Bytes()); err != nil {
		return res, fmt.Errorf("the new snapshot cannot be read back: %w", err)
	}
	res.First, res.Diff = earlier == nil, sitediff.Compare(earlier, res.Site)
	if !job.AcceptSmaller {
		res.Refused = res.Diff.Worse()
	}
	keep = false
	if !job.DryRun && len(res.Refused) == 0 {
		if err := workspace.WriteFileAtomic(job.File, b.Bytes(), before); err != nil {
			keep = true
			return res, err
		}
		res.Written = true
	}
	res.Took = time.Since(start)
	return res, nil
}

// readOld is the present snapshot: its bytes, and the site if it can be read.
func readOld(ctx context.Context, file string) ([]byte, *model.Site, error) {
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	}
	site, err := parse(ctx, file, data)
	if err != nil {
		return data, nil, ctx.Err() // a damaged file is as good as none
	}
	return data, site, nil
}

// parse reads a snapshot that is in memory.
func parse(ctx context.Context, name string, data []byte) (*model.Site, error) {
	sites, err := tableau.Load(ctx, []string{name}, tableau.Options{FS: inMemory{data}})
	if err != nil {
		return nil, err
	}
	if len(sites) != 1 {
		return nil, fmt.Errorf("%s: %d sites in one snapshot", name, len(sites))
	}
	return sites[0], nil
}

// inMemory is a file system of one file, whatever its name.
type inMemory struct{ data []byte }

// Open implements fs.FS.
func (m inMemory) Open(name string) (fs.File, error) {
	return &memoryFile{Reader: bytes.NewReader(m.data), name: name}, nil
}

type memoryFile struct {
	*bytes.Reader
	name string
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memoryFile) Close() error               { return nil }
func (f *memoryFile) Name() string               { return f.name }
func (f *memoryFile) Mode() fs.FileMode          { return 0o444 }
func (f *memoryFile) ModTime() time.Time         { return time.Time{} }
func (f *memoryFile) IsDir() bool                { return false }
func (f *memoryFile) Sys() any                   { return nil }
