package model

import "strconv"

// Count is a number of things in a sentence: "1 dashboard", "12 dashboards".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
