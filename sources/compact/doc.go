// Package compact keeps many small things in little memory: each text once, short texts and
// lists in large blocks, and lists that grow without copying. It does not know what is kept.
package compact
