package yamlfile

import (
	"fmt"
	"slices"
	"strings"

	"darkroom/model/editdistance"
	"darkroom/sources/disk"
)

// DidYouMean is the fix for an unknown word: the nearest known one, or all.
func DidYouMean(word string, known []string) string {
	slices.Sort(known)
	low := strings.ToLower(disk.Clip(word))
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
	case secretName().MatchString(low):
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
