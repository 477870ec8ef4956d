package model

import "strconv"

// Count is a number of things in a sentence: "1 dashboard", "12 dashboards".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Agreeing is a word that agrees with n things: "hides its name" of one, "hide their names" of more.
func Agreeing(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
