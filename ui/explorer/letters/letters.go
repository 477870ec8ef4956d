// Package letters gives each row on the screen a letter with which the cursor goes there.
//
// Not here: which rows are on the screen, and drawing (ui/explorer).
package letters

import "strings"

// all are the letters in their turn: those under the fingers first.
const all = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"

// Of is the letter of the row that is the n-th on the screen, from 0; empty after the last
// letter.
func Of(n int) string {
	if n < 0 || n >= len(all) {
		return ""
	}
	return all[n : n+1]
}

// Row is which row on the screen has a letter; negative when none has.
func Row(letter string) int {
	if len(letter) != 1 {
		return -1
	}
	return strings.Index(all, letter)
}
