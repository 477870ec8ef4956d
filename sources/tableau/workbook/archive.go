package workbook

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"darkroom/sources/disk"
)

// maxDirectory bounds a zip's list of members, in bytes.
const maxDirectory = 32 << 20

// loader reads the files of one path.
type loader struct {
	opt  Options
	ctx  context.Context
	left int64 // bytes of XML that may still be read
}

// read brings one file into memory, reduced to what matters. A zip is known by
// its first bytes, not by its name (FILES.md#archives).
func (l *loader) read(file string) (*document, error) {
	f, size, err := l.opt.files().Open(file)
	if err != nil {
		return nil, failed(file, "cannot be opened", err, "check the path")
	}
	defer f.Close()
	return l.readContent(file, f, size)
}

// readContent is read for a file that is open, or in memory.
func (l *loader) readContent(file string, f io.Reader, size int64) (*document, error) {
	magic := make([]byte, 4)
	n, err := io.ReadFull(f, magic)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, failed(file, "cannot be read", err, "")
	}
	if string(magic[:n]) == "PK\x03\x04" || string(magic[:n]) == "PK\x05\x06" {
		return l.readZip(file, f, size)
	}
	return l.parse(place{file: file}, io.MultiReader(strings.NewReader(string(magic[:n])), f), 0)
}

// readZip reads the workbook or data source in an archive.
func (l *loader) readZip(file string, f io.Reader, size int64) (*document, error) {
	at, ok := f.(io.ReaderAt)
	if !ok {
		return nil, fault(file, "an archive that cannot be read from this file system", "unpack it")
	}
	directory := &meteredAt{r: at, left: maxDirectory}
	z, err := zip.NewReader(directory, size)
	switch {
	case directory.left < 0:
		return nil, fault(file, fmt.Sprintf("the archive's list of members is longer than %d MB", maxDirectory>>20), "remove the file: a workbook does not look like this")
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, fault(file, "the archive is damaged or cut off: "+err.Error(), "copy the file again")
	}
	directory.free = true
	entry := choose(z.File)
	if entry == nil {
		return nil, fault(file, "no .twb and no .tds in this archive", "open it in Tableau and save it again")
	}
	p := place{file: file, entry: entry.Name}
	// What the list says of sizes may be made up, but nothing is longer than the file.
	packed, plain := min(entry.CompressedSize64, uint64(size)), entry.UncompressedSize64
	switch {
	case entry.Flags&1 != 0:
		return nil, p.fault(0, "this member is encrypted", "save the workbook without a password")
	case plain > uint64(l.maxBytes()):
		return nil, p.tooLong(l.maxBytes())
	case disk.TooPacked(int64(plain), int64(packed)):
		return nil, p.fault(0, disk.ErrBomb.Error(), bombFix)
	}
	r, err := entry.Open()
	if err != nil {
		return nil, p.fault(0, "cannot be unpacked: "+err.Error(), "save the workbook again in Tableau")
	}
	defer r.Close()
	return l.parse(p, r, int64(packed))
}

const bombFix = "remove the file: a workbook does not pack like this"

func (l *loader) maxBytes() int64 {
	if l.opt.MaxBytes > 0 {
		return l.opt.MaxBytes
	}
	return defaultMaxBytes
}

// choose takes a .twb before a .tds and the archive's root before its folders.
// Members that point out of the archive, and those of resource forks, do not count.
func choose(files []*zip.File) *zip.File {
	var best *zip.File
	bestRank := 1 << 30
	for _, f := range files {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if strings.HasSuffix(name, "/") || path.IsAbs(name) || strings.Contains("/"+name+"/", "/../") ||
			strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".") {
			continue
		}
		rank := min(strings.Count(name, "/"), 1000)
		switch strings.ToLower(path.Ext(name)) {
		case ".twb":
		case ".tds":
			rank += 10_000
		default:
			continue
		}
		if rank < bestRank {
			best, bestRank = f, rank
		}
	}
	return best
}

// meteredAt bounds what is read until it is set free.
type meteredAt struct {
	r    io.ReaderAt
	left int64
	free bool
}

func (m *meteredAt) ReadAt(p []byte, off int64) (int, error) {
	if !m.free {
		if m.left -= int64(len(p)); m.left < 0 {
			return 0, errors.New("too much to read")
		}
	}
	return m.r.ReadAt(p, off)
}
