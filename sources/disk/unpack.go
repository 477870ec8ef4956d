package disk

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// Bounds of what is packed. Honest JSON and XML seldom pack better than 1:60, so more
// than MaxRatio is made to hurt; below RatioFrom bytes of text it cannot.
const (
	MaxRatio  = 200
	RatioFrom = 8 << 20
)

// ErrBomb is the error of text that is packed smaller than any honest one.
var ErrBomb = fmt.Errorf("packed more than %d times smaller than it is: a bomb", MaxRatio)

// TooPacked reports whether the bytes unpacked so far are more than the packed ones can
// honestly hold.
func TooPacked(plain, packed int64) bool { return plain > RatioFrom && plain/MaxRatio > packed }

// Gunzip unpacks gzip while it is read, and ends with [ErrBomb] where that would take
// far more memory than the file has bytes.
func Gunzip(r io.Reader) (io.Reader, error) {
	g := &gunzip{packed: Counter{R: r}}
	var err error
	g.z, err = gzip.NewReader(&g.packed)
	return g, err
}

type gunzip struct {
	packed Counter
	z      *gzip.Reader
	plain  int64
}

func (g *gunzip) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	g.plain += int64(n)
	if TooPacked(g.plain, g.packed.N) && (err == nil || errors.Is(err, io.EOF)) {
		return n, ErrBomb
	}
	return n, err
}

// Counter counts the bytes that are read.
type Counter struct {
	R io.Reader
	N int64
}

func (c *Counter) Read(p []byte) (int, error) {
	n, err := c.R.Read(p)
	c.N += int64(n)
	return n, err
}
