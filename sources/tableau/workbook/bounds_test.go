package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"darkroom/sources/disk"
)

// lazyFS has one file, whose content is made while it is read.
type lazyFS struct {
	name string
	size int64
	open func() io.Reader
}

type lazyFile struct {
	io.Reader
	lazyFS
}

func (l lazyFS) Open(name string) (fs.File, error) {
	if name != l.name {
		return nil, fs.ErrNotExist
	}
	return lazyFile{l.open(), l}, nil
}

func (f lazyFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f lazyFile) Close() error               { return nil }
func (f lazyFile) Name() string               { return f.name }
func (f lazyFile) Size() int64                { return f.size }
func (f lazyFile) Mode() fs.FileMode          { return 0o444 }
func (f lazyFile) ModTime() time.Time         { return time.Time{} }
func (f lazyFile) IsDir() bool                { return false }
func (f lazyFile) Sys() any                   { return nil }

// watched calls each for every read of its files.
type watched struct {
	fs.FS
	each func()
}

type watchedFile struct {
	fs.File
	each func()
}

func (w watched) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return watchedFile{f, w.each}, nil
}

func (f watchedFile) ReadAt(p []byte, off int64) (int, error) {
	f.each()
	return f.File.(io.ReaderAt).ReadAt(p, off)
}

// withPictures is a workbook of a size that pictures account for.
func withPictures(size int, each func()) io.Reader {
	head := strings.TrimSuffix(smallTwb, "</workbook>")
	picture := "<thumbnail height='384' name='A' width='384'>" + strings.Repeat("iVBORw0KGgoAAAANSUhEUgAA", 4000) + "</thumbnail>\n"
	return io.MultiReader(strings.NewReader(head+"<thumbnails>"), &repeated{text: picture, size: size, each: each},
		strings.NewReader("</thumbnails></workbook>"))
}

// A file of more than 100 MB costs no more memory than a small one, plain or in an
// archive: what is held at any time is counted while it is read.
func TestHugeFilesStream(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200 MB")
	}
	const size, most = 101 << 20, 12 << 20
	var first, peak uint64
	reads := 0
	sample := func() {
		if reads++; reads%64 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}
	}
	dir := t.TempDir()
	out, err := os.Create(filepath.Join(dir, "x.twbx"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "A.twb", Method: zip.Store})
	if err == nil {
		_, err = io.Copy(w, withPictures(size, func() {}))
	}
	if err == nil {
		err = z.Close()
	}
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	for name, fsys := range map[string]fs.FS{
		"x.twb":  lazyFS{"x.twb", size, func() io.Reader { return withPictures(size, sample) }},
		"x.twbx": watched{os.DirFS(dir), sample},
	} {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		first, peak, reads = m.HeapAlloc, 0, 0
		sites, err := Load(context.Background(), []string{name}, Options{FS: fsys})
		if err != nil || len(sites) != 1 || tableNames(sites[0]) != "[marts].[o]" || len(sites[0].Dashboards) != 1 {
			t.Fatalf("%s: %+v, %v", name, sites, err)
		}
		if reads < 1000 || peak < first || peak-first > most {
			t.Errorf("%s: the heap grew by %d kB in %d reads", name, (peak-first)>>10, reads)
		}
	}
}

// An archive's list of members is bounded before anything of it is believed.
func TestLongListOfMembers(t *testing.T) {
	for members, fits := range map[int]bool{480: true, 520: false} { // of 64 kB each
		var out bytes.Buffer
		out.Grow(36 << 20)
		z := zip.NewWriter(&out)
		w, err := z.Create("A.twb")
		if err == nil {
			_, err = w.Write([]byte(smallTwb))
		}
		for i := 0; i < members && err == nil; i++ {
			_, err = z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.png", i), Comment: strings.Repeat("x", 1<<16-1)})
		}
		if err = errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = load(t, map[string][]byte{"x.twbx": out.Bytes()}, "x.twbx", Options{})
		if fits != (err == nil) || !fits && !strings.HasPrefix(err.Error(), "x.twbx: the archive's list of members is longer than 32 MB; remove") {
			t.Errorf("%d MB: %v", out.Len()>>20, err)
		}
	}
}

// What comes out of an archive is also compared with what went in while it is read.
func TestRatioWhileReading(t *testing.T) {
	for _, test := range []struct {
		plain, packed int
		bomb          bool
	}{
		{disk.RatioFrom - 1<<17, 1, false},
		{disk.RatioFrom + 1<<18, 1, true},
		{disk.RatioFrom + 1<<18, disk.RatioFrom / disk.MaxRatio * 2, false},
		{3 * disk.RatioFrom, disk.RatioFrom / disk.MaxRatio * 2, true},
		{3 * disk.RatioFrom, 0, false}, // outside of an archive
	} {
		l := loader{ctx: context.Background(), left: defaultMaxTotal}
		text := io.MultiReader(strings.NewReader(smallTwb), &repeated{text: strings.Repeat(" ", 1<<16) + "<!---->", size: test.plain, each: func() {}})
		_, err := l.parse(place{"x.twbx", "A.twb"}, text, int64(test.packed))
		if test.bomb != (err != nil) || test.bomb && !strings.Contains(err.Error(), disk.ErrBomb.Error()) {
			t.Errorf("%d kB from %d: %v", test.plain>>10, test.packed, err)
		}
		if read := defaultMaxTotal - l.left; test.bomb && read > int64(max(disk.RatioFrom, test.packed*disk.MaxRatio))+1<<18 {
			t.Errorf("%d kB from %d: found after %d kB", test.plain>>10, test.packed, read>>10)
		}
	}
}

// A list of members that makes the packed size up does not make the ratio better:
// more than the whole file was never packed.
func TestBombThatLiesAboutItsPacking(t *testing.T) {
	data := pack(t, member{"A.twb", strings.Replace(smallTwb, "<workbook>", "<workbook>"+strings.Repeat(" ", 15<<20), 1)})
	at := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint16(data[at+8:], 0)      // no sizes behind the data
	binary.LittleEndian.PutUint32(data[at+20:], 1<<20) // packed
	_, err := load(t, map[string][]byte{"x.twbx": data}, "x.twbx", Options{})
	if err == nil || !strings.Contains(err.Error(), disk.ErrBomb.Error()) {
		t.Errorf("%d kB: %v", len(data)>>10, err)
	}
}
