package disk

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"darkroom/sources/disk/disktest"
)

// A private file is yours alone from its first moment, also where it was not before.
func TestWritePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has no such permissions")
	}
	file := filepath.Join(t.TempDir(), "state", "darkroom", "f.yml")
	mode := func(path string) os.FileMode {
		t.Helper()
		info, err := os.Stat(path)
		disktest.Must(t, err)
		return info.Mode().Perm()
	}
	disktest.Must(t, WritePrivate(file, []byte("a"), nil))
	if mode(file) != 0o600 || mode(filepath.Dir(file)) != 0o700 {
		t.Errorf("%v in %v", mode(file), mode(filepath.Dir(file)))
	}
	disktest.Must(t, os.Chmod(file, 0o644))
	disktest.Must(t, WritePrivate(file, []byte("b"), []byte("a")))
	if data, err := os.ReadFile(file); mode(file) != 0o600 || string(data) != "b" || err != nil {
		t.Errorf("%v %q %v", mode(file), data, err)
	}
	for _, old := range [][]byte{nil, []byte("a")} {
		if err := WritePrivate(file, []byte("c"), old); !errors.Is(err, ErrChanged) {
			t.Errorf("%q: %v", old, err)
		}
	}
}

func TestStateFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for xdg, want := range map[string]string{"/state": "/state/darkroom/f", "": "", "relative": ""} {
		t.Setenv("XDG_STATE_HOME", xdg)
		got, err := StateFile("f")
		if want == "" {
			want = filepath.Join(home, ".local", "state", "darkroom", "f")
			if runtime.GOOS != "linux" {
				continue
			}
		}
		if got != want && runtime.GOOS != "windows" || err != nil {
			t.Errorf("%q: %s, %v", xdg, got, err)
		}
	}
}
