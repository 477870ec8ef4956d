package decisions

import (
	"errors"
	"strconv"
	"time"

	"darkroom/model/curate"
	"darkroom/sources/disk"
)

// lockedOut is why nothing can be kept while another darkroom is open.
const lockedOut = "another darkroom has this project open; close it and start this again (in the explorer: r)"

// Relock asks again for the lock that another darkroom had. When it is free now,
// decisions and journal are read again, because the other one may have changed them.
// Once take is called the store keeps what is decided in the book that comes back.
// Without a book nothing has changed.
func (s *Store) Relock() (book *curate.Book, take func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readOnly != lockedOut {
		return nil, nil, nil
	}
	if ok, err := s.lock.TryLock(); err != nil {
		return nil, nil, disk.Failed("lock", lockName, err)
	} else if !ok {
		return nil, nil, nil
	}
	s.sweep()
	s.journal.close() // of an earlier call, whose book was not taken
	s.readOnly = ""
	book, err = s.load()
	if err != nil {
		s.readOnly = lockedOut
	}
	if s.readOnly != "" { // or the folder is write-protected now
		return nil, nil, errors.Join(err, s.lock.Unlock())
	}
	s.readOnly = lockedOut
	return book, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.readOnly, s.newest, s.saved = "", 0, 0
		s.session = strconv.FormatInt(time.Now().UnixNano(), 36)
	}, nil
}

// sweep removes what other writers left, of which none is running any more.
func (s *Store) sweep() {
	disk.Sweep(s.root, decisionsName)
	disk.Sweep(s.root, seenName)
}
