package editdistance

import (
	"fmt"
	"slices"
	"strings"
)

// mostNear is how many near names are said.
const mostNear = 3

// Nearest says in half a sentence, "; near it: …", which names differ from a word by a few
// letters or contain it; "" when none does.
func Nearest(word string, names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	type candidate struct {
		name string
		far  int
	}
	var all []candidate
	lower := strings.ToLower(strings.Trim(word, "*"))
	limit := max(1, len([]rune(word))/4)
	for _, name := range names {
		have := strings.ToLower(name)
		far := Bounded([]rune(lower), []rune(have), limit)
		if far > limit && len(lower) > 2 && strings.Contains(have, lower) {
			far = limit
		}
		if far <= limit {
			all = append(all, candidate{name, far})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.far - b.far })
	if len(all) == 0 {
		return ""
	}
	var said []string
	for _, c := range all[:min(len(all), mostNear)] {
		said = append(said, fmt.Sprintf("%q", c.name))
	}
	return "; near it: " + strings.Join(said, ", ")
}
