//go:build !race

package growth

// exact reports that what is allocated can be counted.
const exact = true
