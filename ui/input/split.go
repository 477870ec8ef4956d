package input

import (
	"bytes"
	"unicode/utf8"

	"darkroom/model/pattern"
)

// splitter turns what a terminal sends into whole keys, mouse reports and pastes, in
// the form that Bubble Tea reads (ui/TERMINAL.md#whole-sequences). What is not whole
// is held until the rest comes; what neither a key nor the mouse sends is dropped.
type splitter struct {
	held   []byte // begun and not complete
	mode   mode
	pasted int  // bytes of the paste so far
	silent bool // there was a pause inside the paste
	late   bool // the last Esc may be the beginning of a sequence whose rest is late

	text []byte // of the OSC string that has begun, as far as it is of use; nil of others
	said string // the background, as an OSC string named it
}

// mode is what the next bytes belong to.
type mode int

const (
	plain   mode = iota
	message      // an OSC, DCS, APC, PM or SOS string, up to its terminator
	garbage      // a CSI sequence that is too long, up to its last byte
	paste
)

const (
	esc        = '\x1b'
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	separator  = "\x1b[z" // an unknown sequence, which Bubble Tea ignores
	interrupt  = "\x03"   // ctrl-c

	maxSequence = 48      // bytes of a CSI sequence; keys and mouse reports are shorter
	maxPaste    = 1 << 16 // bytes of a paste that reach a text field
	maxAnswer   = 48      // bytes of an OSC string that is read

	aboutBackground = "11;" // how the answer about it begins
)

// piece is what a part of the input comes to.
type piece struct {
	n    int    // its length
	keys []byte // what of it is passed on
	more bool   // it is not complete: n is what can be dropped, the rest is held
}

// feed takes bytes in and gives what is whole now. The result of all calls together is
// the same however the bytes are cut.
func (s *splitter) feed(data []byte) []byte {
	if s.silent && string(data) == interrupt { // leaves a paste that never ends
		*s = splitter{}
		return []byte(pasteEnd + interrupt)
	}
	s.silent = false
	rest := append(s.held, data...)
	if s.held == nil && s.late {
		if s.late = lateRest().Match(rest); s.late {
			rest = append([]byte{esc}, rest...)
		}
	}
	s.held = nil
	var out []byte
	for len(rest) > 0 {
		p := s.next(rest)
		out, rest = join(out, p.keys), rest[p.n:]
		if p.more {
			s.held = bytes.Clone(rest)
			break
		}
		s.late = false
	}
	return out
}

// lateRest is how the rest of a sequence begins whose ESC was taken for the Esc key.
var lateRest = pattern.Of(`^(\[$|\[[<M0-9]|\[[A-DFHZ]$|\]\d)`)

// join adds one whole event. An Esc key with others behind it is ESC ESC, which must
// not meet a letter: the two would be a sequence.
func join(out, keys []byte) []byte {
	if len(keys) > 0 && keys[0] != esc && bytes.HasSuffix(out, []byte{esc, esc}) {
		out = append(out, separator...)
	}
	return append(out, keys...)
}

// waits reports that a key is held that is whole if nothing follows soon.
func (s *splitter) waits() bool {
	return s.mode == plain && (string(s.held) == "\x1b" || s.late && string(s.held) == "\x1b[")
}

// timeout ends a short wait: ESC alone is the Esc key.
func (s *splitter) timeout() []byte {
	if !s.waits() {
		return nil
	}
	key := s.held
	if s.late = len(key) == 1; !s.late {
		key = key[1:]
	}
	s.held = nil
	return key
}

// pause ends a long one: the rest of what was begun does not come any more. A mouse
// report goes on being held, because its beginning cannot be typed.
func (s *splitter) pause() {
	s.late = false
	switch {
	case s.mode == paste:
		s.silent = true
	case !bytes.HasPrefix(s.held, []byte("\x1b[<")):
		s.mode, s.held = plain, nil
	}
}

// next reads what b begins with.
func (s *splitter) next(b []byte) piece {
	switch {
	case s.mode == message:
		return s.endOfMessage(b)
	case s.mode == garbage:
		return s.endOfGarbage(b)
	case s.mode == paste:
		return s.pastePart(b)
	case b[0] == esc:
		return s.escape(b)
	}
	return character(b, 0)
}

// character reads one character behind a prefix. Invalid bytes and C1 control
// characters are not keys.
func character(b []byte, prefix int) piece {
	c := b[prefix:]
	if !utf8.FullRune(c) {
		return piece{more: true}
	}
	r, n := utf8.DecodeRune(c)
	if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
		return piece{n: prefix + n}
	}
	return piece{n: prefix + n, keys: b[:prefix+n]}
}

// escape reads what begins with ESC.
func (s *splitter) escape(b []byte) piece {
	if len(b) == 1 {
		return piece{more: true}
	}
	switch b[1] {
	case esc: // the Esc key, and then something that begins with ESC
		return piece{n: 1, keys: []byte{esc, esc}}
	case '[':
		return s.csi(b)
	case 'O':
		return ss3(b)
	case ']', 'P', '_', '^', 'X':
		s.mode, s.text = message, nil
		if b[1] == ']' {
			s.text = []byte{}
		}
		return piece{n: 2}
	}
	return character(b, 1) // with alt
}

// endOfMessage goes to the terminator: BEL or ESC \. Any other control character is
// a key, and ends a message that lost its terminator.
func (s *splitter) endOfMessage(b []byte) piece {
	for i, c := range b {
		switch {
		case c == '\a':
			s.read(b[:i])
			s.heard()
			return piece{n: i + 1}
		case c == esc && i+1 == len(b):
			s.read(b[:i])
			return piece{n: i, more: true}
		case c == esc && b[i+1] == '\\':
			s.read(b[:i])
			s.heard()
			return piece{n: i + 2}
		case c < ' ':
			s.mode = plain
			return piece{n: i}
		}
	}
	s.read(b)
	return piece{n: len(b)}
}

// read keeps a part of an OSC string that is short enough to be an answer.
func (s *splitter) read(part []byte) {
	if s.text != nil && len(s.text)+len(part) <= maxAnswer {
		s.text = append(s.text, part...)
	} else {
		s.text = nil
	}
}

// heard ends a message that is whole.
func (s *splitter) heard() {
	s.mode = plain
	if answer, ok := bytes.CutPrefix(s.text, []byte(aboutBackground)); ok {
		s.said = string(answer)
	}
}

// endOfGarbage goes behind the last byte of a CSI sequence.
func (s *splitter) endOfGarbage(b []byte) piece {
	for i, c := range b {
		switch {
		case c >= 0x40 && c < 0x7f:
			s.mode = plain
			return piece{n: i + 1}
		case c < ' ' || c >= 0x7f:
			s.mode = plain
			return piece{n: i}
		}
	}
	return piece{n: len(b)}
}

// pastePart passes a paste on, up to its end.
func (s *splitter) pastePart(b []byte) piece {
	at := bytes.Index(b, []byte(pasteEnd))
	if at == 0 {
		s.mode = plain
		return piece{n: len(pasteEnd), keys: []byte(pasteEnd)}
	}
	more := at < 0
	if more { // the end may have begun
		for at = max(len(b)-len(pasteEnd)+1, 0); !bytes.HasPrefix([]byte(pasteEnd), b[at:]); at++ {
		}
	}
	keep := b[:min(at, max(maxPaste-s.pasted, 0))]
	s.pasted += at
	return piece{n: at, keys: keep, more: more}
}
