package quote

import "golang.org/x/sys/cpu"

var hasBlocks = cpu.X86.HasAVX2 && cpu.X86.HasBMI1

// unescaped returns the offset of the first quote from i on that no backslash escapes. Where
// there is none in whole blocks of b, it is an offset after them, at a byte that is not escaped
// or at most one byte after the end of b. At least one block must follow i.
//
//go:noescape
func unescaped(b []byte, i int) int
