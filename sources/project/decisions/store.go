package decisions

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"darkroom/model/curate"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
)

// Options are for [Open]; the zero value is fine.
type Options struct {
	// ReadOnly is for commands that only look: nothing is made, locked or written.
	ReadOnly bool
	// Refuse says why decisions cannot be kept here, if they cannot: nothing is made,
	// locked or written.
	Refuse string
	// Warn gets what you should know although it does not keep darkroom from
	// working: a journal line that cannot be read, or why decisions cannot be kept.
	Warn func(error)
}

// Store is the folder .darkroom of a project, open. Its methods may be called
// from several goroutines.
type Store struct {
	root     string
	readOnly string // why; empty when decisions can be kept
	warn     func(error)
	replayed int

	mu      sync.Mutex
	lock    *flock.Flock
	journal journal
	bad     [][]byte
	session string
	newest  uint64 // version of the newest change in the journal
	saved   uint64 // version of the book in decisions.yml

	file   *decisionsFile
	onDisk map[string]curate.Record // what decisions.yml says
	disk   []byte                   // its bytes; nil when there is no file

	memory   curate.Memory // what seen.yml says
	seenDisk []byte        // its bytes; nil when there is no file
}

// Open reads decisions.yml and, on top of it, the journal, and takes the
// lock of the project. Where it cannot write (a read-only folder, another
// darkroom) it still opens, and [Store.ReadOnly] says why. It fails when a file
// is there that it does not understand, because saving would lose it.
func Open(root string, opt Options) (*Store, *curate.Book, error) {
	s := &Store{root: root, session: strconv.FormatInt(time.Now().UnixNano(), 36), warn: opt.Warn}
	if s.warn == nil {
		s.warn = func(error) {}
	}
	switch {
	case opt.ReadOnly:
		s.readOnly = "this command only reads"
	case opt.Refuse != "":
		s.readOnly = opt.Refuse
	}
	if s.readOnly != "" {
		// nothing to prepare
	} else if err := s.prepare(); err != nil {
		return nil, nil, err
	}
	book, err := s.load()
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	if s.readOnly != "" && !opt.ReadOnly {
		s.warn(s.refusal())
	}
	return s, book, nil
}

// prepare makes the folder and takes the lock.
func (s *Store) prepare() error {
	lock, err := disk.Own(s.root, lockName)
	if err != nil {
		return err
	}
	for _, f := range [...]struct{ name, text string }{{ignoreName, gitignore}, {mergeName, gitattributes}} {
		path, err := disk.Inside(s.root, f.name)
		if err != nil {
			return err
		}
		if err := disk.MakeFile(path, f.text); err != nil {
			return s.noWrite(err)
		}
	}
	var ok bool
	s.lock, ok, err = disk.Lock(lock)
	_, protected := disk.WriteProtected(err)
	switch {
	case protected:
		return s.noWrite(err)
	case err != nil: // no locks on this file system
		s.warn(&disk.Error{Doing: "lock", File: lockName, Err: err, Fix: "open this project in one darkroom at a time"})
	case ok:
		s.sweep()
	default:
		s.readOnly = lockedOut
	}
	return nil
}

// noWrite makes the store read-only when that is what err means.
func (s *Store) noWrite(err error) error {
	why, protected := disk.WriteProtected(err)
	if !protected {
		return disk.Failed("write", filepath.Join(s.root, config.Dir), err)
	}
	s.readOnly = "the folder " + config.Dir + " cannot be written (" + why + ")"
	return nil
}

// load reads decisions.yml and the journal.
func (s *Store) load() (*curate.Book, error) {
	data, err := disk.ReadInside(s.root, decisionsName)
	if err != nil {
		return nil, err
	}
	s.disk, s.file = data, newDecisions()
	if data != nil {
		if s.file, err = parseDecisions(decisionsName, data); err != nil {
			return nil, err
		}
	}
	s.onDisk = s.file.records()
	lines, err := disk.ReadInside(s.root, journalName)
	if err != nil {
		return nil, err
	}
	path, err := disk.Own(s.root, journalName)
	if err != nil {
		return nil, err
	}
	past := parseJournal(journalName, lines)
	s.journal = journal{path: path, name: journalName, size: past.size, unended: past.unended}
	if s.readOnly == "" {
		if err := s.journal.open(); err != nil {
			if err = s.noWrite(err); err != nil {
				return nil, err
			}
		}
	}
	for _, problem := range past.problems {
		s.warn(problem)
	}
	s.bad, s.replayed = past.bad, len(past.lines)
	if s.seenDisk, err = disk.ReadInside(s.root, seenName); err != nil {
		return nil, err
	}
	now := time.Now()
	late := dates{file: seenName, now: now}
	if s.memory, err = parseSeen(seenName, s.seenDisk, &late); err != nil {
		return nil, err
	}
	s.warnOfDates(now, past, &late)
	records, seen := maps.Clone(s.onDisk), maps.Clone(s.memory.Seen)
	replay(past.lines, records, seen)
	book := curate.New(records)
	book.Remember(curate.Memory{Seen: seen, Sites: s.memory.Sites})
	return book, nil
}

// Unsaved is the file of the changes since the last save; empty when there are none.
func (s *Store) Unsaved() string {
	if info, err := os.Stat(s.journal.path); err != nil || info.Size() == 0 {
		return ""
	}
	return s.journal.path
}

// ReadOnly says why decisions cannot be kept, if they cannot.
func (s *Store) ReadOnly() (reason string, yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.readOnly, s.readOnly != ""
}

// ErrReadOnly is the kind of error that refuses to keep decisions.
var ErrReadOnly = errors.New("decisions cannot be kept")

// refusal says why decisions cannot be kept.
func (s *Store) refusal() error {
	return &disk.Error{Kind: ErrReadOnly, What: "decisions cannot be kept: " + s.readOnly}
}

// Found reports that decisions are kept here. If not, undecided says nothing.
func (s *Store) Found() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.disk != nil || s.replayed > 0
}

// In reports that a project has a decisions.yml of its own.
func In(root string) bool {
	data, err := disk.ReadInside(root, decisionsName)
	return err == nil && data != nil
}

// Replayed is the number of changes that came from the journal: made in a session
// that ended before it saved.
func (s *Store) Replayed() int { return s.replayed }
