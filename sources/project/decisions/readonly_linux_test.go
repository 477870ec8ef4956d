package decisions

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
)

func TestReadOnlyRoot(t *testing.T) {
	for _, c := range []struct{ name, file string }{
		{"nothing there", ""},
		{"committed decisions", decisionsName},
		{"a lock of yesterday", lockName},
		{"all of it", journalName},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			want := 0
			if c.file != "" {
				disktest.Write(t, root, decisionsName, "decisions:\n  \"a\": {decision: include}\n")
				disktest.Write(t, root, ignoreName, gitignore)
				want = 1
			}
			if c.file == journalName || c.file == lockName {
				disktest.Write(t, root, c.file, "")
			}
			if c.file != "" {
				disktest.Must(t, os.Chmod(filepath.Join(root, config.Dir), 0o555))
			}
			disktest.OpenTo(t, root, 0o555)
			disktest.Unprivileged(t)

			s, b, warnings := open(t, root, Options{})
			if why, yes := s.ReadOnly(); !yes || !strings.Contains(why, "cannot be written") || len(*warnings) != 1 {
				t.Errorf("%v %q %v", yes, why, *warnings)
			}
			if b.Len() != want {
				t.Errorf("%d records, want %d", b.Len(), want)
			}
			disktest.Must(t, s.Save(b))
			if err := s.Append(b.Exclude([]string{"a"}, curate.Meta{})); !errors.Is(err, ErrReadOnly) {
				t.Error(err)
			}
		})
	}
}
