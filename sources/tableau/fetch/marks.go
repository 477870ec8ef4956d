package fetch

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/api"
)

// cut says what was cut off: objects of a list, or without ids the list itself.
type cut struct {
	List string   `json:"list"`
	IDs  []string `json:"ids,omitempty"`
	Why  string   `json:"why"`
}

// marks are all cuts, for the snapshot's member "incomplete": beside the sentences
// of Partial, which are for people, they say which object is concerned. The first
// reason counts.
type marks struct {
	mu      sync.Mutex
	lists   map[string]string
	objects map[string]map[string]string // list → id → why
}

func (m *marks) take(c *cut) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lists == nil {
		m.lists, m.objects = map[string]string{}, map[string]map[string]string{}
	}
	if _, known := m.lists[c.List]; !known && len(c.IDs) == 0 {
		m.lists[c.List] = c.Why
	}
	if m.objects[c.List] == nil {
		m.objects[c.List] = map[string]string{}
	}
	for _, id := range c.IDs {
		if _, known := m.objects[c.List][id]; !known {
			m.objects[c.List][id] = c.Why
		}
	}
}

func (m *marks) of(list string) map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.objects[list])
}

// cut reports that a list is marked.
func (m *marks) cut(list string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lists[list] != ""
}

// members are the marks as the snapshot has them, sorted.
func (m *marks) members() []member {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []member
	add := func(name string, why map[string]string) {
		if len(why) == 0 {
			return
		}
		part := member{name: name, keys: slices.Sorted(maps.Keys(why))}
		for _, key := range part.keys {
			part.rows = append(part.rows, quote(why[key]))
		}
		out = append(out, part)
	}
	add("lists", m.lists)
	for _, list := range slices.Sorted(maps.Keys(m.objects)) {
		add(list, m.objects[list])
	}
	return out
}

// cutOff marks objects, and is kept for a later fetch, which does not ask for them
// again. An object without an id is anything in the list.
func (f *fetcher) cutOff(list, why string, ids ...string) {
	r := record{Cut: &cut{list, slices.DeleteFunc(ids, func(id string) bool { return id == "" }), why}}
	f.apply(r)
	_ = f.scratch.add(r) // the next page meets the same error and reports it
}

// cutForNow marks what a later fetch asks for again.
func (f *fetcher) cutForNow(list, why string, ids ...string) {
	f.apply(record{Cut: &cut{list, ids, why}})
}

// doubt says that objects of an answer may lack something: the one at a place in
// the list, or with -1 any.
type doubt struct {
	at  int
	why string
}

// unindexed marks the whole site, once.
func (f *fetcher) unindexed(why string) {
	if !f.marks.cut(model.CutSite) {
		f.cutOff(model.CutSite, why)
	}
}

// doubted marks what an answer gave and says of itself that it is not whole. It
// comes before what the answer gave is kept: a fetch that ends in between has a
// mark too many.
func (f *fetcher) doubted(list string, nodes gjson.Result, doubts []doubt, asked ...string) {
	all := nodes.Array()
	for _, d := range doubts {
		ids := slices.Clone(asked)
		if d.at >= 0 && d.at < len(all) {
			ids = []string{all[d.at].Get("id").String()}
		} else {
			for _, o := range all {
				ids = append(ids, o.Get("id").String())
			}
		}
		slices.Sort(ids)
		if ids = slices.Compact(ids); len(ids) > 0 {
			f.cutOff(list, d.why, ids...)
		}
	}
}

// doubtOf reads what a problem casts doubt on. Null where that cannot be is told
// with the place, and an owner is nothing that lineage needs.
func doubtOf(p api.Problem) (doubt, bool) {
	d := doubt{-1, position.ReplaceAllString(p.Message, "") + " (" + p.Code + ")"}
	if p.Code != "NullValueInNonNullableField" || len(p.Path) < 4 {
		return d, true
	}
	if at := p.Path[2]; at.Type == gjson.Number {
		d.at = int(at.Int())
	}
	field := p.Path[3].String()
	return d, field != "owner" && field != "tags"
}

// connectionTrouble is restTrouble for the connections of one workbook.
func (f *fetcher) connectionTrouble(ctx context.Context, path, words, luid string, err error) error {
	if !forbidden(err) || f.had(path) {
		f.cutForNow("workbookConnections", err.Error(), luid)
	}
	return f.restTrouble(ctx, path, words, err)
}
