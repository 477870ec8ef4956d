package input

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// script plays a terminal: each read gives one part, and a wait ends as it says.
type script struct {
	t     *testing.T
	parts []string // "wait" is a time in which nothing comes, "long" a longer one
	clock time.Time
}

func (s *script) reader() *Reader {
	return &Reader{read: s.read, soon: s.soon, now: func() time.Time { return s.clock }}
}

func (s *script) read(p []byte) (int, error) {
	for len(s.parts) > 0 && (s.parts[0] == "wait" || s.parts[0] == "long") {
		if s.clock = s.clock.Add(escTime); s.parts[0] == "long" {
			s.clock = s.clock.Add(2 * restTime)
		}
		s.parts = s.parts[1:]
	}
	if len(s.parts) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.parts[0])
	if s.parts[0] = s.parts[0][n:]; s.parts[0] == "" {
		s.parts = s.parts[1:]
	}
	return n, nil
}

func (s *script) soon(wait time.Duration) bool {
	if wait != escTime {
		s.t.Errorf("waits %s", wait)
	}
	if len(s.parts) == 0 {
		return false
	}
	return s.parts[0] != "wait" && s.parts[0] != "long"
}

func TestReader(t *testing.T) {
	for _, test := range []struct {
		name  string
		parts []string
		reads []string // those that give something
	}{
		{"a key", []string{"j"}, []string{"j"}},
		{"Esc", []string{"\x1b", "wait", "j"}, []string{"\x1b", "j"}},
		{"Esc at the end", []string{"\x1b"}, []string{"\x1b"}},
		{"keys and Esc", []string{"jj\x1b", "wait", "j"}, []string{"jj\x1b", "j"}},
		{"alt, cut", []string{"\x1b", "j"}, []string{"\x1bj"}},
		{"an arrow, cut", []string{"\x1b", "[", "A"}, []string{"\x1b[A"}},
		{"a report with waits", []string{"\x1b[<64;1", "wait", "4;9M"}, []string{"\x1b[<64;14;9M"}},
		{"a report with its rest late", []string{"\x1b", "wait", "[", "<64;14;9M"}, []string{"\x1b", "\x1b[<64;14;9M"}},
		{"a bracket after Esc", []string{"\x1b", "wait", "[", "wait", "j"}, []string{"\x1b", "[", "j"}},
		{"a sequence whose end does not come", []string{"\x1b[1;", "long", "j"}, []string{"j"}},
		{"one that is slow", []string{"\x1b[1;", "wait", "2A"}, []string{"\x1b[1;2A"}},
		{"a reply that does not end", []string{"\x1b]11;", "long", "j"}, []string{"j"}},
	} {
		s := script{t: t, parts: test.parts, clock: time.Unix(1, 0)}
		if got := strings.Join(reads(t, s.reader(), 256), "|"); got != strings.Join(test.reads, "|") {
			t.Errorf("%s: %q, want %q", test.name, got, test.reads)
		}
	}
}

// reads are what comes of reading to the end.
func reads(t *testing.T, r io.Reader, size int) (all []string) {
	t.Helper()
	p := make([]byte, size)
	for {
		n, err := r.Read(p)
		if n > 0 {
			all = append(all, string(p[:n]))
		}
		if n == len(p) && size > 1 {
			t.Errorf("a full read, which Bubble Tea takes for a part of one")
		}
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever comes, a read is never full and nothing is left when it returns: Bubble
// Tea asks again only when the terminal has more.
func TestReadsAreNeverFull(t *testing.T) {
	for _, text := range []string{"\x1b", "\x1b\x1b]\a", "\x1b\x1b]\aj", "j", "ж", "\x1b[<64;14;9M", "\x1b[200~" + strings.Repeat("a", 100)} {
		s := script{t: t, parts: []string{strings.Repeat(text, 200)}, clock: time.Unix(1, 0)}
		r := s.reader()
		p := make([]byte, 256)
		for {
			n, err := r.Read(p)
			if err != nil {
				break
			}
			if n == len(p) || len(r.ready) > 0 {
				t.Fatalf("%q: %d bytes read, %d left", text, n, len(r.ready))
			}
		}
	}
}

// What the terminal says about its background is heard and is no key, wherever it is cut.
func TestBackgroundIsHeard(t *testing.T) {
	for _, answer := range []string{"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\a"} {
		for at := 2; at < len(answer); at++ { // after ESC alone the rest may be keys
			s := &script{t: t, parts: []string{"j" + answer[:at], answer[at:] + "k"}}
			r := s.reader()
			var heard []Background
			r.Answered = func(b Background) { heard = append(heard, b) }
			keys, err := io.ReadAll(&growing{r})
			if err != nil || string(keys) != "jk" || len(heard) != 1 || heard[0] != "rgb:1e1e/1e1e/1e1e" {
				t.Errorf("cut at %d: keys %q, heard %q, %v", at, keys, heard, err)
			}
		}
	}
}

// growing gives a reader the room it needs.
type growing struct{ r *Reader }

func (g *growing) Read(p []byte) (int, error) {
	buf := make([]byte, 256)
	n, err := g.r.Read(buf)
	return copy(p, buf[:n]), err
}
