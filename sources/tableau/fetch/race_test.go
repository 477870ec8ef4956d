//go:build race

package fetch_test

// The race detector makes the large property tests ten times as long, and finds
// what it finds in an eighth of them.
const raced = true
