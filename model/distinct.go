package model

import "slices"

// Distinct keeps the first of equal texts, in place.
func Distinct(texts []string) []string {
	seen := make(map[string]bool, len(texts))
	return slices.DeleteFunc(texts, func(s string) bool { again := seen[s]; seen[s] = true; return again })
}
