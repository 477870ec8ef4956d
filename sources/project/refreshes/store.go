package refreshes

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"darkroom/model/refresh"
	"darkroom/sources/disk"
	"darkroom/sources/pause"
	"darkroom/sources/project/config"
)

// dir is the folder of records.
const dir = config.Dir + "/refreshes"

// Store reads and writes the records of a project. Several runs may use it at once, in
// one process or in several.
type Store struct {
	root     string
	readOnly bool
}

// Open is the store of a project; nothing is made before something is written.
func Open(root string) *Store { return &Store{root: root} }

// View is a store that writes nothing: what would be noted is forgotten.
func View(root string) *Store { return &Store{root: root, readOnly: true} }

// Read is the record of an extract, the zero one where there is none.
func (s *Store) Read(key refresh.Key) (Record, error) {
	r, _, err := s.read(dir + "/" + nameOf(key))
	return r, err
}

func (s *Store) read(name string) (Record, []byte, error) {
	path, err := disk.Own(s.root, name)
	if err != nil {
		return Record{}, nil, err
	}
	data, err := disk.ReadFile(path)
	if err != nil {
		return Record{}, nil, disk.Failed("read", name, err)
	}
	if data == nil {
		return Record{}, nil, nil
	}
	r, err := decode(data)
	if err != nil {
		return r, nil, &disk.Error{
			Doing: "read", File: name, What: "it is not a record of a refresh", Err: err,
			Fix: "see whether the server refreshes that extract now, then delete the file",
		}
	}
	return r, data, nil
}

// Started are the times of all requests of the last hour for a site.
func (s *Store) Started(site string) ([]time.Time, error) {
	folder := dir + "/" + folderOf(site)
	path, err := disk.Inside(s.root, folder)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, disk.Failed("read", folder, err)
	}
	var all []time.Time
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		r, _, err := s.read(folder + "/" + e.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, r.began()...)
	}
	return all, nil
}

// Claim writes down that a refresh is about to be asked for, unless another run has done
// so since known was read: then claimed is false, and the record is the other's.
func (s *Store) Claim(ctx context.Context, key refresh.Key, name string, known Record, now time.Time) (r Record, claimed bool, err error) {
	err = s.change(ctx, key, func(r *Record) bool {
		if r.ID != known.ID {
			return false
		}
		r.ask(key, name, now)
		claimed = true
		return true
	}, &r)
	return r, claimed && err == nil, err
}

// Note adds to the record of the request with this id; that of another one is left as it is.
func (s *Store) Note(ctx context.Context, key refresh.Key, id string, add func(*Record)) (r Record, err error) {
	err = s.change(ctx, key, func(r *Record) bool {
		if r.ID != id || id == "" {
			return false
		}
		add(r)
		return true
	}, &r)
	return r, err
}

// change reads a record, lets it be changed, and writes it, while no other run does.
func (s *Store) change(ctx context.Context, key refresh.Key, change func(*Record) bool, out *Record) error {
	if s.readOnly {
		r, err := s.Read(key)
		if err == nil {
			change(&r)
			*out = r
		}
		return err
	}
	ctx, done, err := disk.Begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	lock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer lock.Unlock() //nolint:errcheck // closing it is all that matters
	name := dir + "/" + nameOf(key)
	r, old, err := s.read(name)
	if err != nil {
		return err
	}
	changed := change(&r)
	*out = r
	if !changed {
		return nil
	}
	return disk.WriteInside(s.root, name, r.encode(), old)
}

// How long another run may have the lock, which it needs for a few file accesses, and how
// often it is tried.
const (
	patience = 30 * time.Second
	between  = 10 * time.Millisecond
)

func (s *Store) lock(ctx context.Context) (*flock.Flock, error) {
	const name = dir + "/lock"
	path, err := disk.Own(s.root, name)
	if err != nil {
		return nil, err
	}
	// The folder keeps itself out of git, also where an older .gitignore does not.
	if err := disk.MakeFile(filepath.Join(filepath.Dir(path), ".gitignore"), "# Written by darkroom: what stays on this machine.\n*\n"); err != nil {
		return nil, disk.Failed("write", dir, err)
	}
	for waited := time.Duration(0); ; waited += between {
		lock, ok, err := disk.Lock(path)
		switch {
		case err != nil:
			return nil, disk.Failed("lock", name, err)
		case ok:
			return lock, nil
		case waited >= patience:
			return nil, &disk.Error{Doing: "lock", File: name, What: "another darkroom has it", Fix: "try again when that one has ended"}
		}
		_ = lock.Close() // it was not locked
		if err := pause.For(ctx, between); err != nil {
			return nil, err
		}
	}
}
