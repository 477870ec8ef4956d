package graphql

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"
	"sort"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"darkroom/sources/tableau/tableautest/sitedata"
)

const (
	defaultPage = 100
	maxPage     = 1000
)

// page is one answer of a connection.
type page struct {
	kind  string
	nodes []*sitedata.Object
	total int
	more  bool
	end   any // endCursor: a text, or nil for an empty list
}

func (p page) typeName() string { return p.kind }

func (p page) field(x *Executor, f *ast.Field) any {
	switch f.Name {
	case "totalCount":
		return p.total
	case "pageInfo":
		return pageInfo{p}
	}
	return items(p.nodes)
}

type pageInfo struct{ page }

func (pageInfo) typeName() string { return "PageInfo" }

func (p pageInfo) field(_ *Executor, f *ast.Field) any {
	if f.Name == "hasNextPage" {
		return p.more
	}
	return p.end
}

// Cursor is what endCursor holds in base64 (sources/tableau/API.md#pages). Pass
// distinguishes the empty page of Switches.EmptyPages from the full one after it.
type Cursor struct {
	Type      string `json:"type"`
	Scope     string `json:"scope"`
	SortOrder struct {
		LastID string `json:"lastId"`
	} `json:"sortOrderValue"`
	Pass int `json:"pass,omitempty"`
}

// String is the cursor as it goes on the wire.
func (c Cursor) String() string {
	text, _ := json.Marshal(c) // plain texts and a number
	return base64.StdEncoding.EncodeToString(text)
}

func parseCursor(text string) (c Cursor, err error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(raw, &c)
}

// page answers a connection; nil after an INVALID_ARGUMENT. The list is sorted by
// the order unless it hangs under an object and none was asked for.
func (x *Executor) page(f *ast.Field, list []*sitedata.Object, target string, by sitedata.SortOrder) any {
	first, at, err := x.pageArguments(f)
	if x.UnstableOrder && !by.Given {
		list = shuffled(list, x.turn)
	}
	from := at.offset
	if err == nil && at.after != nil && at.after.SortOrder.LastID != "" {
		from, err = x.after(list, target, at.after.SortOrder.LastID, by)
	}
	if err != nil {
		e := CodedError("INVALID_ARGUMENT", nil)
		e["message"] = err.Error()
		x.Problems = append(x.Problems, e)
		return nil
	}
	from = min(from, len(list))
	to := min(from+first, len(list))
	out := page{kind: sitedata.ConnectionType(target), total: len(list), nodes: list[from:to], more: to < len(list)}
	if x.Duplicates && from > 0 {
		out.nodes = list[from-1 : to]
	}
	x.placeCursor(&out, at, target, list[:to])
	return out
}

// placeCursor sets endCursor, which is there on the last page too, and plays the
// two tricks with it.
func (x *Executor) placeCursor(out *page, at position, target string, done []*sitedata.Object) {
	next := Cursor{Type: target, Scope: "sites/" + strconv.Itoa(x.site.Number())}
	if len(done) > 0 {
		next.SortOrder.LastID = done[len(done)-1].ID
	}
	pass := at.after != nil && at.after.Pass == 1
	if x.EmptyPages && !pass && len(out.nodes) > 0 {
		next.Pass, next.SortOrder.LastID = 1, ""
		if before := len(done) - len(out.nodes); before > 0 {
			next.SortOrder.LastID = done[before-1].ID
		}
		out.nodes, out.more = nil, true
	}
	if x.StuckCursor && at.after != nil {
		next, out.more = *at.after, true
	}
	if len(done) > 0 || out.more {
		out.end = next.String()
	}
}

// position is where a page begins: after a cursor or at an offset.
type position struct {
	after  *Cursor
	offset int
}

func (x *Executor) pageArguments(f *ast.Field) (first int, at position, err error) {
	first, err = x.number(f, "first", defaultPage)
	if err != nil {
		return 0, at, err
	}
	if first > maxPage {
		first = maxPage
		if !x.SilentClamp {
			x.Problems = append(x.Problems, CodedError("MAX_PAGE_SIZE_EXCEEDED", nil))
		}
	}
	if at.offset, err = x.number(f, "offset", 0); err != nil {
		return 0, at, err
	}
	if text, ok := x.argument(f, "after").(string); ok {
		if x.argument(f, "offset") != nil {
			return 0, at, errors.New("after and offset can not be set at the same time")
		}
		c, err := parseCursor(text)
		if err != nil {
			return 0, at, errors.New("the cursor can not be read")
		}
		at.after = &c
	}
	return first, at, nil
}

func (x *Executor) number(f *ast.Field, name string, otherwise int) (int, error) {
	value := x.argument(f, name)
	if value == nil {
		return otherwise, nil
	}
	n, ok := value.(int64)
	if !ok {
		parsed, err := strconv.ParseInt(sitedata.AsText(value), 10, 32)
		if err != nil {
			return 0, errors.New(name + " is not a number")
		}
		n = parsed
	}
	if n < 0 || n > 1<<31-1 {
		return 0, errors.New(name + " is out of range")
	}
	return int(n), nil
}

// after is the place behind the object with an id. In a sorted list it is found by
// halving; an object that is not where it should be is searched for.
func (x *Executor) after(list []*sitedata.Object, target, id string, by sitedata.SortOrder) (int, error) {
	for _, def := range x.schema.GetPossibleTypes(x.schema.Types[target]) {
		o := x.store.ByID[def.Name][id]
		if o == nil {
			continue
		}
		at := sort.Search(len(list), func(i int) bool { return by.Less(o, list[i]) })
		if at > 0 && list[at-1] == o {
			return at, nil
		}
	}
	for i, l := range slices.Backward(list) {
		if l.ID == id {
			return i + 1, nil
		}
	}
	return 0, errors.New("the cursor points to nothing")
}

// shuffled is another order for every turn, and the same one for the same turn.
func shuffled(list []*sitedata.Object, turn int) []*sitedata.Object {
	key := func(o *sitedata.Object) uint64 {
		h := fnv.New64a()
		_, _ = h.Write([]byte(strconv.Itoa(turn) + o.ID)) // a hash takes everything
		return h.Sum64()
	}
	out := append([]*sitedata.Object(nil), list...)
	sort.SliceStable(out, func(i, j int) bool { return key(out[i]) < key(out[j]) })
	return out
}
