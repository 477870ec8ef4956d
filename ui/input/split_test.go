package input

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// streams are bytes of a terminal, and what Bubble Tea makes of them. Keys are
// separated by spaces.
var streams = []struct{ name, bytes, keys string }{
	{"letters", "jk", "j k"},
	{"an arrow", "j\x1b[Bk", "j down k"},
	{"the wheel", "\x1b[<64;14;9M", "wheel-up"},
	{"the wheel among keys", "j\x1b[<65;120;45Mk", "j wheel-down k"},
	{"a click", "\x1b[<0;5;6M\x1b[<0;5;6m", "left-press left-release"},
	{"a report of a terminal without SGR", "\x1b[M !!j", "left-press j"},
	{"its coordinates are any bytes", "\x1b[M`\xe0\x9bj", "wheel-up j"},
	{"a report that is broken off", "\x1b[<64;1\x1b[Aj", "up j"},
	{"a report that is none", "\x1b[<64;1Mj\x1b[<;;M\x1b[<1uj", "j j"},
	{"Esc and a report", "\x1b\x1b[<64;14;9Mj", "esc wheel-up j"},
	{"Esc twice and an arrow", "\x1b\x1b\x1b[A", "esc esc up"},
	{"Esc, a reply and letters", "\x1b\x1b]11;rgb:0/0/0\a[A", "esc [ A"},
	{"the colour of the background", "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\j", "j"},
	{"ended by BEL", "\x1b]11;rgb:1e1e/1e1e/1e1e\aj", "j"},
	{"a clipboard", "\x1b]52;c;cmVhZCBtZQ==\x1b\\j", "j"},
	{"the terminal's name", "\x1bP>|XTerm(370)\x1b\\j", "j"},
	{"APC, PM and SOS", "\x1b_Gi=1;OK\x1b\\\x1b^privacy\x1b\\\x1bXsos\x1b\\j", "j"},
	{"a reply without its end", "\x1b]11;rgb:1e\x1b[Aj", "up j"},
	{"enter ends such a reply, too", "\x1b]11;rgb:1e\rj", "enter j"},
	{"device attributes", "\x1b[?62;22c\x1b[>1;95;0cj", "j"},
	{"where the cursor is", "\x1b[24;80Rj", "j"},
	{"modes", "\x1b[?2026;2$y\x1b[4;1$yj", "j"},
	{"focus", "\x1b[I\x1b[OAj", "A j"},
	{"kitty's keys", "\x1b[106;5uj", "j"},
	{"a sequence without end", "\x1b[" + strings.Repeat("1;", 40) + "Rj", "j"},
	{"another", "\x1b[<" + strings.Repeat("1", 60) + ";1;1Mj", "j"},
	{"a sequence with a letter of another script", "\x1b[1оj", "о j"},
	{"alt", "\x1bj\x1b\r\x1bо", "alt+j alt+enter alt+о"},
	{"function keys", "\x1bOP\x1b[[A\x1b[15~\x1b[1;5A", "f1 f1 f5 ctrl+up"},
	{"home and end in application mode", "\x1bOH\x1bOF", "home end"},
	{"the number pad in application mode", "\x1bOr\x1bOk\x1bOM", "2 + enter"},
	{"rxvt", "\x1b[7$\x1b[8$\x1b[7~", "shift+home shift+end home"},
	{"letters of other scripts", "жö漢👍🏽", "ж ö 漢 👍 🏽"},
	{"bytes that are not UTF-8", "\xff\xd0j\xbf\xe2\x82k", "j k"},
	{"C1 control characters", "\u009b\u009dj", "j"},
	{"a paste", "\x1b[200~ab\x1b[Aж\r\x1b[201~j", "[ab\x1b[Aж\r] j"},
	{"a paste with half of its end", "\x1b[200~a\x1b[20\x1b[201~j", "[a\x1b[20] j"},
	{"an end of no paste", "\x1b[201~j", "j"},
	{"control keys", "\x03\x1a\x00\t\x7f", "ctrl+c ctrl+z ctrl+@ tab backspace"},
}

// TestAnyCutGivesTheSameKeys: what arrives in several reads is what it is in one.
func TestAnyCutGivesTheSameKeys(t *testing.T) {
	for _, s := range streams {
		t.Run(s.name, func(t *testing.T) {
			for at := range len(s.bytes) {
				if got := keysOf(t, s.bytes[:at], s.bytes[at:]); got != s.keys {
					t.Fatalf("cut at %d of %q:\n got %q\nwant %q", at, s.bytes, got, s.keys)
				}
			}
			if got := keysOf(t, strings.Split(s.bytes, "")...); got != s.keys {
				t.Errorf("letter by letter: %q, want %q", got, s.keys)
			}
		})
	}
}

// TestKeysAfterAPause: what has begun is not waited for for ever, and its rest is
// not keys.
func TestKeysAfterAPause(t *testing.T) {
	for _, test := range []struct {
		name  string
		parts []string // a short wait ends after each of "short", a long one after "long"
		keys  string
	}{
		{"Esc", []string{"\x1b", "short", "j"}, "esc j"},
		{"Esc after a letter", []string{"j\x1b", "short", "j"}, "j esc j"},
		{"Esc again", []string{"\x1b", "short", "\x1b", "short"}, "esc esc"},
		{"Esc and a bracket", []string{"\x1b", "short", "[", "short", "j"}, "esc [ j"},
		{"Esc and later a bracket", []string{"\x1b", "short", "long", "[j"}, "esc [ j"},
		{"a report whose rest is late", []string{"\x1b", "short", "[<64;14;9M", "j"}, "esc wheel-up j"},
		{"whose rest is late and cut", []string{"\x1b", "short", "[<6", "4;14;9M", "j"}, "esc wheel-up j"},
		{"whose rest is late and cut early", []string{"\x1b", "short", "[", "<64;14;9M", "j"}, "esc wheel-up j"},
		{"an arrow whose rest is late", []string{"\x1b", "short", "[A", "j"}, "esc up j"},
		{"a colour whose rest is late", []string{"\x1b", "short", "]11;rgb:0/0/0\x1b\\", "j"}, "esc j"},
		{"a report with a pause", []string{"\x1b[<64;1", "short", "long", "4;9M", "j"}, "wheel-up j"},
		{"a report that does not end", []string{"\x1b[<64;1", "long", "\x1b[B"}, "down"},
		{"alt and a bracket", []string{"\x1b[", "short", "long", "j"}, "j"},
		{"alt and a letter that begins a string", []string{"\x1bP", "short", "long", "j"}, "j"},
		{"half a letter", []string{"\xd0", "short", "long", "j"}, "j"},
		{"a paste with a pause", []string{"\x1b[200~a", "short", "long", "j", "\x1b[201~j"}, "[aj] j"},
		{"a paste that does not end", []string{"\x1b[200~a", "long", "\x03", "j"}, "[a] ctrl+c j"},
	} {
		if got := keysOf(t, test.parts...); got != test.keys {
			t.Errorf("%s: %q, want %q", test.name, got, test.keys)
		}
	}
}

// A paste of any size is cut to what a text field can be.
func TestAPasteIsCut(t *testing.T) {
	text := strings.Repeat("a", 3*maxPaste)
	got := keysOf(t, append(chunks(pasteStart+text+pasteEnd, 50), "j")...)
	if want := "[" + text[:maxPaste] + "] j"; got != want {
		t.Errorf("%d bytes, want %d", len(got), len(want))
	}
}

func chunks(s string, size int) (parts []string) {
	for c := range slices.Chunk([]byte(s), size) {
		parts = append(parts, string(c))
	}
	return parts
}

// keysOf is what a Bubble Tea program gets of reads with these bytes.
func keysOf(t *testing.T, reads ...string) string {
	t.Helper()
	const last = "\x1c" // ctrl+\
	m := &recorder{}
	p := tea.NewProgram(m, tea.WithInput(&parts{reads: append(reads, last)}), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler(), tea.WithFilter(Esc))
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(m.keys, " ")
}

// parts passes on what a splitter makes of each read.
type parts struct {
	reads []string
	split splitter
}

func (r *parts) Read(p []byte) (int, error) {
	if len(r.reads) == 0 {
		return 0, io.EOF
	}
	read := r.reads[0]
	r.reads = r.reads[1:]
	var out []byte
	switch read {
	case "short":
		out = r.split.timeout()
	case "long":
		r.split.pause()
	case "":
	default:
		out = r.split.feed([]byte(read))
	}
	return copy(p, out), nil
}

// recorder keeps what comes, until ctrl+\.
type recorder struct{ keys []string }

func (m *recorder) Init() tea.Cmd { return nil }
func (m *recorder) View() string  { return "" }
func (m *recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if msg.Paste {
			m.keys = append(m.keys, msg.String())
			return m, nil
		}
		for _, k := range Keys(msg) {
			if k.String() == `ctrl+\` {
				return m, tea.Quit
			}
			m.keys = append(m.keys, k.String())
		}
	case tea.MouseMsg:
		name := map[tea.MouseAction]string{tea.MouseActionPress: "press", tea.MouseActionRelease: "release"}[msg.Action]
		switch msg.Button {
		case tea.MouseButtonWheelUp:
			name = "wheel-up"
		case tea.MouseButtonWheelDown:
			name = "wheel-down"
		default:
			name = "left-" + name
		}
		m.keys = append(m.keys, name)
	}
	return m, nil
}

// FuzzCuts: bytes of any kind, cut anywhere, come to the same.
func FuzzCuts(f *testing.F) {
	for i, s := range streams {
		f.Add([]byte(s.bytes), uint64(i))
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) { checkCuts(t, data, seed) })
}

// TestCutsOfRandomStreams: as FuzzCuts, of what terminals send.
func TestCutsOfRandomStreams(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 20_000 {
		var data []byte
		for range 1 + r.IntN(6) {
			s := streams[r.IntN(len(streams))].bytes
			at := r.IntN(len(s) + 1)
			data = append(data, s[:at]...) // mostly broken off
		}
		checkCuts(t, data, uint64(i))
	}
}

func checkCuts(t *testing.T, data []byte, seed uint64) {
	t.Helper()
	var whole, cut splitter
	want := whole.feed(data)
	var got []byte
	r := rand.New(rand.NewPCG(seed, 0))
	for rest := data; len(rest) > 0; {
		n := 1 + r.IntN(min(len(rest), 8))
		got = append(got, cut.feed(rest[:n])...)
		rest = rest[n:]
	}
	without := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(separator), nil) }
	if !bytes.Equal(without(got), without(want)) || cut.mode != whole.mode || !bytes.Equal(cut.held, whole.held) {
		t.Fatalf("%q cut with %d:\n got %q, held %q\nwant %q, held %q", data, seed, got, cut.held, want, whole.held)
	}
	if limit := maxSequence + len(pasteEnd); len(whole.held) > limit {
		t.Fatalf("%q: %d bytes are held", data, len(whole.held))
	}
	if len(want) > 3*len(data) {
		t.Fatalf("%q: %d bytes of %d", data, len(want), len(data))
	}
}
