package compact

// chunkBits makes most blocks larger than 32 KB: of smaller ones Go rounds the size up, by an
// eighth and more.
const chunkBits = 10

// Chunks is a list that grows without copying: doubling a slice of big structs
// would copy each of them several times and leave unused space.
type Chunks[T any] struct {
	blocks [][]T
	n      int
}

// Len counts the elements.
func (c *Chunks[T]) Len() int { return c.n }

// Add appends a zero T. The pointer stays valid.
func (c *Chunks[T]) Add() *T {
	if c.n>>chunkBits == len(c.blocks) {
		c.blocks = append(c.blocks, make([]T, 1<<chunkBits))
	}
	c.n++
	return c.At(c.n - 1)
}

// At is the element number i.
func (c *Chunks[T]) At(i int) *T { return &c.blocks[i>>chunkBits][i&(1<<chunkBits-1)] }
