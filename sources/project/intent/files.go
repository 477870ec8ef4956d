package intent

import "darkroom/sources/disk"

// Files are the files of one project.
type Files interface {
	// Read gives nil when there is no file.
	Read(name string) ([]byte, error)
	// Write replaces a file whose content is old, nil for none, and refuses otherwise.
	Write(name string, data, old []byte) error
	Remove(name string) error
	// Sweep removes what a process that ended while it wrote the file left behind.
	Sweep(name string)
}

// In are the files below a folder.
func In(root string) Files { return folder(root) }

type folder string

func (f folder) Read(name string) ([]byte, error) { return disk.ReadInside(string(f), name) }

func (f folder) Write(name string, data, old []byte) error {
	return disk.WriteInside(string(f), name, data, old)
}

func (f folder) Remove(name string) error { return disk.RemoveInside(string(f), name) }

func (f folder) Sweep(name string) { disk.Sweep(string(f), name) }
