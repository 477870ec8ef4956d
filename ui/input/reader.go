package input

import (
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	// escTime is how long ESC alone waits for the rest of a sequence.
	escTime = 50 * time.Millisecond
	// restTime is how long the rest of a sequence that has begun may take.
	restTime = time.Second
)

// Terminal is a file that is one.
type Terminal interface {
	io.ReadWriteCloser
	Fd() uintptr
	Name() string
}

// Reader is a terminal that gives whole keys, mouse reports and pastes, and nothing
// else. Bubble Tea takes the end of each read for the end of a key; it has to be run
// with [Esc], too. It does not read a Windows console, which has no bytes.
type Reader struct {
	Terminal // which Bubble Tea sets up

	// Answered gets what the terminal says about its background; nil drops it.
	Answered func(Background)

	split splitter
	last  time.Time // of the last read
	ready []byte    // whole, and not yet taken

	read func([]byte) (int, error)
	soon func(time.Duration) bool // something can be read, or can be within that time
	now  func() time.Time
}

func NewReader(t Terminal) *Reader {
	return &Reader{Terminal: t, read: t.Read, now: time.Now, soon: func(d time.Duration) bool { return readable(t.Fd(), d) }}
}

// Read gives what is whole, which can be nothing.
func (r *Reader) Read(p []byte) (int, error) {
	// One byte can become two, and Bubble Tea must be able to tell that p is not full.
	room := (len(p) - maxSequence) / 4
	buf := make([]byte, max(room, 1))
	for len(r.ready) == 0 {
		n, err := r.read(buf)
		if err != nil || n == 0 {
			return 0, err
		}
		r.take(buf[:n])
		if !r.split.waits() {
			break
		}
		if !r.soon(escTime) {
			r.ready = append(r.ready, r.split.timeout()...)
			break
		}
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

func (r *Reader) take(data []byte) {
	now := r.now()
	if now.Sub(r.last) > restTime {
		r.split.pause()
	}
	r.last = now
	r.ready = append(r.ready, r.split.feed(data)...)
	if said := r.split.said; said != "" && r.Answered != nil {
		r.Answered(Background(said))
	}
	r.split.said = ""
}

// AskBackground asks a terminal for the colour of its background.
const AskBackground = "\x1b]11;?\x1b\\"

// Background is a terminal's answer to AskBackground: "rgb:1e1e/1e1e/1e1e".
type Background string

// Esc is a filter of Bubble Tea's messages: an Esc key that others follow in the same
// read comes with alt.
func Esc(_ tea.Model, msg tea.Msg) tea.Msg {
	if key, ok := msg.(tea.KeyMsg); ok && key.Type == tea.KeyEscape {
		key.Alt = false
		return key
	}
	return msg
}
