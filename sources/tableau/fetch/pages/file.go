package pages

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
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
// then records, one JSON text a line, in the order of arrival. A fetch leaves the texts of
// nodes there until it needs them. Without a path it keeps nothing.
type File struct {
	path string
	lock *flock.Flock

	mu   sync.Mutex
	f    *os.File
	size int64
	some bool   // records, not only the head
	text []byte // read last
	err  error  // the first of Text
}

// errBusy is another process that writes the same snapshot.
var errBusy = errors.New("another darkroom sync is writing this snapshot; wait until it ends")

// Open returns the records of an interrupted fetch with the same
// fingerprint, if it is fresh, to be read before any is added. The last line may be cut
// off: it is dropped.
func Open(path string, h Head) (*File, iter.Seq[Record], error) {
	s := &File{path: path}
	if path == "" {
		return s, func(func(Record) bool) {}, nil
	}
	lock, ok, err := disk.Lock(path + ".lock")
	if err != nil {
		return nil, nil, disk.Failed("lock", path, err)
	}
	if !ok {
		return nil, nil, errBusy
	}
	s.lock = lock
	good, err := read(path, h, func(Record) bool { s.some = true; return true })
	if err == nil {
		s.f, err = disk.OpenOwn(path, os.O_RDWR, 0o600)
	}
	if err == nil {
		err = s.f.Truncate(good)
	}
	if err == nil {
		_, err = s.f.Seek(good, io.SeekStart)
	}
	if s.size = good; err == nil && good == 0 {
		_, _, err = s.write(h)
	}
	if err != nil {
		return nil, nil, errors.Join(err, s.Close(false))
	}
	return s, func(yield func(Record) bool) { _, _ = read(path, h, yield) }, nil // a moment ago it could be read
}

// read calls yield with each record until the first line that is incomplete, and says how
// many bytes are good: 0 when the file is of no use.
func read(path string, want Head, yield func(Record) bool) (good int64, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<20)
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return good, nil
		}
		if first {
			var h Head
			if json.Unmarshal(line, &h) != nil || h.Fingerprint != want.Fingerprint {
				return 0, nil
			}
			if !(Left{Started: h.Started}).Fresh(want.Started) {
				return 0, nil
			}
		} else {
			var r Record
			if json.Unmarshal(line, &r) != nil {
				return good, nil
			}
			if r.place(line, good); !yield(r) {
				return good, nil
			}
		}
		good += int64(len(line))
	}
}

// Add writes a record, and gives it with the places of its nodes.
func (s *File) Add(r Record) (Record, error) {
	if s.path == "" {
		return r, nil
	}
	line, at, err := s.write(r)
	if err == nil {
		r.place(line, at)
	}
	return r, err
}

// write writes a line, and says where it is.
func (s *File) write(v any) (line []byte, at int64, err error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.f.Write(b.Bytes())
	at = s.size
	s.size += int64(b.Len())
	_, isHead := v.(Head)
	s.some = s.some || !isHead
	return b.Bytes(), at, err
}

// Text is n bytes at a place. What cannot be read is {}, and an error of Err.
func (s *File) Text(at int64, n int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = slices.Grow(s.text[:0], n)[:n]
	if _, err := s.f.ReadAt(s.text, at); err != nil {
		if s.err == nil {
			s.err = disk.Failed("read", s.path, err)
		}
		return "{}"
	}
	return string(s.text)
}

// Err is why a text could not be read.
func (s *File) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
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
