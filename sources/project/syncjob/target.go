package syncjob

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/tableau/snapshot"
)

// Target is the file that a sync of a site may write: inside of the project, whatever
// darkroom.yml and links say, or the one that the command line gives. It is a snapshot of
// darkroom's, or not there yet; a sync that only looks may compare with any file.
func Target(conf *config.Config, s config.Site, opt Options) (file string, err error) {
	if opt.Snapshot != "" {
		file, err = filepath.Abs(opt.Snapshot)
	} else {
		file, err = insideProject(conf, s, File(conf, s))
	}
	if err == nil && !opt.DryRun {
		err = replaceable(conf, file)
	}
	return file, err
}

func insideProject(conf *config.Config, s config.Site, file string) (string, error) {
	name, err := filepath.Rel(conf.Root, file)
	if err == nil {
		file, err = disk.Inside(conf.Root, filepath.ToSlash(name))
	}
	if err == nil {
		return file, nil
	}
	var why *disk.Error
	if !errors.As(err, &why) {
		return "", err
	}
	return "", &disk.Error{
		Kind: disk.ErrInvalid, File: conf.File, What: fmt.Sprintf("site %s: snapshot %s: %s", s.Name, s.Snapshot, why.What), Err: why.Err,
		Fix: "name a file of the project, or give this one to the command: darkroom sync --snapshot FILE SITE",
	}
}

// replaceable refuses a file that is there and was not written by a sync. In darkroom's
// own folder there is nothing else to lose.
func replaceable(conf *config.Config, file string) error {
	f, err := disk.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return disk.Failed("replace", file, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return disk.Failed("replace", file, err)
	}
	if info.Mode().IsRegular() && (info.Size() == 0 || own(conf, file) || snapshot.IsSnapshot(f)) {
		return nil
	}
	return &disk.Error{
		Kind: disk.ErrInvalid, Doing: "replace", File: file, What: "it is not a snapshot that darkroom sync wrote",
		Fix: "name another file as the snapshot, or move this one away",
	}
}

// own reports a file in the folder of snapshots.
func own(conf *config.Config, file string) bool {
	dir, err := disk.Inside(conf.Root, config.Dir+"/snapshots")
	return err == nil && filepath.Dir(file) == dir
}
