//go:build !amd64

package quote

const hasBlocks = false

func unescaped(_ []byte, i int) int { return i }
