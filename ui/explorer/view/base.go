package view

import (
	"context"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/query"
)

// Base is a view of nothing. A view that is neither a tree nor a table embeds it
// and says what it does otherwise.
type Base struct{ Width, Height int }

// Resize keeps the size.
func (b *Base) Resize(width, height int) { b.Width, b.Height = width, height }

// The rest does nothing.

func (*Base) Actions() []Action                           { return nil }
func (*Base) Prepare(*lineage.Graph, *curate.Book) func() { return func() {} }
func (*Base) Changed(curate.Change) bool                  { return false }
func (*Base) Waiting() int                                { return 0 }
func (*Base) Len() int                                    { return 0 }
func (*Base) Empty() (title, advice string)               { return "", "" }
func (*Base) Draw(bool) []string                          { return nil }
func (*Base) MoveBy(int)                                  {}
func (*Base) Scroll(int)                                  {}
func (*Base) Click(int, int) bool                         { return false }
func (*Base) At() (Subject, bool)                         { return Subject{Node: lineage.None}, false }
func (*Base) Position() int                               { return 0 }
func (*Base) Crumbs() []string                            { return nil }
func (*Base) Details(int) []string                        { return nil }
func (*Base) Here() func(bool)                            { return func(bool) {} }
func (*Base) Go(lineage.ID) (found, shown bool)           { return false, false }
func (*Base) Filter(*query.Bound)                         {}
func (*Base) Look() func(context.Context, *query.Bound) Answer {
	return func(context.Context, *query.Bound) Answer {
		return Answer{Shown: func() []string { return nil }, Show: func() {}}
	}
}
func (*Base) Hits() int                     { return 0 }
func (*Base) FirstHit()                     {}
func (*Base) NextHit(int)                   {}
func (*Base) Targets() []string             { return nil }
func (*Base) Shown() []string               { return nil }
func (*Base) Next() bool                    { return false }
func (*Base) OpenLinks(int) []*lineage.Link { return nil }
