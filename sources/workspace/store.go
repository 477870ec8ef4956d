package workspace

import (
	"bytes"
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
)

// The files of the folder [Dir].
const (
	decisionsName = Dir + "/decisions.yml"
	journalName   = Dir + "/journal"
	lockName      = Dir + "/lock"
	ignoreName    = Dir + "/.gitignore"
	mergeName     = Dir + "/.gitattributes"
)

const gitignore = `# Written by darkroom: what stays on this machine. The rest belongs into git.
/journal*
/lock
/snapshots/
`

// gitattributes: git takes lines that stand beside each other for a conflict.
// Here each is a dashboard of its own, so the lines of both sides are kept; the
// same dashboard decided twice is told with its lines.
const gitattributes = `# Written by darkroom: two people decide about different dashboards without a conflict.
/decisions.yml merge=union
/seen.yml merge=union
`

// StoreOptions are for [OpenStore]; the zero value is fine.
type StoreOptions struct {
	// ReadOnly is for commands that only look: nothing is made, locked or written.
	ReadOnly bool
	// Warn is told what a person should know though nothing keeps darkroom from
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

// OpenStore reads decisions.yml and, on top of it, the journal, and takes the
// lock of the project. Where it cannot write (a read-only folder, another
// darkroom) it still opens, and [Store.ReadOnly] says why. It fails when a file
// is there that it does not understand, because saving would lose it.
func OpenStore(root string, opt StoreOptions) (*Store, *curate.Book, error) {
	s := &Store{root: root, session: strconv.FormatInt(time.Now().UnixNano(), 36), warn: opt.Warn}
	if s.warn == nil {
		s.warn = func(error) {}
	}
	if opt.ReadOnly {
		s.readOnly = "this command only reads"
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
	lock, err := disk.Inside(s.root, lockName)
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
	s.lock = flock.New(lock, flock.SetPermissions(0o644))
	ok, err := s.lock.TryLock()
	_, protected := disk.WriteProtected(err)
	switch {
	case protected:
		return s.noWrite(err)
	case err != nil: // no locks on this file system
		s.warn(&disk.Error{Doing: "lock", File: lockName, Err: err, Fix: "open this project in one darkroom at a time"})
	case !ok:
		s.readOnly = "another darkroom has this project open; close it, then start this one again"
	}
	return nil
}

// noWrite makes the store read-only when that is what err means.
func (s *Store) noWrite(err error) error {
	why, protected := disk.WriteProtected(err)
	if !protected {
		return disk.Failed("write", filepath.Join(s.root, Dir), err)
	}
	s.readOnly = "the folder " + Dir + " cannot be written (" + why + ")"
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
	path, err := disk.Inside(s.root, journalName)
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
	if s.memory, err = parseSeen(seenName, s.seenDisk); err != nil {
		return nil, err
	}
	records, seen := maps.Clone(s.onDisk), maps.Clone(s.memory.Seen)
	replay(past.lines, records, seen)
	book := curate.New(records)
	book.Remember(curate.Memory{Seen: seen, Sites: s.memory.Sites})
	return book, nil
}

// ReadOnly says why decisions cannot be kept, if they cannot.
func (s *Store) ReadOnly() (reason string, yes bool) { return s.readOnly, s.readOnly != "" }

// ErrReadOnly is the kind of error that refuses to keep decisions.
var ErrReadOnly = errors.New("decisions cannot be kept")

// refusal says why decisions cannot be kept.
func (s *Store) refusal() error {
	return &disk.Error{Kind: ErrReadOnly, What: "decisions cannot be kept: " + s.readOnly}
}

// Replayed is the number of changes that came from the journal: made in a session
// that ended before it saved.
func (s *Store) Replayed() int { return s.replayed }

// Append puts a change into the journal and returns when the disk has it. The
// order of calls does not matter, so each may run on a goroutine of its own; the
// changes have to come from the book that OpenStore gave.
func (s *Store) Append(c curate.Change) error {
	if s.readOnly != "" {
		return s.refusal()
	}
	if c.Empty() {
		return nil
	}
	line, err := newJournalLine(s.session, c)
	if err != nil {
		return disk.Failed("write", journalName, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Version <= s.saved { // overtaken by a Save that has it
		return nil
	}
	if err := s.journal.append(line); err != nil {
		return err
	}
	s.newest = max(s.newest, c.Version)
	return nil
}

// Save writes decisions.yml and empties the journal. Give a goroutine a clone of
// the book. When decisions.yml was changed by somebody else in the meantime the
// error is a [disk.ErrChanged]; the journal stays and goes on top of the new file
// at the next start.
func (s *Store) Save(b *curate.Book) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	same := s.same(b)
	if s.readOnly != "" {
		if same {
			return nil
		}
		return s.refusal()
	}
	if !same {
		data := s.file.render(b)
		if err := disk.WriteInside(s.root, decisionsName, data, s.disk); err != nil {
			return err
		}
		s.disk, s.onDisk = data, maps.Collect(b.All())
	}
	if err := s.saveSeen(b.Memory()); err != nil {
		return err
	}
	s.saved = b.Version()
	if s.newest > s.saved { // made since the clone was
		return nil
	}
	if err := s.keepBad(); err != nil {
		return disk.Failed("write", badJournal, err)
	}
	if err := s.journal.empty(); err != nil {
		return disk.Failed("write", journalName, err)
	}
	return nil
}

// saveSeen writes seen.yml where it says something else.
func (s *Store) saveSeen(m curate.Memory) error {
	if sameMemory(m, s.memory) {
		return nil
	}
	data := renderSeen(m)
	if err := disk.WriteInside(s.root, seenName, data, s.seenDisk); err != nil {
		return err
	}
	s.seenDisk, s.memory = data, curate.Memory{Seen: maps.Clone(m.Seen), Sites: maps.Clone(m.Sites)}
	return nil
}

// same reports whether decisions.yml says what the book says: then it is not
// written, however somebody formatted it.
func (s *Store) same(b *curate.Book) bool {
	if b.Len() != len(s.onDisk) {
		return false
	}
	for key, r := range s.onDisk {
		if b.Get(key) != r {
			return false
		}
	}
	return true
}

// keepBad saves the lines that could not be read from being emptied away.
func (s *Store) keepBad() error {
	if len(s.bad) == 0 {
		return nil
	}
	path := filepath.Join(filepath.Dir(s.journal.path), badJournal)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(bytes.Join(s.bad, []byte("\n")), '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		s.bad = nil
	}
	return err
}

// Close gives the lock back. What was not saved is in the journal.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.close()
	if s.lock == nil {
		return nil
	}
	return s.lock.Close()
}
