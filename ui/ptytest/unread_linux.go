package ptytest

import "golang.org/x/sys/unix"

// unread asks for the number of bytes that wait to be read.
const unread = unix.TIOCINQ
