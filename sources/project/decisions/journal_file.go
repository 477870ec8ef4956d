package decisions

import (
	"os"

	"darkroom/sources/disk"
)

// journal appends to the file. The zero size is an empty or missing file.
type journal struct {
	path, name string // name is for messages
	f          *os.File
	size       int64 // of whole lines; what is beyond was torn
	unended    bool
}

// append writes one line in one call and waits until the disk has it. When that
// fails the file is as before.
func (j *journal) append(line []byte) error {
	if err := j.open(); err != nil {
		return disk.Failed("write", j.name, err)
	}
	if j.unended {
		line = append([]byte("\n"), line...)
	}
	n, err := j.f.Write(line)
	if err == nil {
		err = j.f.Sync()
	}
	if err != nil {
		_ = j.f.Truncate(j.size)
		return disk.Failed("write", j.name, err)
	}
	j.size, j.unended = j.size+int64(n), false
	return nil
}

// open opens the file at the first change, cuts a torn line off, and makes the
// file again when it was removed (git clean) while darkroom runs.
func (j *journal) open() error {
	if j.f != nil {
		have, err := j.f.Stat()
		want, gone := os.Stat(j.path)
		if err == nil && gone == nil && os.SameFile(have, want) {
			return nil
		}
		j.close()
		j.size, j.unended = 0, false
		if gone == nil { // there is another file now: add to it
			j.size = want.Size()
		}
	}
	f, err := disk.OpenOwn(j.path, os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > j.size {
		if err := f.Truncate(j.size); err != nil {
			f.Close()
			return err
		}
	}
	j.f = f
	return nil
}

// empty forgets all lines: they are in decisions.yml now.
func (j *journal) empty() error {
	if j.size == 0 && j.f == nil {
		return nil
	}
	if err := j.open(); err != nil {
		return err
	}
	if err := j.f.Truncate(0); err != nil {
		return err
	}
	j.size, j.unended = 0, false
	return j.f.Sync()
}

func (j *journal) close() {
	if j.f != nil {
		j.f.Close()
		j.f = nil
	}
}
