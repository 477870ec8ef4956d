package selector

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"darkroom/model/editdistance"
)

// mostNear is how many near names are said.
const mostNear = 3

func (d Definitions) names() iter.Seq[string] { return maps.Keys(d.Specs) }

// Near says in half a sentence what is called like the words of a part that selects
// nothing; empty when nothing is.
func (u *Universe) Near(part string) string {
	for raw := range strings.SplitSeq(part, ",") {
		w, err := ReadWord(raw)
		if err != nil {
			continue
		}
		m := methodCalled(w.Method)
		if m.names == nil || w.text() == "" {
			continue
		}
		passes, err := m.test(u, w)
		if err != nil {
			continue
		}
		var names []string
		found := false
		for i := range u.Nodes {
			if n := &u.Nodes[i]; m.over(n) {
				found = found || passes(n)
				names = append(names, m.names(n)...)
			}
		}
		if !found {
			return Nearest(w.text(), names)
		}
	}
	return ""
}

// Nearest lists the names that differ from a word by a few letters, or contain it.
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
		far := editdistance.Bounded([]rune(lower), []rune(have), limit)
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
