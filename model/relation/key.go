package relation

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// AppendKey appends s in a form that is equal for two strings exactly when
// strings.EqualFold holds for them: simple case folding (RULES.md#comparing-a-part).
func AppendKey(dst []byte, s string) []byte {
	for _, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			dst = append(dst, byte(r)+32)
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, keyRune(r))
		}
	}
	return dst
}

// keyRune is the smallest rune that folds to r; ASCII letters in lower case.
func keyRune(r rune) rune {
	least := r
	for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
		least = min(least, x)
	}
	if 'A' <= least && least <= 'Z' {
		least += 32
	}
	return least
}

// HashKey hashes the form of s that AppendKey gives, so that it is equal for two strings for
// which strings.EqualFold holds. Others rarely have one, if the seed is random.
func HashKey(seed uint64, s string) uint64 {
	if h, ascii := hashWords(seed, s); ascii {
		return h
	}
	var buf [128]byte
	h, _ := hashWords(seed, AppendKey(buf[:0], s))
	return h
}

// hashWords hashes eight bytes at a time without the bit that letters differ in by case.
// ascii: there are no other characters, which need more than that.
func hashWords[T string | []byte](h uint64, s T) (hash uint64, ascii bool) {
	const caseBits, highBits = 0x2020202020202020, 0x8080808080808080
	h, all := Mix(h, uint64(len(s))), uint64(0)
	for len(s) >= 8 {
		word := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		h, all = Mix(h, word|caseBits), all|word
		s = s[8:]
	}
	rest := uint64(0)
	for i := range len(s) {
		rest = rest<<8 | uint64(s[i])
	}
	return Mix(h, rest|caseBits), (all|rest)&highBits == 0
}

// Mix adds a number to a hash.
func Mix(hash, number uint64) uint64 {
	const odd = 0x9e3779b97f4a7c15
	high, low := bits.Mul64(hash^number, odd)
	return high ^ low
}
