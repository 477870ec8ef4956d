package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"

	"darkroom/model"
	"darkroom/model/sitediff"
	"darkroom/sources/disk"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/api"
)

// Job is one site to bring up to date.
type Job struct {
	API     api.Config
	Options Options // Scratch is set by Sync
	File    string  // the snapshot
	// AcceptSmaller allows a worse answer to replace the snapshot; DryRun writes nothing.
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
}

// Sync fetches a site and replaces its snapshot, unless the new one looks worse
// than the old (sitediff.Diff.Worse). After an error or a cancelled ctx the old
// snapshot is kept, and what was fetched is kept for the next time. Errors hold no
// secrets.
func Sync(ctx context.Context, job Job) (res Result, err error) {
	job.API.Downloads = job.Options.Download
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
	old, err := readOld(ctx, job.File)
	if err != nil {
		return res, err
	}
	job.Options.Earlier = old.earlier
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
	res.Bytes = b.Len()
	res.Snapshot.forget()
	runtime.GC() // a large site has to fit into memory once, not once for each step
	if res.Site, _, err = tableau.Read(ctx, job.File, b.Bytes()); err != nil {
		return res, fmt.Errorf("the new snapshot cannot be read back: %w", err)
	}
	runtime.GC()
	res.noteFiles(job.Options.Download)
	res.First = old.site == nil
	res.noteColumns(old.site)
	if res.Diff, err = sitediff.Compare(ctx, old.site, res.Site); err != nil {
		return res, err
	}
	if !job.AcceptSmaller {
		res.Refused = res.reasonsToRefuse()
	}
	keep = false
	if !job.DryRun && len(res.Refused) == 0 {
		if err := disk.WriteFileAtomic(job.File, b.Bytes(), old.data); err != nil {
			keep = true
			return res, err
		}
		res.Written = true
	}
	return res, nil
}

// oldSnapshot is the present one. A damaged file has data and nothing else.
type oldSnapshot struct {
	data    []byte
	site    *model.Site
	earlier Earlier
}

func readOld(ctx context.Context, file string) (old oldSnapshot, err error) {
	if old.data, err = disk.ReadFile(file); err != nil || old.data == nil {
		return old, err
	}
	site, content, err := tableau.Read(ctx, file, old.data)
	if err != nil {
		return old, ctx.Err() // a damaged file is replaced
	}
	old.site, old.earlier = site, EarlierOf(content)
	return old, nil
}
