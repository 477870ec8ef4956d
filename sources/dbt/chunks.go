package dbt

const chunkBits = 8

// chunks is a list that grows without copying: doubling a slice of big structs
// would copy each of them several times and leave unused space.
type chunks[T any] struct {
	blocks [][]T
	n      int
}

// add appends a zero T. The pointer stays valid.
func (c *chunks[T]) add() *T {
	if c.n>>chunkBits == len(c.blocks) {
		c.blocks = append(c.blocks, make([]T, 1<<chunkBits))
	}
	c.n++
	return c.at(c.n - 1)
}

func (c *chunks[T]) at(i int) *T { return &c.blocks[i>>chunkBits][i&(1<<chunkBits-1)] }

// list copies those for which keep is true into a slice of exactly that size; nil for
// none.
func (c *chunks[T]) list(keep func(*T) bool) []T {
	n := 0
	for i := range c.n {
		if keep(c.at(i)) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := make([]T, 0, n)
	for i := range c.n {
		if x := c.at(i); keep(x) {
			out = append(out, *x)
		}
	}
	return out
}
