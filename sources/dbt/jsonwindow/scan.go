package jsonwindow

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// stringEnd returns the offset after the quote that ends the string with its text
// from i on, or -1.
func stringEnd(b []byte, i int) int {
	const near = 3 // words: most strings are short, and calling IndexByte takes longer
	from, words := i, near
	for {
		if i+8 <= len(b) && words > 0 {
			m := zeroBytes(binary.LittleEndian.Uint64(b[i:]) ^ quotes)
			if m == 0 {
				words--
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) / 8
		} else {
			j := bytes.IndexByte(b[i:], '"')
			if j < 0 {
				return -1
			}
			i += j
		}
		if i == from || b[i-1] != '\\' || backslashes(b[from:i])%2 == 0 {
			return i + 1
		}
		words = near // after a quote with a backslash others are often near
		i++
	}
}

const (
	ones    = 0x0101010101010101
	quotes  = ones * '"'
	escapes = ones * '\\'
)

// zeroBytes sets the top bit of each zero byte of x; above the lowest of them it
// may set others too.
func zeroBytes(x uint64) uint64 { return (x - ones) &^ x & (ones << 7) }

// keyEnd is stringEnd for keys; plain means that there is certainly no escape in it.
func keyEnd(b []byte, from int) (end int, plain bool) {
	for i := from; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		if zeroBytes(x^escapes) != 0 {
			break
		}
		if m := zeroBytes(x ^ quotes); m != 0 {
			return i + bits.TrailingZeros64(m)/8 + 1, true
		}
	}
	return stringEnd(b, from), false
}

// backslashes counts those at the end of b.
func backslashes(b []byte) int {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n
}
