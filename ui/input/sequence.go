package input

import "darkroom/model/pattern"

// csi reads a sequence that begins with ESC [.
func (s *splitter) csi(b []byte) piece {
	switch {
	case len(b) == 2:
		return piece{more: true}
	case b[2] == '[':
		return console(b)
	case b[2] == 'M':
		return x10Mouse(b)
	}
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case i == maxSequence:
			s.mode = garbage
			return piece{n: i}
		case c >= 0x40 && c < 0x7f:
			return s.whole(b[:i+1])
		case c < 0x20 || c >= 0x7f:
			return piece{n: i} // broken off: what broke it is read next
		case i == 3 && c == '$' && (b[2] == '7' || b[2] == '8'): // rxvt: shift+home, shift+end
			return piece{n: i + 1, keys: b[:i+1]}
		}
	}
	return piece{more: true}
}

// mouseReport is button ; column ; line, pressed or released.
var mouseReport = pattern.Of(`^\x1b\[<\d{1,5};\d{1,5};\d{1,5}[Mm]$`)

// whole judges a complete CSI sequence. Bubble Tea ignores what it does not know,
// but takes the end of one mouse report for that of another that is not one.
func (s *splitter) whole(seq []byte) piece {
	switch text := string(seq); {
	case text == pasteStart:
		s.mode, s.pasted = paste, 0
	case text == "\x1b[O", seq[2] == '<' && !mouseReport().Match(seq):
		return piece{n: len(seq)}
	}
	return piece{n: len(seq), keys: seq}
}

// console reads a function key of the Linux console: ESC [ [ A to E.
func console(b []byte) piece {
	switch {
	case len(b) == 3:
		return piece{more: true}
	case b[3] >= 'A' && b[3] <= 'E':
		return piece{n: 4, keys: b[:4]}
	case b[3] >= ' ' && b[3] < 0x7f:
		return piece{n: 4}
	}
	return piece{n: 3}
}

// x10Mouse reads a report of terminals that know no other: ESC [ M and three bytes.
func x10Mouse(b []byte) piece {
	const length = 6
	for i := 3; i < length; i++ {
		switch {
		case i == len(b):
			return piece{more: true}
		case b[i] < ' ':
			return piece{n: i}
		}
	}
	return piece{n: length, keys: b[:length]}
}

// ss3 reads a sequence that begins with ESC O.
func ss3(b []byte) piece {
	i := 2
	for i < len(b) && (b[i] >= '0' && b[i] <= '9' || b[i] == ';') && i < maxSequence {
		i++
	}
	switch {
	case i == len(b):
		return piece{more: true}
	case b[i] < 0x40 || b[i] >= 0x7f:
		return piece{n: i}
	case i > 2: // with a modifier: not a key that Bubble Tea knows
		return piece{n: i + 1}
	}
	return piece{n: 3, keys: ss3Key(b[2])}
}

// ss3Key is a key in application mode. Those of the number pad are what is printed on
// them.
func ss3Key(c byte) []byte {
	switch {
	case c >= 'A' && c <= 'D', c >= 'P' && c <= 'S':
		return []byte{esc, 'O', c}
	case c == 'F', c == 'H':
		return []byte{esc, '[', c}
	case c == 'M':
		return []byte{'\r'}
	case c >= 'j' && c <= 'y':
		return []byte{c - 0x40}
	}
	return nil
}
