// Package quote finds where strings of JSON end. It is the one place that has assembly: an
// x86-64 processor looks at 64 bytes at a time, all others at 8, with the same result.
//
// What is not here: what the strings mean.
package quote

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// block is how many bytes must follow for unescaped, which does not look beyond b.
const block = 64

// End returns the offset after the quote that ends the string with its text from i on, or -1.
func End(b []byte, i int) int {
	if hasBlocks && len(b)-i >= block {
		if i = unescaped(b, i); i >= len(b) {
			return -1
		}
		if b[i] == '"' {
			return i + 1
		}
	}
	return endByWords(b, i)
}

// endByWords is End without assembly.
func endByWords(b []byte, i int) int {
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
		if i == from || b[i-1] != '\\' || Backslashes(b[from:i])%2 == 0 {
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

// KeyEnd is End for keys; plain means that there is certainly no escape in it.
func KeyEnd(b []byte, from int) (end int, plain bool) {
	for i := from; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		if zeroBytes(x^escapes) != 0 {
			break
		}
		if m := zeroBytes(x ^ quotes); m != 0 {
			return i + bits.TrailingZeros64(m)/8 + 1, true
		}
	}
	return End(b, from), false
}

// Backslashes counts those at the end of b.
func Backslashes(b []byte) int {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n
}
