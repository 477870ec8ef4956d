package document

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/sources/disk"
)

// readAll reads a document as a stream of the entries of lists and of other values.
func readAll(s *Stream) (out []string, err error) {
	err = s.Root(func(name string) error {
		if name != "lists" {
			v, err := s.Value(1)
			out = append(out, name+" "+v.Raw)
			return err
		}
		return s.Object(func(name string) error {
			var broken error
			for v := range s.List(3, &broken) {
				out = append(out, name+" "+string(v.Raw()))
			}
			return broken
		})
	})
	return out, err
}

func TestStream(t *testing.T) {
	deep := strings.Repeat("[", maxDepth-3) + strings.Repeat("]", maxDepth-3)
	for text, want := range map[string]string{
		`{"a": 1, "lists": {"x": [ {"y":[1, 2]} , null,3], "z":[]}, "b" : "c"} `: `[a 1 x {"y":[1, 2]} x null x 3 b "c"]`,
		`{}`:                             `[]`,
		"\ufeff\n" + `{"a":{}}`:          `[a {}]`,
		`{"lists":{"x":[` + deep + `]}}`: `[x ` + deep + `]`,
	} {
		s, err := StreamBytes(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := readAll(s); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s: %q, error %v", text, got, err)
		}
	}
	for _, text := range []string{
		``, `[]`, `{"a":1`, `{"a":1}{}`, `{"a":01}`, `{"a":"` + "\x01" + `"}`, `{"` + "\x01" + `":1}`, `{"a":1,}`, `{"lists":[]}`, `{"lists":null}`, `{"lists":{"x":{}}}`,
		`{"lists":{"x":[1,]}}`, `{"lists":{"x":[[` + deep + `]]}}`, `{"lists":{"x":[1 2]}}`, "\x1f\x8b broken",
	} {
		s, err := StreamBytes(t.Context(), []byte(text))
		if err == nil {
			_, err = readAll(s)
		}
		if err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

func TestStreamIsBounded(t *testing.T) {
	in := Source{Files: disk.Files{FS: fstest.MapFS{"a.json": {Data: []byte(`{"a":[1,2,3]}`)}}}, MaxBytes: 12}
	for _, c := range []struct {
		bytes int64
		fails bool
	}{{12, true}, {13, false}, {0, false}} {
		in.MaxBytes = c.bytes
		s, done, err := in.Stream(t.Context(), "a.json")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readAll(s); (err != nil) != c.fails {
			t.Errorf("at most %d bytes: error %v", c.bytes, err)
		}
		done()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s, err := StreamBytes(ctx, []byte(`{"a":1}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readAll(s); err == nil {
		t.Error("it is read after the end of its context")
	}
}

// long is a document of entries, which looks at the memory in use before the last.
type long struct {
	entries int
	next    string
	inUse   uint64
}

func (l *long) Read(p []byte) (int, error) {
	if l.next == "" {
		switch l.entries--; {
		case l.entries > 0:
			l.next = `,"` + strings.Repeat("x", 100<<10) + `"`
		case l.entries == 0:
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			l.inUse = m.HeapAlloc
			l.next = `]}}`
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, l.next)
	l.next = l.next[n:]
	return n, nil
}

// What is read is not kept: a document of 60 MB is read with the memory of some entries.
func TestStreamKeepsNothing(t *testing.T) {
	in := &long{entries: 600, next: `{"lists":{"x":["first"`}
	s, err := streamOf(t.Context(), in, defaultMaxBytes)
	if err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	count := 0
	err = s.Root(func(string) error {
		return s.Object(func(string) error {
			var broken error
			for range s.List(3, &broken) {
				count++
			}
			return broken
		})
	})
	if err != nil || count != 600 {
		t.Fatalf("%d entries, error %v", count, err)
	}
	if in.inUse > m.HeapAlloc+8<<20 {
		t.Errorf("%d MB are in use at the end", (in.inUse-m.HeapAlloc)>>20)
	}
}
