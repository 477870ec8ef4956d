package text

// Block is lines that are written one after another. They are parts of one text: many
// lines take as few allocations as one.
type Block struct {
	buf  []byte
	ends []int
}

// NewBlock is empty, with room for so many lines of a width.
func NewBlock(lines, width int) *Block {
	return &Block{make([]byte, 0, lines*width), make([]int, 0, lines)}
}

// Add adds a line of parts.
func (b *Block) Add(parts ...string) {
	for _, part := range parts {
		b.buf = append(b.buf, part...)
	}
	b.ends = append(b.ends, len(b.buf))
}

// Lines are all that were added.
func (b *Block) Lines() []string {
	lines, whole, from := make([]string, len(b.ends)), string(b.buf), 0
	for i, end := range b.ends {
		lines[i], from = whole[from:end], end
	}
	return lines
}
