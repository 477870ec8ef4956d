package decisions

import (
	"bytes"
	"maps"

	"darkroom/model/curate"
	"darkroom/sources/disk"
)

// Append puts a change into the journal and returns when the disk has it. The
// order of calls does not matter, so each may run on a goroutine of its own; the
// changes have to come from the book that Open gave.
func (s *Store) Append(c curate.Change) error {
	s.mu.Lock()
	defer s.mu.Unlock()
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
// the book. When decisions.yml changed on disk in the meantime the
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
		s.disk, s.onDisk = data, maps.Collect(b.Records())
	}
	if err := s.saveSeen(b.Memory()); err != nil {
		return err
	}
	s.saved = b.Version()
	if s.newest > s.saved { // made since the clone was
		return nil
	}
	if err := s.keepBad(); err != nil {
		return err
	}
	if err := s.journal.empty(); err != nil {
		return disk.Failed("write", journalName, err)
	}
	return nil
}

// saveSeen writes seen.yml where it says something different.
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
// written, however it is formatted.
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
	if err := disk.AppendOwn(s.root, badJournal, append(bytes.Join(s.bad, []byte("\n")), '\n')); err != nil {
		return err
	}
	s.bad = nil
	return nil
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
