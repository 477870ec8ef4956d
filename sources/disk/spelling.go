package disk

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/editdistance"
)

// maxWord is how much of a word from a file is compared and repeated.
const maxWord = 60

// Clip keeps words of hostile length out of messages.
func Clip(s string) string { return ClipTo(s, maxWord) }

// ClipTo is [Clip] for another length, in characters.
func ClipTo(s string, most int) string {
	for at := range s {
		if most--; most < 0 {
			return strings.ToValidUTF8(s[:at], "\ufffd") + "…"
		}
	}
	return s
}

// DidYouMean is the fix for an unknown word: the nearest known one, or all.
func DidYouMean(word string, known []string) string {
	slices.Sort(known)
	low := strings.ToLower(Clip(word))
	best, at := "", 3
	for _, k := range known {
		d := Distance(low, k)
		if strings.HasPrefix(k, low) && len(low) >= 3 || strings.HasPrefix(low, k) {
			d = min(d, 2)
		}
		if d < at && d < max(len(k), 2) {
			best, at = k, d
		}
	}
	switch {
	case secretName.MatchString(low):
		return "secrets come from the environment (TABLEAU_TOKEN_NAME, TABLEAU_TOKEN_SECRET) or the keyring: take it out of the file"
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "known here: " + strings.Join(known, ", ")
}

// Distance counts the letters to change, add, drop or swap; case counts.
func Distance(a, b string) int {
	return editdistance.Bounded([]rune(a), []rune(b), editdistance.Longest)
}
