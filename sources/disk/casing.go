package disk

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Spelling knows how names are written on disk. On Windows and macOS models/Sales.yml
// and models/sales.yml are one file, so that a second spelling is never made.
type Spelling struct {
	root    string
	folders map[string]map[string]string // by slash path: lower case → a name that is there
	exact   map[string]bool              // slash paths that are there as they are
}

// NewSpelling is for the files below a folder. A listing is read once.
func NewSpelling(root string) *Spelling {
	return &Spelling{root: root, folders: map[string]map[string]string{}, exact: map[string]bool{}}
}

// Of is the slash path with each part that differs only in case from one on disk
// written as it is there.
func (s *Spelling) Of(name string) string {
	dir, base := path.Split(name)
	if dir = strings.TrimSuffix(dir, "/"); dir != "" {
		dir = s.Of(dir)
	}
	there := s.list(dir)
	if name = path.Join(dir, base); s.exact[name] {
		return name
	}
	if other := there[strings.ToLower(base)]; other != "" {
		return path.Join(dir, other)
	}
	return name
}

func (s *Spelling) list(dir string) map[string]string {
	if there, known := s.folders[dir]; known {
		return there
	}
	there := map[string]string{}
	entries, _ := os.ReadDir(filepath.Join(s.root, filepath.FromSlash(dir))) // none: nothing is there
	for _, e := range entries {
		there[strings.ToLower(e.Name())] = e.Name()
		s.exact[path.Join(dir, e.Name())] = true
	}
	s.folders[dir] = there
	return there
}
