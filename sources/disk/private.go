package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// StateFile is the path of a file that darkroom keeps for you and not for a project: in
// $XDG_STATE_HOME, or where the system has such files.
func StateFile(name string) (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) { // others are to be ignored
		return filepath.Join(dir, "darkroom", name), nil
	}
	if dir := os.Getenv("LOCALAPPDATA"); runtime.GOOS == "windows" && filepath.IsAbs(dir) {
		return filepath.Join(dir, "darkroom", name), nil
	}
	home, err := os.UserHomeDir()
	if err == nil && !filepath.IsAbs(home) {
		err = errors.New("the home folder is not known")
	}
	if err != nil {
		return "", &Error{What: "no place for " + name, Err: err, Fix: "set XDG_STATE_HOME to a folder"}
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "darkroom", name), nil
	}
	return filepath.Join(home, ".local", "state", "darkroom", name), nil
}

// ConfigFile is the path of a file in which you configure darkroom for yourself, whatever
// the project: in $XDG_CONFIG_HOME, or where terminal programs have such files.
func ConfigFile(name string) (string, error) {
	if dir := os.Getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) { // others are to be ignored
		return filepath.Join(dir, "darkroom", name), nil
	}
	if dir := os.Getenv("APPDATA"); runtime.GOOS == "windows" && filepath.IsAbs(dir) {
		return filepath.Join(dir, "darkroom", name), nil
	}
	home, err := os.UserHomeDir()
	if err == nil && !filepath.IsAbs(home) {
		err = errors.New("the home folder is not known")
	}
	if err != nil {
		return "", &Error{What: "no place for " + name, Err: err, Fix: "set XDG_CONFIG_HOME to a folder"}
	}
	return filepath.Join(home, ".config", "darkroom", name), nil
}

// WritePrivate is [WriteFileAtomic] for a file that only you may read and write, in a
// folder of your own.
func WritePrivate(path string, data, expectOld []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Failed("write", path, err)
	}
	if expectOld != nil {
		if err := os.Chmod(path, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Failed("write", path, err)
		}
		return WriteFileAtomic(path, data, expectOld)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return Changed(path, false, true)
	case err != nil:
		return Failed("write", path, err)
	}
	f.Close()
	return WriteFileAtomic(path, data, []byte{}) // which keeps the permissions
}
