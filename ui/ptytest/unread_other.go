//go:build unix && !linux

package ptytest

// unread asks for the number of bytes that wait to be read: FIONREAD of BSD systems.
const unread = 0x4004667f
