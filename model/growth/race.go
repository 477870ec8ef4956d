//go:build race

package growth

// exact: with the race detector, pools forget at random what they keep, so that what is
// allocated says nothing.
const exact = false
