package artifact

import (
	"cmp"
	"context"
	"io"
	"math"
	"slices"
	"strconv"

	"darkroom/model"
	"darkroom/sources/compact"
	"darkroom/sources/dbt/jsonwindow"
)

// ReadCatalog reads catalog.json: the columns of each relation as the warehouse has them, in
// its order, by unique_id.
func ReadCatalog(ctx context.Context, r io.Reader, name string, window int) (map[string][]*model.Column, error) {
	a, err := newReader(ctx, r, name, "catalog", "run `dbt docs generate` to regenerate it", window)
	if err != nil {
		return nil, err
	}
	tables := map[string][]*model.Column{}
	c := columnReader{words: a.words}
	section := func() error {
		return a.w.Members(func(l *jsonwindow.Lexer, id []byte) {
			var part [1]jsonwindow.Span
			l.Pick(part[:], "columns")
			var columns []*model.Column
			l.Inside(part[0], func() { columns = c.read(l) })
			if l.OK() {
				tables[compact.ValidText(string(id))] = columns
			}
		})
	}
	if err := a.read(map[string]func() error{"nodes": section, "sources": section}); err != nil {
		return nil, err
	}
	return tables, nil
}

// columnReader reads the columns of relations, one relation after another.
type columnReader struct {
	words *compact.Texts
	once  compact.Shared[model.Column]
	list  []numbered
}

type numbered struct {
	index  int
	column model.Column
}

func (c *columnReader) read(l *jsonwindow.Lexer) []*model.Column {
	c.list = c.list[:0]
	if !l.Enter('{', "an object") {
		return nil
	}
	for first := true; ; first = false {
		key, more := l.Key(first)
		if !more {
			break
		}
		var v [3]jsonwindow.Span
		l.Pick(v[:], "name", "type", "index")
		x := numbered{index: math.MaxInt, column: model.Column{Name: c.words.Intern(l.Text(v[0]))}}
		if x.column.Name == "" {
			if x.column.Name = c.words.Intern(key); x.column.Name == "" {
				continue
			}
		}
		x.column.Type = c.words.Intern(l.Text(v[1]))
		if n, err := strconv.Atoi(string(l.Text(v[2]))); err == nil {
			x.index = n
		}
		c.list = append(c.list, x)
	}
	if len(c.list) == 0 {
		return nil
	}
	slices.SortStableFunc(c.list, func(a, b numbered) int { return cmp.Compare(a.index, b.index) })
	out := make([]*model.Column, len(c.list))
	for i := range c.list {
		out[i] = c.once.Of(c.list[i].column)
	}
	return out
}
