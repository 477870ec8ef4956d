package pages

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"darkroom/sources/disk"
)

// Head is the first line of the file.
type Head struct {
	Fingerprint string    `json:"fingerprint"` // of server, site, user and questions
	Started     time.Time `json:"started"`
}

// freshness is how long an interrupted fetch can be resumed.
const freshness = 6 * time.Hour

// File keeps records on disk, so that an interrupted fetch can resume: a head and
// then records, one JSON text a line, in the order of arrival. Without a path it
// keeps nothing.
type File struct {
	path string
	lock *flock.Flock

	mu   sync.Mutex
	f    *os.File
	some bool // records, not only the head
}

// errBusy is another process that writes the same snapshot.
var errBusy = errors.New("another darkroom sync is writing this snapshot; wait until it ends")

// Open returns the records of an interrupted fetch with the same
// fingerprint, if it is fresh. The last line may be cut off: it is dropped.
func Open(path string, h Head) (*File, []Record, error) {
	s := &File{path: path}
	if path == "" {
		return s, nil, nil
	}
	lock, ok, err := disk.Lock(path + ".lock")
	if err != nil {
		return nil, nil, disk.Failed("lock", path, err)
	}
	if !ok {
		return nil, nil, errBusy
	}
	s.lock = lock
	records, good, err := read(path, h)
	if err == nil {
		s.f, err = disk.OpenOwn(path, os.O_RDWR, 0o600)
	}
	if err == nil {
		err = s.f.Truncate(good)
	}
	if err == nil {
		_, err = s.f.Seek(good, io.SeekStart)
	}
	if err == nil && good == 0 {
		err = s.write(h)
	}
	if err != nil {
		return nil, nil, errors.Join(err, s.Close(false))
	}
	s.some = len(records) > 0
	return s, records, nil
}

// read reads until the first line that is incomplete and says how many
// bytes are good: 0 when the file is of no use.
func read(path string, want Head) (records []Record, good int64, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<20)
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return records, good, nil
		}
		if first {
			var h Head
			if json.Unmarshal(line, &h) != nil || h.Fingerprint != want.Fingerprint {
				return nil, 0, nil
			}
			if !(Left{Started: h.Started}).Fresh(want.Started) {
				return nil, 0, nil
			}
		} else {
			var r Record
			if json.Unmarshal(line, &r) != nil {
				return records, good, nil
			}
			records = append(records, r)
		}
		good += int64(len(line))
	}
}

// Add writes a record.
func (s *File) Add(r Record) error {
	if s.path == "" {
		return nil
	}
	return s.write(r)
}

func (s *File) write(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.f.Write(b.Bytes())
	_, isHead := v.(Head)
	s.some = s.some || !isHead
	return err
}

// Close keeps the file for a later fetch, if anything is in it, or removes it.
func (s *File) Close(keep bool) error {
	if s.path == "" {
		return nil
	}
	var errs []error
	if s.f != nil {
		errs = append(errs, s.f.Close())
	}
	if !keep || !s.some {
		errs = append(errs, disk.Remove(s.path))
	}
	return errors.Join(append(errs, s.lock.Unlock(), disk.Remove(s.path+".lock"))...)
}
