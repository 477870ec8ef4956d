// Package editdistance counts the letters by which two names differ, for "did you mean",
// and lists names that are near a wrong one.
//
// Not here: how near is near enough for tables (model/match) and for words of a
// configuration (sources/yamlfile).
package editdistance

// Longest is how many letters of a text are compared.
const Longest = 67

// Bounded is the optimal string alignment distance: insertions, deletions,
// substitutions, and transpositions of neighbours, no letter edited twice. Above
// limit it gives limit+1. Of longer texts the first [Longest] letters are compared.
// It allocates nothing.
func Bounded(a, b []rune, limit int) int {
	a, b, limit = a[:min(len(a), Longest)], b[:min(len(b), Longest)], min(limit, Longest)
	if max(len(a)-len(b), len(b)-len(a)) > limit {
		return limit + 1
	}
	var rows [3][Longest + 1]uint8
	far := uint8(limit + 1)
	for j := range min(len(b), limit) + 1 {
		rows[0][j] = uint8(j)
	}
	before, last, row := &rows[2], &rows[0], &rows[1]
	for i := 1; i <= len(a); i++ {
		// Only cells near the diagonal can stay within the limit.
		from, to := max(1, i-limit), min(len(b), i+limit)
		least := far
		row[from-1] = far
		if i+limit <= len(b) {
			last[to] = far
		}
		if from == 1 {
			row[0], least = uint8(i), uint8(i)
		}
		for j := from; j <= to; j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least >= far {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(int(last[len(b)]), limit+1)
}
